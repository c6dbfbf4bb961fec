import type { PixelArray } from "../dicom/frame.ts";
import { DecodeError } from "../errors.ts";

/** Three samples that are neither RGB nor luminance and chrominance (PS3.3 C.7.6.3.1.2). */
const unreadable: readonly string[] = ["HSV", "XYB"];

/**
 * Turns three interleaved samples a pixel into 8-bit RGB (PS3.3 C.7.6.3.1.2).
 *
 * @param data Samples. Color has no sign: where a header gives it one, they are bit patterns.
 * @param bits Bits of a sample.
 * @throws {DecodeError} When the photometric interpretation is of colors that cannot be drawn.
 */
export function colorBytes(
  data: PixelArray,
  photometricInterpretation: string,
  bits: number,
): Uint8Array {
  if (unreadable.includes(photometricInterpretation)) {
    throw new DecodeError(
      `cannot draw colors in ${photometricInterpretation}: have the archive send them as RGB`,
    );
  }
  const samples = withoutSign(data, bits);
  // A clamped array rounds what is written to it, and clamps what strays beyond the bits.
  const bytes = new Uint8ClampedArray(samples.length);
  if (/^YBR_(FULL|PARTIAL)/.test(photometricInterpretation)) {
    writeRgbOfYbr(bytes, samples, bits, photometricInterpretation.startsWith("YBR_PARTIAL"));
  } else {
    const scale = 255 / (2 ** bits - 1);
    for (let index = 0; index < samples.length; index++) bytes[index] = samples[index]! * scale;
  }
  return new Uint8Array(bytes.buffer);
}

function withoutSign(data: PixelArray, bits: number): PixelArray {
  const signed = data instanceof Int8Array || data instanceof Int16Array ||
    data instanceof Int32Array;
  if (!signed) return data;
  const unused = 32 - bits;
  return Uint32Array.from(data, (sample) => (sample << unused) >>> unused);
}

/**
 * Undoes luminance and chrominance; the inverse of the matrix in PS3.3 C.7.6.3.1.2.
 *
 * @param partial Whether luminance takes 219 of 255 steps from 16 on, and chrominance 224, as in the
 * retired YBR_PARTIAL_422.
 */
function writeRgbOfYbr(
  bytes: Uint8ClampedArray,
  data: PixelArray,
  bits: number,
  partial: boolean,
): void {
  const scale = 255 / (2 ** bits - 1);
  const black = partial ? 2 ** (bits - 4) : 0;
  const neutral = 2 ** (bits - 1);
  const luminanceScale = partial ? scale * 255 / 219 : scale;
  const chrominanceScale = partial ? scale * 255 / 224 : scale;
  for (let index = 0; index + 2 < data.length; index += 3) {
    const luminance = (data[index]! - black) * luminanceScale;
    const blueness = (data[index + 1]! - neutral) * chrominanceScale;
    const redness = (data[index + 2]! - neutral) * chrominanceScale;
    bytes[index] = luminance + 1.402 * redness;
    bytes[index + 1] = luminance - 0.344136 * blueness - 0.714136 * redness;
    bytes[index + 2] = luminance + 1.772 * blueness;
  }
}
