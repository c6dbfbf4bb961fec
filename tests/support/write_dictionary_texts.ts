import { dictionary } from "dcmjs/dictionary";

/** What dcmjs knows of an element; a key is `(0008,0060)`, `(6000-60FF,0010)` or `(0019,"MAKER",02)`. */
interface Entry {
  readonly vr?: string;
  readonly name?: string;
  readonly vm?: string;
}

const entries = Object.entries(dictionary as Record<string, Entry>);
const retiredPrefix = "RETIRED_";

/** Writes `dicom/dictionary_text.ts`: the standard's elements, a line for each group. */
export function writeDictionaryText(): string {
  const groups = new Map<string, string[]>();
  for (const [key, { vr, name, vm }] of entries) {
    const match = /^\(([0-9A-Fa-f]{4})(?:-[0-9A-Fa-f]{4})?,([0-9A-Fa-f]{4})(?:-[0-9A-Fa-f]{4})?\)$/
      .exec(key);
    if (match === null || name === undefined || vr === undefined) continue;
    const keyword = name.startsWith(retiredPrefix) ? name.slice(retiredPrefix.length) : name;
    if (keyword === "undefined" || keyword === "") continue;
    const [group, element] = [match[1]!.toUpperCase(), match[2]!.toUpperCase()];
    addTo(groups, group, `${element}${vr}${vm === "1" ? "1" : "n"}${keyword}`);
  }
  const what =
    "The data elements of PS3.6, as dcmjs has them: a line for each group, with the number, " +
    "value\n * representation, `1` or `n` values, and keyword of each element.";
  return moduleOf("dictionaryText", what, groups, " ");
}

/** Writes `dicom/private_dictionary_text.ts`: makers' own elements, a line for each group of a maker. */
export function writePrivateDictionaryText(): string {
  const blocks = new Map<string, string[]>();
  for (const [key, { vr }] of entries) {
    const match = /^\(([0-9A-Fa-f]{4}),"([^"]+)",([0-9A-Fa-f]{2})\)$/.exec(key);
    if (match === null || vr === undefined) continue;
    addTo(blocks, `${match[1]!.toUpperCase()}${match[2]}\t`, `${match[3]!.toUpperCase()}${vr}`);
  }
  const what =
    "Makers' own data elements, as dcmjs has them: a line for each group of a maker, with the " +
    "group,\n * the maker, a tab, and the number in its block and value representation of each element.";
  return moduleOf("privateDictionaryText", what, blocks, "");
}

function addTo(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function moduleOf(
  name: string,
  what: string,
  lists: ReadonlyMap<string, readonly string[]>,
  separator: string,
): string {
  const lines = [...lists].map(([key, list]) => [key, ...list].join(separator));
  const text = lines.toSorted().join("\n");
  if (/[`\\]|\$\{/.test(text)) throw new Error("the text needs escapes");
  return `/**\n * ${what}\n *\n * Written by \`deno task update\`.\n */\n` +
    `export const ${name}: string = \`\\\n${text}\`;\n`;
}
