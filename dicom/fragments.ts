import { DecodeError } from "../errors.ts";
import { joinBytes } from "./join_bytes.ts";
import { type Item, readItems } from "./read_items.ts";

/**
 * Splits encapsulated pixel data into the bytes of its frames: all as the only
 * frame, by one fragment a frame, by the basic offset table, or by the
 * fragments that begin as a codestream does.
 *
 * @param value The value of the pixel data, from its basic offset table on.
 * @param numberOfFrames Number of Frames.
 * @returns The stored bytes of each frame.
 * @throws {DecodeError} When the value is cut or its frames cannot be told apart.
 *
 * @example
 * ```ts
 * import { splitFrames } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const value = new Uint8Array([
 *   ...[0xfe, 0xff, 0x00, 0xe0, 0, 0, 0, 0], // an empty offset table
 *   ...[0xfe, 0xff, 0x00, 0xe0, 2, 0, 0, 0, 1, 2], // a fragment
 *   ...[0xfe, 0xff, 0x00, 0xe0, 2, 0, 0, 0, 3, 4], // another
 * ]);
 * assertEquals(splitFrames(value, 2).map((frame) => [...frame]), [[1, 2], [3, 4]]);
 * assertEquals(splitFrames(value, 1).map((frame) => [...frame]), [[1, 2, 3, 4]]);
 * ```
 */
export function splitFrames(value: Uint8Array, numberOfFrames: number): Uint8Array[] {
  const { items, ended } = readItems(value, numberOfFrames);
  const [table, ...fragments] = items;
  if (table === undefined || fragments.length === 0) {
    throw new DecodeError("the pixel data has no fragments");
  }
  if (numberOfFrames === 1) return [joinBytes(fragments.map(({ bytes }) => bytes))];
  const tabled = table.bytes.length === 4 * numberOfFrames;
  // As many fragments as frames leave nothing to tell, even where the table is wrong.
  if (fragments.length === numberOfFrames && (ended || !tabled)) {
    return fragments.map(({ bytes }) => bytes);
  }
  if (tabled) return splitAt(readStarts(table.bytes, fragments), fragments);
  const starts = fragments.flatMap(({ bytes }, i) => beginsCodestream(bytes) ? [i] : []);
  if (starts.length === numberOfFrames && starts[0] === 0) return splitAt(starts, fragments);
  throw new DecodeError(
    `${fragments.length} fragments without an offset table cannot be told into ${numberOfFrames} frames`,
  );
}

/** Joins the fragments from each frame's first one, by number, to the next frame's. */
function splitAt(starts: readonly number[], fragments: readonly Item[]): Uint8Array[] {
  return starts.map((start, frame) =>
    joinBytes(fragments.slice(start, starts[frame + 1]).map(({ bytes }) => bytes))
  );
}

/** Finds the fragments that the basic offset table's entries point at; both ascend. */
function readStarts(table: Uint8Array, fragments: readonly Item[]): number[] {
  const view = new DataView(table.buffer, table.byteOffset, table.length);
  const base = fragments[0]!.start;
  let next = 0;
  return Array.from({ length: table.length / 4 }, (_, frame) => {
    const start = base + view.getUint32(frame * 4, true);
    // What comes before the first frame is of none.
    while (frame > 0 && next < fragments.length && fragments[next]!.start < start) next++;
    if (fragments[next]?.start !== start) {
      throw new DecodeError(
        `the offset table's entry for frame ${frame} points at no fragment of its own`,
      );
    }
    return next++;
  });
}

/** First bytes: JPEG and JPEG-LS, JPEG 2000 bare and in its box, JPEG XL bare and in its box. */
const codestreamStarts = [
  [0xff, 0xd8, 0xff],
  [0xff, 0x4f, 0xff, 0x51],
  [0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20],
  [0xff, 0x0a],
  [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20],
];

function beginsCodestream(bytes: Uint8Array): boolean {
  return codestreamStarts.some((start) => start.every((byte, i) => bytes[i] === byte));
}
