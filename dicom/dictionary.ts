import { dictionaryText } from "./dictionary_text.ts";
import { tagHex } from "./tag.ts";

/** What PS3.6 says of a data element. */
export interface DictionaryEntry {
  /** Keyword, as in `PatientName`; of a repeating group but the first `GGGGEEEE`. */
  readonly keyword: string;
  /**
   * Value representation; `US or SS`, `OB or OW` and `US or OW` where the
   * dataset decides between two.
   */
  readonly vr: string;
  /** Whether the value multiplicity is 1. */
  readonly single: boolean;
}

/** dcmjs writes the choices of PS3.6 as lower-case pairs. */
const ambiguousVrs: Readonly<Record<string, string>> = {
  ox: "OB or OW",
  xs: "US or SS",
  lt: "US or OW",
  up: "UL",
};

/** High bytes of the groups of curves, overlays and variable pixel data (PS3.5 section 7.6). */
const repeatingGroups: ReadonlySet<number> = new Set([0x50, 0x60, 0x7f]);

/** The text of each group's elements until one of them is looked up, their entries then. */
let groups: Map<number, string | ReadonlyMap<number, DictionaryEntry>> | null = null;

/**
 * Looks a standard data element up in the dictionary of PS3.6.
 *
 * Of repeating groups (50xx, 60xx, 7Fxx) and elements ((0020,31xx)) only the first has its
 * keyword, since a keyword stands for one element; the others have their tag in its place.
 *
 * @param tag Group and element number as one unsigned 32-bit number.
 * @returns The entry, or null for a private or unknown element.
 *
 * @example
 * ```ts
 * import { lookupTag } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(lookupTag(0x00080060)?.keyword, "Modality");
 * assertEquals(lookupTag(0x00091010), null);
 * ```
 */
export function lookupTag(tag: number): DictionaryEntry | null {
  // Groups of odd numbers are makers' own.
  if (tag & 0x10000) return null;
  return entriesOf(tag >>> 16)?.get(tag) ?? lookupRepeated(tag);
}

/** The first of the tags that a tag repeats, by its even group, or null. */
function firstOfRepeated(tag: number): number | null {
  const group = tag >>> 16;
  if (repeatingGroups.has(group >>> 8) && group % 2 === 0) return (tag & 0xff00ffff) >>> 0;
  return tag >>> 8 === 0x002031 ? 0x00203100 : null;
}

function lookupRepeated(tag: number): DictionaryEntry | null {
  const first = firstOfRepeated(tag);
  const entry = first === null ? undefined : entriesOf(first >>> 16)?.get(first);
  return entry === undefined ? null : { ...entry, keyword: tagHex(tag) };
}

/** Lists the keywords of all standard data elements, the first of repeating groups only. */
export function* listKeywords(): Generator<string> {
  groups ??= splitGroups();
  for (const group of groups.keys()) {
    for (const { keyword } of entriesOf(group)!.values()) yield keyword;
  }
}

/** The entries of a group by tag. A header has elements of few groups, so each is read when it is needed. */
function entriesOf(group: number): ReadonlyMap<number, DictionaryEntry> | undefined {
  groups ??= splitGroups();
  const entries = groups.get(group);
  if (typeof entries !== "string") return entries;
  const read = readEntries(group, entries);
  groups.set(group, read);
  return read;
}

function splitGroups(): Map<number, string> {
  const lines = dictionaryText.split("\n");
  return new Map(lines.map((line) => [parseInt(line.slice(0, 4), 16), line.slice(5)]));
}

function readEntries(group: number, text: string): Map<number, DictionaryEntry> {
  const entries = new Map<number, DictionaryEntry>();
  for (const entry of text.split(" ")) {
    const tag = group * 0x10000 + parseInt(entry.slice(0, 4), 16);
    const vr = entry.slice(4, 6);
    const single = entry[6] === "1";
    entries.set(tag, { keyword: entry.slice(7), vr: ambiguousVrs[vr] ?? vr, single });
  }
  return entries;
}
