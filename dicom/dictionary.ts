import { dictionary } from "dcmjs/dictionary";
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

const retiredPrefix = "RETIRED_";

/** High bytes of the groups of curves, overlays and variable pixel data (PS3.5 section 7.6). */
const repeatingGroups: ReadonlySet<number> = new Set([0x50, 0x60, 0x7f]);

let entries: Map<number, DictionaryEntry> | null = null;

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
  entries ??= buildEntries();
  return entries.get(tag) ?? lookupRepeated(entries, tag);
}

/** The first of the tags that a tag repeats, by its even group, or null. */
function firstOfRepeated(tag: number): number | null {
  const group = tag >>> 16;
  if (repeatingGroups.has(group >>> 8) && group % 2 === 0) return (tag & 0xff00ffff) >>> 0;
  return tag >>> 8 === 0x002031 ? 0x00203100 : null;
}

function lookupRepeated(
  entries: ReadonlyMap<number, DictionaryEntry>,
  tag: number,
): DictionaryEntry | null {
  const first = firstOfRepeated(tag);
  const entry = first === null ? undefined : entries.get(first);
  return entry === undefined ? null : { ...entry, keyword: tagHex(tag) };
}

/** Lists the keywords of all standard data elements, the first of repeating groups only. */
export function* listKeywords(): Generator<string> {
  entries ??= buildEntries();
  for (const { keyword } of entries.values()) yield keyword;
}

function buildEntries(): Map<number, DictionaryEntry> {
  const map = new Map<number, DictionaryEntry>();
  const source = dictionary as Record<string, { vr?: string; name?: string; vm?: string }>;
  for (const [key, { vr, name, vm }] of Object.entries(source)) {
    // "(0008,0060)", or a range as in "(6000-60FF,0010)"; private ones are quoted.
    const match = /^\(([0-9A-Fa-f]{4})(?:-[0-9A-Fa-f]{4})?,([0-9A-Fa-f]{4})(?:-[0-9A-Fa-f]{4})?\)$/
      .exec(key);
    if (match === null || name === undefined || vr === undefined) continue;
    const keyword = name.startsWith(retiredPrefix) ? name.slice(retiredPrefix.length) : name;
    if (keyword === "undefined" || keyword === "") continue;
    const tag = parseInt(match[1]! + match[2]!, 16);
    map.set(tag, { keyword, vr: ambiguousVrs[vr] ?? vr, single: vm === "1" });
  }
  return map;
}
