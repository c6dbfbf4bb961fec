import { DecodeError } from "../errors.ts";
import type { ImageDescription } from "./image_description.ts";
import { transferSyntax } from "./transfer_syntax.ts";

/** Where a frame's stored bytes lie in the value of the pixel data. */
export interface FrameRange {
  /** Offset of the first byte from the start of the value. */
  readonly offset: number;
  /** Bytes that hold the frame. */
  readonly length: number;
  /** Bits to pass over in the first byte; not 0 only for 1-bit frames that do not fill their bytes. */
  readonly bitOffset: number;
}

/** Whether frames lie one after another in bytes, so that each can be read by itself. */
export function isNative(description: ImageDescription): boolean {
  return !transferSyntax(description.transferSyntaxUID).encapsulated;
}

/** Samples stored for a pixel: two in the subsampled YBR_FULL_422 (PS3.3 C.7.6.3.1.2), else as the header says. */
export function storedSamples(description: ImageDescription): number {
  const { photometricInterpretation, samplesPerPixel } = description;
  return photometricInterpretation === "YBR_FULL_422" && samplesPerPixel === 3
    ? 2
    : samplesPerPixel;
}

/**
 * Tells where a frame of native pixel data lies.
 *
 * @param frame The frame's number, counted from 0.
 * @throws {DecodeError} When the image has no such frame.
 */
export function nativeFrameRange(description: ImageDescription, frame: number): FrameRange {
  const { rows, columns, bitsAllocated, numberOfFrames } = description;
  if (!Number.isInteger(frame) || frame < 0 || frame >= numberOfFrames) {
    throw new DecodeError(`there is no frame ${frame} among ${numberOfFrames}`);
  }
  const frameBits = rows * columns * storedSamples(description) * bitsAllocated;
  const firstBit = frameBits * frame;
  const offset = Math.floor(firstBit / 8);
  return {
    offset,
    length: Math.ceil((firstBit + frameBits) / 8) - offset,
    bitOffset: firstBit % 8,
  };
}
