import { DecodeError } from "../errors.ts";
import { Tag } from "./tag.ts";

/** The fragments of encapsulated pixel data (PS3.5 A.4). */
interface Encapsulated {
  /** Offsets of the frames from the first fragment's item; empty when the table is. */
  readonly offsetTable: readonly number[];
  /** The fragments, with the offset of each one's item from the first one's. */
  readonly fragments: readonly { readonly start: number; readonly bytes: Uint8Array }[];
  /** Whether the delimitation item was met that ends them. */
  readonly ended: boolean;
}

/**
 * Splits encapsulated pixel data into the bytes of its frames: all as the only
 * frame, by one fragment a frame, or by the basic offset table.
 *
 * @param value The value of the pixel data, from its basic offset table on.
 * @param numberOfFrames Number of Frames.
 * @returns The stored bytes of each frame.
 * @throws {DecodeError} When the value is cut or its frames cannot be told apart.
 */
export function splitFrames(value: Uint8Array, numberOfFrames: number): Uint8Array[] {
  const { offsetTable, fragments, ended } = readFragments(value);
  if (numberOfFrames === 1) return [join(fragments.map(({ bytes }) => bytes))];
  const tabled = offsetTable.length === numberOfFrames;
  // As many fragments as frames leave nothing to tell, even where the table is wrong.
  if (fragments.length === numberOfFrames && (ended || !tabled)) {
    return fragments.map(({ bytes }) => bytes);
  }
  if (tabled) return splitByTable(offsetTable, fragments);
  throw new DecodeError(
    `${fragments.length} fragments without an offset table cannot be told into ${numberOfFrames} frames`,
  );
}

/** Joins the fragments from each entry of the table to the next; both ascend. */
function splitByTable(
  offsetTable: readonly number[],
  fragments: Encapsulated["fragments"],
): Uint8Array[] {
  let next = 0;
  return offsetTable.map((offset, frame) => {
    const end = offsetTable[frame + 1] ?? Infinity;
    const own: Uint8Array[] = [];
    while (next < fragments.length && fragments[next]!.start < end) {
      const { start, bytes } = fragments[next++]!;
      if (start >= offset) own.push(bytes);
    }
    if (own.length === 0) {
      throw new DecodeError(`the offset table's entry for frame ${frame} points at no fragment`);
    }
    return join(own);
  });
}

function readFragments(value: Uint8Array): Encapsulated {
  const view = new DataView(value.buffer, value.byteOffset, value.length);
  const items: { at: number; bytes: Uint8Array }[] = [];
  let at = 0;
  let ended = false;
  while (at + 8 <= value.length) {
    const tag = ((view.getUint16(at, true) << 16) | view.getUint16(at + 2, true)) >>> 0;
    const length = view.getUint32(at + 4, true);
    if (tag === Tag.SequenceDelimitationItem) {
      ended = true;
      break;
    }
    if (tag !== Tag.Item) throw new DecodeError(`no fragment at byte ${at} of the pixel data`);
    const end = at + 8 + length;
    if (end > value.length) {
      throw new DecodeError(
        `the pixel data is cut: a fragment ends at byte ${end}, the data at ${value.length}`,
      );
    }
    items.push({ at, bytes: value.subarray(at + 8, end) });
    at = end;
  }
  if (!ended && value.subarray(at).some((byte) => byte !== 0)) {
    throw new DecodeError(`the pixel data is cut inside the head of a fragment, at byte ${at}`);
  }
  const [table, ...fragments] = items;
  if (table === undefined || fragments.length === 0) {
    throw new DecodeError("the pixel data has no fragments");
  }
  const { bytes } = table;
  const entries = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const first = fragments[0]!.at;
  return {
    offsetTable: Array.from(
      { length: bytes.length >> 2 },
      (_, i) => entries.getUint32(i * 4, true),
    ),
    fragments: fragments.map(({ at, bytes }) => ({ start: at - first, bytes })),
    ended,
  };
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0]!;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
