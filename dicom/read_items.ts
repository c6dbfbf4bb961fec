import { DecodeError } from "../errors.ts";
import { Tag } from "./tag.ts";

/** An item of encapsulated pixel data (PS3.5 A.4). */
export interface Item {
  /** Offset of the item's tag in the bytes that were read. */
  readonly start: number;
  /** The item's value. */
  readonly bytes: Uint8Array;
}

/** Items that follow one another, and whether the delimitation item was met that ends them. */
export interface ItemRun {
  /** The items in stored order. */
  readonly items: readonly Item[];
  /** Whether the sequence's delimitation item was met. */
  readonly ended: boolean;
}

/** Most items whatever the number of frames, and for each frame as many more. */
const [freeItems, itemsPerFrame] = [100_000, 8];

/**
 * Reads the items of encapsulated pixel data: the basic offset table and the
 * fragments, or some of them.
 *
 * @param bytes Bytes that start with an item's tag.
 * @param numberOfFrames Of how many frames they are, which limits how many items there may be.
 * @throws {DecodeError} When an item is cut, or something else than an item is met, or there are far
 * more of them than frames.
 */
export function readItems(bytes: Uint8Array, numberOfFrames: number): ItemRun {
  const most = freeItems + itemsPerFrame * numberOfFrames;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const tagAt = (at: number) =>
    ((view.getUint16(at, true) << 16) | view.getUint16(at + 2, true)) >>> 0;
  const isItemAt = (at: number) =>
    at + 8 <= bytes.length &&
    (tagAt(at) === Tag.Item || tagAt(at) === Tag.SequenceDelimitationItem);
  const items: Item[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    if (tagAt(at) === Tag.SequenceDelimitationItem) return { items, ended: true };
    if (tagAt(at) !== Tag.Item) {
      throw new DecodeError(`no fragment at byte ${at} of the pixel data`);
    }
    const length = view.getUint32(at + 4, true);
    const end = at + 8 + length;
    if (end > bytes.length) {
      throw new DecodeError(
        `the pixel data is cut: a fragment ends at byte ${end}, the data at ${bytes.length}`,
      );
    }
    if (items.length === most) {
      throw new DecodeError(`the pixel data is in more than ${most} fragments`);
    }
    items.push({ start: at, bytes: bytes.subarray(at + 8, end) });
    // Some writers pad a fragment of odd length, but do not count the pad.
    at = length % 2 === 1 && !isItemAt(end) && isItemAt(end + 1) ? end + 1 : end;
  }
  if (bytes.subarray(at).some((byte) => byte !== 0)) {
    throw new DecodeError(`the pixel data is cut inside the head of a fragment, at byte ${at}`);
  }
  return { items, ended: false };
}
