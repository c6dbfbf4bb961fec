import { DecodeError, NoImageError } from "../errors.ts";
import type { DicomHeader } from "./dicom_header.ts";
import { splitFrames } from "./fragments.ts";
import { isNative, nativeFrameRange } from "./frame_layout.ts";
import type { InflateOptions } from "./inflate_dataset.ts";
import { inflatedLimit } from "./inflated_limit.ts";
import type { ImageDescription } from "./image_description.ts";
import { storedSyntax } from "./stored_syntax.ts";

/** A frame's stored bytes. */
export interface StoredFrame {
  /** The bytes. */
  readonly bytes: Uint8Array;
  /** Bits to pass over before the frame, where it begins inside a byte or word. */
  readonly bitOffset: number;
}

/** The frames of an instance that is there whole. */
export interface LocatedFrames {
  /** The transfer syntax that the frames are in, whatever the instance says. */
  readonly transferSyntaxUID: string;
  /**
   * Takes out a frame by its number, counted from 0.
   *
   * @throws {DecodeError} When the object ends before the frame does.
   */
  readonly frame: (number: number) => StoredFrame;
}

/**
 * Finds the frames in an instance that is there whole.
 *
 * @param object The instance's bytes.
 * @throws {NoImageError} When the instance has no pixel data.
 * @throws {DecodeError} When its frames cannot be told apart.
 */
export async function locateFrames(
  object: Uint8Array,
  header: DicomHeader,
  description: ImageDescription,
  options: { readonly address?: string | undefined } = {},
): Promise<LocatedFrames> {
  const { value, valueLength } = await readValue(object, header, {
    ...options,
    maxInflatedBytes: inflatedLimit(description),
  });
  const transferSyntaxUID = storedSyntax(description, valueLength, value);
  const stored = { ...description, transferSyntaxUID };
  if (!isNative(stored)) {
    const frames = splitFrames(value, description.numberOfFrames);
    return { transferSyntaxUID, frame: (number) => ({ bytes: frames[number]!, bitOffset: 0 }) };
  }
  const frame = (number: number) => {
    const { offset, length, bitOffset } = nativeFrameRange(stored, number, valueLength);
    const end = offset + length;
    if (end > value.length) {
      throw new DecodeError(
        `the pixel data is cut: frame ${number} ends at byte ${end}, the data at ${value.length}`,
      );
    }
    return { bytes: value.subarray(offset, end), bitOffset };
  };
  return { transferSyntaxUID, frame };
}

/** The value of the pixel data, and how long it was before the object was cut, if it is. */
async function readValue(
  object: Uint8Array,
  { pixelData }: DicomHeader,
  options: InflateOptions,
): Promise<{ value: Uint8Array; valueLength: number }> {
  if (pixelData === null) {
    throw new NoImageError("the instance has no pixel data", { address: options.address });
  }
  const { offset, length } = pixelData;
  if (offset === null) {
    const { readDeflatedPixelData } = await import("./inflate_dataset.ts");
    const value = readDeflatedPixelData(object, options);
    return { value, valueLength: value.length };
  }
  const value = object.subarray(offset, length === null ? undefined : offset + length);
  return { value, valueLength: length ?? value.length };
}
