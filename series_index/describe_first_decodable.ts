import { requireDecodable } from "../dicom/decode_frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { isStrip } from "./is_strip.ts";
import type { SliceReader } from "./slice_reader.ts";

/**
 * Describes the first slice that can be decoded, as the index tells, without reading anything; a
 * strip only where there is nothing else.
 *
 * @throws {UnsupportedTransferSyntaxError} When there is none: what the first slice is refused for.
 * @throws {DecodeError} Likewise.
 */
export function describeFirstDecodable(
  reader: SliceReader,
  indices: readonly number[],
): ImageDescription {
  let refusal: unknown;
  let strip: ImageDescription | undefined;
  for (const index of indices) {
    try {
      const description = reader.describe(index);
      requireDecodable(description.transferSyntaxUID, reader.slice(index).url);
      if (!isStrip(description)) return description;
      strip ??= description;
    } catch (error) {
      refusal ??= error;
    }
  }
  if (strip !== undefined) return strip;
  throw refusal;
}
