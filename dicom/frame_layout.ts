import { DecodeError } from "../errors.ts";
import type { ImageDescription } from "./image_description.ts";
import { transferSyntax } from "./transfer_syntax.ts";

/** Where a frame's stored bytes lie in the value of the pixel data. */
export interface FrameRange {
  /** Offset of the first byte from the start of the value. */
  readonly offset: number;
  /** Bytes that hold the frame. */
  readonly length: number;
  /**
   * Bits to pass over before the frame; not 0 only for 1-bit frames that do not fill their bytes, and
   * frames that do not fill the words they lie in.
   */
  readonly bitOffset: number;
}

/**
 * Whether frames lie one after another in bytes, so that each can be read by itself.
 *
 * @example
 * ```ts
 * import { imageDescriber, isNative } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const explicitLittleEndian = "1.2.840.10008.1.2.1";
 * const values = { TransferSyntaxUID: explicitLittleEndian, Rows: 4, Columns: 4, BitsAllocated: 8 };
 * assertEquals(isNative(imageDescriber(values)(0)), true);
 * ```
 */
export function isNative(description: ImageDescription): boolean {
  return !transferSyntax(description.transferSyntaxUID).encapsulated;
}

/**
 * Whether cells lie in 16-bit words of big endian order, each two bytes the
 * other way round: bytes and bits of OW in Explicit VR Big Endian (PS3.5
 * section 8.1.1). Words are of the value as a whole, not of a frame.
 */
export function liesInWords(description: ImageDescription): boolean {
  const { bitsAllocated, pixelVR, transferSyntaxUID } = description;
  return bitsAllocated <= 8 && pixelVR === "OW" && !transferSyntax(transferSyntaxUID).littleEndian;
}

/**
 * Samples stored for a pixel: two in the subsampled YBR_FULL_422 and the retired YBR_PARTIAL_422
 * (PS3.3 C.7.6.3.1.2), else as the header says.
 */
export function storedSamples(description: ImageDescription): number {
  const { photometricInterpretation, samplesPerPixel } = description;
  const subsampled = /^YBR_(FULL|PARTIAL)_422$/.test(photometricInterpretation);
  return subsampled && samplesPerPixel === 3 ? 2 : samplesPerPixel;
}

/**
 * Whether native pixel data of YBR_FULL_422 is as long as without subsampling:
 * some writers store three samples a pixel and name it so all the same.
 *
 * @param valueLength Length in bytes of the frames that the description counts.
 */
export function hasWholeChroma(description: ImageDescription, valueLength: number): boolean {
  if (storedSamples(description) === description.samplesPerPixel) return false;
  const { rows, columns, samplesPerPixel, bitsAllocated, numberOfFrames } = description;
  const whole = Math.ceil(rows * columns * samplesPerPixel * bitsAllocated * numberOfFrames / 8);
  return valueLength === whole || valueLength === whole + whole % 2;
}

/**
 * Whether a value of native pixel data is as long as its frames, and no more
 * than a pad byte longer.
 *
 * @param valueLength Length of the value in bytes.
 */
export function hasNativeLength(description: ImageDescription, valueLength: number): boolean {
  const last = nativeFrameRange(description, description.numberOfFrames - 1, valueLength);
  const needed = last.offset + last.length;
  return valueLength === needed || valueLength === needed + 1;
}

/**
 * Tells where a frame of native pixel data lies.
 *
 * @param frame The frame's number, counted from 0.
 * @param valueLength Length of the whole value in bytes, where it is known: it tells YBR_FULL_422
 * that is not subsampled.
 * @throws {DecodeError} When the image has no such frame.
 *
 * @example
 * ```ts
 * import { imageDescriber, nativeFrameRange } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const description = imageDescriber({
 *   TransferSyntaxUID: "1.2.840.10008.1.2.1",
 *   Rows: 4,
 *   Columns: 4,
 *   NumberOfFrames: 3,
 *   BitsAllocated: 16,
 * })(0);
 * assertEquals(nativeFrameRange(description, 2), { offset: 64, length: 32, bitOffset: 0 });
 * ```
 */
export function nativeFrameRange(
  description: ImageDescription,
  frame: number,
  valueLength: number | null = null,
): FrameRange {
  const { rows, columns, samplesPerPixel, bitsAllocated, numberOfFrames } = description;
  if (!Number.isInteger(frame) || frame < 0 || frame >= numberOfFrames) {
    throw new DecodeError(`there is no frame ${frame} among ${numberOfFrames}`);
  }
  const whole = valueLength !== null && hasWholeChroma(description, valueLength);
  const samples = whole ? samplesPerPixel : storedSamples(description);
  const frameBits = rows * columns * samples * bitsAllocated;
  const firstBit = frameBits * frame;
  const unit = liesInWords(description) ? 2 : 1;
  const offset = Math.floor(firstBit / 8 / unit) * unit;
  return {
    offset,
    length: Math.ceil((firstBit + frameBits) / 8 / unit) * unit - offset,
    bitOffset: firstBit - offset * 8,
  };
}
