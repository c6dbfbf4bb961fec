import { dictionary } from "dcmjs/dictionary";
import { assert, assertEquals } from "@std/assert";
import { lookupTag } from "@dicom/series-preview/dicom";
import { listKeywords } from "../../dicom/dictionary.ts";
import { lookupPrivateVR } from "../../dicom/private_dictionary.ts";
import {
  writeDictionaryText,
  writePrivateDictionaryText,
} from "../support/write_dictionary_texts.ts";

for (
  const [file, write] of [
    ["dictionary_text.ts", writeDictionaryText],
    ["private_dictionary_text.ts", writePrivateDictionaryText],
  ] as const
) {
  Deno.test(`dicom/${file} has what dcmjs has`, async () => {
    const url = new URL(`../../dicom/${file}`, import.meta.url);
    if (Deno.args.includes("--update")) await Deno.writeTextFile(url, write());
    assertEquals(await Deno.readTextFile(url), write(), "write it anew with `deno task update`");
  });
}

Deno.test("Every element that dcmjs names is found by its tag, with its VR and multiplicity", () => {
  const pairs: Readonly<Record<string, string>> = {
    ox: "OB or OW",
    xs: "US or SS",
    lt: "US or OW",
    up: "UL",
  };
  const expected = new Map<string, string>();
  let privates = 0;
  for (const [key, entry] of Object.entries(dictionary as Record<string, Record<string, string>>)) {
    const { vr, name, vm } = entry;
    const [, group, element] = /^\((....)(?:-....)?,(....)(?:-....)?\)$/.exec(key) ?? [];
    const [, block, maker, last] = /^\((....),"([^"]+)",(..)\)$/.exec(key) ?? [];
    if (block !== undefined) {
      assertEquals(lookupPrivateVR(parseInt(`${block}10${last}`, 16), maker!), vr, key);
      privates++;
    } else if (group !== undefined && name !== undefined) {
      const tag = parseInt(group + element, 16);
      const keyword = name.replace(/^RETIRED_/, "");
      if (keyword === "undefined") continue;
      const found = lookupTag(tag);
      assertEquals(found, { keyword, vr: pairs[vr!] ?? vr, single: vm === "1" }, key);
      expected.set(keyword, key);
    }
  }
  assert(privates > 2000);
  assertEquals(new Set(listKeywords()), new Set(expected.keys()));
});

Deno.test("Elements that repeat have the first one's entry, and their tag for a keyword", () => {
  assertEquals(lookupTag(0x60003000)?.keyword, "OverlayData");
  assertEquals(lookupTag(0x60023000), { ...lookupTag(0x60003000)!, keyword: "60023000" });
  assertEquals(lookupTag(0x60013000), null);
  assertEquals(lookupTag(0x00203104)?.keyword, "00203104");
});

Deno.test("Tags that no dictionary has are told so", () => {
  for (const tag of [0x00080004, 0x00091001, 0xffffffff, 0, 0xfffee00e]) {
    assertEquals(lookupTag(tag)?.keyword, tag === 0 ? "CommandGroupLength" : undefined);
  }
  assertEquals(lookupPrivateVR(0x00191002, "NOBODY"), null);
  assertEquals(lookupPrivateVR(0x00191002, ""), null);
});
