import type { Frame, PixelArray } from "../../frame.ts";
import type { ImageDescription } from "../../image_description.ts";
import { decodeJpeg } from "./decode_jpeg.ts";
import { jpegIsYbr } from "./jpeg_is_ybr.ts";

/**
 * Decodes a frame of a JPEG syntax with Huffman-coded DCT: Baseline (Process 1),
 * Extended (2 & 4), Spectral Selection (6 & 8) or Full Progression (10 & 12).
 *
 * The bits of a sample are those of the stream, even where bits stored differ;
 * and what three samples a pixel are, RGB or YBR_FULL, is told by the stream.
 *
 * @param bytes The frame's stored bytes, from the start of image on.
 * @throws {DecodeError} When the stream is of another process, cut or corrupt,
 * or its image is not of the size and samples described.
 */
export function decodeJpegFrame(bytes: Uint8Array, description: ImageDescription): Frame {
  const image = decodeJpeg(bytes, { maxPixels: Infinity, expected: description });
  const { rows, columns, precision } = image;
  const samplesPerPixel = image.components.length;
  const data = toStoredValues(image.data, precision, description);
  const told = precision === description.bitsStored ? {} : { precision };
  const frame = { rows, columns, samplesPerPixel, data, ...told };
  if (samplesPerPixel !== 3) return frame;
  const isYbr = jpegIsYbr(image, description.photometricInterpretation);
  return { ...frame, photometricInterpretation: isYbr ? "YBR_FULL" : "RGB" };
}

/**
 * JPEG has no sign: a signed image is coded as its bit pattern. Where bits
 * stored are more than the stream has, its highest bit is not the sign.
 */
function toStoredValues(
  samples: Uint8Array | Uint16Array,
  precision: number,
  { pixelRepresentation, bitsStored }: ImageDescription,
): PixelArray {
  if (pixelRepresentation === 0 || bitsStored > precision) return samples;
  if (samples instanceof Uint8Array) return new Int8Array(samples.buffer);
  const unused = 32 - precision;
  const signed = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) signed[i] = (samples[i]! << unused) >> unused;
  return signed;
}
