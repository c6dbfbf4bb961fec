import type { ImageDescription } from "../dicom/image_description.ts";
import { DecodeError } from "../errors.ts";
import type { SliceReader } from "./slice_reader.ts";

/** Describes slices as the index tells, those that it contradicts itself about left out. */
export function* describeEach(
  reader: SliceReader,
  indices: readonly number[],
): Generator<ImageDescription, void> {
  for (const index of indices) {
    try {
      yield reader.describe(index);
    } catch (error) {
      // Reading the slice names what is wrong with it.
      if (!(error instanceof DecodeError)) throw error;
    }
  }
}
