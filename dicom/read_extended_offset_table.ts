import type { DicomHeader } from "./dicom_header.ts";
import { Tag } from "./tag.ts";

/** Where a frame's only fragment lies in the value of encapsulated pixel data. */
export interface FragmentRange {
  /** Offset of the fragment's first byte, after its item's head, from the value's first byte. */
  readonly offset: number;
  /** Bytes of the fragment; a pad byte may follow that is not counted. */
  readonly length: number;
}

/** Bytes of an item's tag and length; with it the empty basic offset table is as long. */
const itemHead = 8;

/**
 * Reads the Extended Offset Table (7FE0,0001) and its lengths (7FE0,0002) from
 * a header (PS3.3 C.7.6.3.1.8, C.7.6.3.1.9). With it each frame is one
 * fragment, and the basic offset table is empty (PS3.5 A.4).
 *
 * @param numberOfFrames Number of Frames.
 * @param valueLength Length of the pixel data's value in bytes; null when not known.
 * @returns Each frame's place; null where there is no such table of these frames, or it cannot be
 * true: frames that overlap or go back, or one that ends beyond the value.
 */
export function readExtendedOffsetTable(
  header: DicomHeader,
  numberOfFrames: number,
  valueLength: number | null,
): FragmentRange[] | null {
  const offsets = readIntegers(header, Tag.ExtendedOffsetTable, numberOfFrames);
  const lengths = readIntegers(header, Tag.ExtendedOffsetTableLengths, numberOfFrames);
  if (offsets === null || lengths === null) return null;
  const ranges: FragmentRange[] = [];
  let free = 2 * itemHead;
  for (let frame = 0; frame < numberOfFrames; frame++) {
    const offset = 2 * itemHead + offsets[frame]!;
    const length = lengths[frame]!;
    if (
      offset < free || length === 0 || offset + length > (valueLength ?? Number.MAX_SAFE_INTEGER)
    ) return null;
    ranges.push({ offset, length });
    free = offset + length + itemHead;
  }
  return ranges;
}

/** Reads an element of 64-bit integers; null where it is absent, or has another count. */
function readIntegers({ bytes, dataset }: DicomHeader, tag: number, count: number) {
  const element = dataset.get(tag);
  if (element === undefined || element.length !== count * 8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + element.offset, element.length);
  return Array.from({ length: count }, (_, i) => Number(view.getBigUint64(i * 8, true)));
}
