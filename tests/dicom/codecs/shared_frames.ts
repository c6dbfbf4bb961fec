import {
  imageDescriber,
  type ImageDescription,
  readAttributes,
  readDeflatedPixelData,
  splitFrames,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import { readShared } from "../../support/shared_data.ts";
import { wholeHeader } from "../header_facts.ts";

/** A stored frame of the shared test data, and the image it is of. */
export interface SharedFrame {
  readonly bytes: Uint8Array;
  readonly description: ImageDescription;
}

/** Reads the stored bytes of all frames of an encapsulated instance. */
export async function readSharedFrames(path: string): Promise<SharedFrame[]> {
  const object = readShared(path);
  const header = wholeHeader(object);
  const describe = imageDescriber(toAttributeValues(await readAttributes(header)));
  const { offset, length } = header.pixelData!;
  const value = offset === null
    ? readDeflatedPixelData(object)
    : object.subarray(offset, length === null ? undefined : offset + length);
  const frames = splitFrames(value, describe(0).numberOfFrames);
  return frames.map((bytes, frame) => ({ bytes, description: describe(frame) }));
}
