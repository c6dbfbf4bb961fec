import type { PixelArray } from "../dicom/frame.ts";

/**
 * Turns three interleaved samples a pixel into 8-bit RGB (PS3.3 C.7.6.3.1.2).
 *
 * @param bits Bits of a sample.
 */
export function colorBytes(
  data: PixelArray,
  photometricInterpretation: string,
  bits: number,
): Uint8Array {
  // A clamped array rounds what is written to it, and clamps what strays beyond the bits.
  const bytes = new Uint8ClampedArray(data.length);
  const scale = 255 / (2 ** bits - 1);
  if (photometricInterpretation === "YBR_FULL" || photometricInterpretation === "YBR_FULL_422") {
    writeRgbOfYbr(bytes, data, scale, 2 ** (bits - 1));
  } else {
    for (let index = 0; index < data.length; index++) bytes[index] = data[index]! * scale;
  }
  return new Uint8Array(bytes.buffer);
}

/** Undoes luminance and chrominance; the inverse of the matrix in PS3.3 C.7.6.3.1.2. */
function writeRgbOfYbr(
  bytes: Uint8ClampedArray,
  data: PixelArray,
  scale: number,
  neutral: number,
): void {
  for (let index = 0; index + 2 < data.length; index += 3) {
    const luminance = data[index]!;
    const blueness = data[index + 1]! - neutral;
    const redness = data[index + 2]! - neutral;
    bytes[index] = (luminance + 1.402 * redness) * scale;
    bytes[index + 1] = (luminance - 0.344136 * blueness - 0.714136 * redness) * scale;
    bytes[index + 2] = (luminance + 1.772 * blueness) * scale;
  }
}
