import { NoImageError } from "../errors.ts";
import type { DicomHeader } from "./dicom_header.ts";
import { splitFrames } from "./fragments.ts";
import { isNative, nativeFrameRange } from "./frame_layout.ts";
import type { ImageDescription } from "./image_description.ts";

/** A frame's stored bytes. */
export interface StoredFrame {
  /** The bytes, fewer than the frame takes where the object is cut. */
  readonly bytes: Uint8Array;
  /** Bits to pass over in the first byte of a 1-bit frame. */
  readonly bitOffset: number;
}

/**
 * Finds the frames in an instance that is there whole.
 *
 * @param object The instance's bytes.
 * @returns A function from a frame's number, counted from 0, to its stored bytes.
 * @throws {NoImageError} When the instance has no pixel data.
 * @throws {DecodeError} When its frames cannot be told apart.
 */
export async function locateFrames(
  object: Uint8Array,
  header: DicomHeader,
  description: ImageDescription,
  options: { readonly address?: string | undefined } = {},
): Promise<(frame: number) => StoredFrame> {
  const value = await readValue(object, header, options);
  if (isNative(description)) {
    return (frame) => {
      const { offset, length, bitOffset } = nativeFrameRange(description, frame, value.length);
      return { bytes: value.subarray(offset, offset + length), bitOffset };
    };
  }
  const frames = splitFrames(value, description.numberOfFrames);
  return (frame) => ({ bytes: frames[frame]!, bitOffset: 0 });
}

async function readValue(
  object: Uint8Array,
  { pixelData }: DicomHeader,
  options: { readonly address?: string | undefined },
): Promise<Uint8Array> {
  if (pixelData === null) throw new NoImageError("the instance has no pixel data", options);
  const { offset, length } = pixelData;
  if (offset === null) {
    const { readDeflatedPixelData } = await import("./inflate_dataset.ts");
    return readDeflatedPixelData(object, options);
  }
  return object.subarray(offset, length === null ? undefined : offset + length);
}
