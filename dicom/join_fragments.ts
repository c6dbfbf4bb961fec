import { DecodeError } from "../errors.ts";
import { joinBytes } from "./join_bytes.ts";
import { readItems } from "./read_items.ts";

/**
 * Joins the fragments of one frame.
 *
 * @param items The frame's items, heads included; the delimitation item may follow the last frame's.
 * @returns The frame's stored bytes.
 * @throws {DecodeError} When there is no fragment, or one does not end where the items do.
 */
export function joinFragments(items: Uint8Array): Uint8Array {
  const fragments = readItems(items, 1).items;
  if (fragments.length === 0) throw new DecodeError("the frame has no fragments");
  return joinBytes(fragments.map(({ bytes }) => bytes));
}
