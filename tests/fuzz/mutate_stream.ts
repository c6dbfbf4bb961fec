import { concat } from "../support/dicom_fixtures.ts";
import { listRleFields, listSegmentFields, listSegments, type StreamField } from "./list_fields.ts";

/** How the headers of a stream are laid out: in segments behind markers, as those of RLE, or in no way known here. */
export type StreamLayout = "markers" | "rle" | "none";

/** Bytes that mean something to a decoder, to be put anywhere. */
const meaningful: readonly (readonly number[])[] = [
  [0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0],
  [0, 0, 0, 1],
  [0x7f, 0xff, 0xff, 0xff],
  [0x80],
  [0xff, 0x00],
  [0xff, 0x4f],
  [0xff, 0x51],
  [0xff, 0x90],
  [0xff, 0x93],
  [0xff, 0xc0],
  [0xff, 0xc2],
  [0xff, 0xc4, 0x00, 0x13],
  [0xff, 0xd0],
  [0xff, 0xd9],
  [0xff, 0xda],
  [0xff, 0xdb, 0x00, 0x43],
  [0xff, 0xdc, 0x00, 0x04, 0xff, 0xff],
  [0xff, 0xdd, 0x00, 0x04, 0x00, 0x01],
];

/**
 * Damages a stream in one to four places: bits and bytes, cuts, insertions and
 * losses, a splice with another stream, and what its headers say of lengths,
 * sizes and counts.
 *
 * @param other Another stream of the format.
 */
export function mutateStream(
  stream: Uint8Array,
  other: Uint8Array,
  layout: StreamLayout,
  random: () => number,
): Uint8Array {
  const pick = (limit: number) => Math.floor(random() * limit);
  let mutated: Uint8Array = stream.slice();
  for (let changes = 1 + pick(4); changes > 0 && mutated.length > 0; changes--) {
    // Headers are a small part of a stream, and damage to them does the most.
    const at = pick(random() < 0.5 ? Math.min(mutated.length, 160) : mutated.length);
    switch (pick(12)) {
      case 0:
      case 1:
        mutated[at] = mutated[at]! ^ (1 << pick(8));
        break;
      case 2:
        mutated[at] = pick(256);
        break;
      case 3:
        mutated.set(meaningful[pick(meaningful.length)]!.slice(0, mutated.length - at), at);
        break;
      case 4:
        mutated = mutated.slice(0, at);
        break;
      case 5: {
        const inserted = Uint8Array.from({ length: 1 + pick(32) }, () => pick(256));
        mutated = concat(mutated.subarray(0, at), inserted, mutated.subarray(at));
        break;
      }
      case 6:
        mutated = concat(mutated.subarray(0, at), mutated.subarray(at + 1 + pick(32)));
        break;
      case 7:
        mutated.copyWithin(pick(mutated.length), at, at + 1 + pick(64));
        break;
      case 8:
        mutated = concat(mutated.subarray(0, at), other.subarray(pick(other.length)));
        break;
      case 9:
        mutated = moveSegment(mutated, layout, pick);
        break;
      default:
        changeField(mutated, layout, pick);
    }
  }
  return mutated;
}

/** Repeats a segment, or takes it out. */
function moveSegment(
  stream: Uint8Array,
  layout: StreamLayout,
  pick: (limit: number) => number,
): Uint8Array {
  const segments = layout === "markers" ? listSegments(stream) : [];
  const segment = segments[pick(segments.length)];
  if (segment === undefined) return stream;
  const { start, end } = segment;
  const [before, after] = pick(2) === 0 ? [start, end] : [end, start];
  return concat(stream.subarray(0, before), stream.subarray(after));
}

/** Sets a number of the headers to one that is near it, or extreme. */
function changeField(
  stream: Uint8Array,
  layout: StreamLayout,
  pick: (limit: number) => number,
): void {
  let fields: readonly StreamField[] = [];
  if (layout === "rle") fields = listRleFields(stream);
  if (layout === "markers") {
    const segments = listSegments(stream);
    const segment = segments[pick(segments.length)];
    if (segment !== undefined) fields = listSegmentFields(stream, segment);
  }
  const field = fields[pick(fields.length)];
  if (field === undefined) return;
  const { offset, size, littleEndian } = field;
  const bytes = stream.subarray(offset, offset + size);
  if (littleEndian) bytes.reverse();
  const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const most = 256 ** size - 1;
  const values = [0, 1, 2, most, most - 1, (most + 1) / 2, value + 1, value - 1, value * 2];
  let changed = pick(2) === 0 ? values[pick(values.length)]! : pick(most + 1);
  for (let i = size - 1; i >= 0; i--) {
    bytes[i] = changed % 256;
    changed = Math.floor(changed / 256);
  }
  if (littleEndian) bytes.reverse();
}
