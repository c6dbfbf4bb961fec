import type { ItemSpan } from "./locate_items.ts";

/** Where the first fragment of a frame is among its items' bytes, or why that cannot be told. */
export type FoundFragment =
  | {
    readonly kind: "found";
    /** Offset of its value. */
    readonly start: number;
    /** Length of its value, which may not be there yet. */
    readonly length: number;
  }
  | {
    /** Its head is beyond the bytes that were read. */
    readonly kind: "more";
    /** How many it takes. */
    readonly bytesNeeded: number;
    /** They tell where the fragment is, and nothing of it. */
    readonly enough: false;
  }
  | {
    /** There is no item where it should be. */
    readonly kind: "whole";
  };

const itemHead = 8;
/** An item's tag, (FFFE,E000), as a little endian number. */
const itemTag = 0xe000fffe;

/**
 * Finds the first fragment of a frame.
 *
 * @param items The first bytes of the frame's items.
 */
export function findFragment(
  items: Uint8Array,
  { start, end, withTable }: ItemSpan,
): FoundFragment {
  const view = new DataView(items.buffer, items.byteOffset, items.length);
  let at = 0;
  for (let isTable = withTable;; isTable = false) {
    const value = at + itemHead;
    if (value > end - start) return { kind: "whole" };
    if (value > items.length) return { kind: "more", bytesNeeded: value, enough: false };
    const length = view.getUint32(at + 4, true);
    const isItem = view.getUint32(at, true) === itemTag && value + length <= end - start;
    if (!isItem) return { kind: "whole" };
    if (!isTable) return { kind: "found", start: value, length };
    at = value + length;
  }
}
