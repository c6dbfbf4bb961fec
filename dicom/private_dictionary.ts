import { privateDictionaryText } from "./private_dictionary_text.ts";
import { tagHex } from "./tag.ts";

/** By group and maker, the elements of a block and their value representations. */
let blocks: Map<string, string> | null = null;

/** Characters of an element in a block's text: two hex digits, and two letters. */
const width = 4;

/**
 * The value representation that a maker gave a private element, as far as it is known.
 *
 * @param tag Group and element number as one unsigned 32-bit number; which block the maker
 * reserved does not matter.
 * @param creator The value of the block's Private Creator (PS3.5 section 7.8.1).
 * @returns Two letters, or null.
 */
export function lookupPrivateVR(tag: number, creator: string): string | null {
  blocks ??= splitBlocks();
  const hex = tagHex(tag);
  const block = blocks.get(hex.slice(0, 4) + creator);
  if (block === undefined) return null;
  const element = hex.slice(6);
  for (let at = 0; at < block.length; at += width) {
    if (block.startsWith(element, at)) return block.slice(at + 2, at + width);
  }
  return null;
}

function splitBlocks(): Map<string, string> {
  const lines = privateDictionaryText.split("\n");
  return new Map(lines.map((line) => line.split("\t") as [string, string]));
}
