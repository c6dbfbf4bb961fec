import { assertEquals } from "@std/assert";
import { isCutText } from "../../../retriever/http/is_cut_text.ts";
import { autoindex, type AutoindexStyle } from "../../support/autoindex.ts";
import { mapSource } from "../../support/object_source.ts";
import { listObjects, s3Error } from "../../support/list_objects.ts";

const items = [{ name: "1.dcm", size: 5 }, { name: "b/", size: 0 }];
const styles: readonly AutoindexStyle[] = ["nginx", "apache", "python", "deno"];
const listings = [
  ...styles.map((style) => autoindex(style, "/a/", items).body),
  autoindex("nginx-json", "/a/", items).body,
  autoindex("caddy-json", "/a/", items).body,
  '{"instances": ["1.dcm"]}\n',
  "<HTML><a href=1.dcm>1</a></HTML>\n<!-- 3 ms -->",
  s3Error("NoSuchKey"),
  await listObjects(
    mapSource(new Map([["1.dcm", new Uint8Array()]])),
    "b",
    new URLSearchParams(),
    9,
  ),
];

Deno.test("isCutText takes whole listings as they are", () => {
  for (const listing of listings) assertEquals(isCutText(listing), false, listing);
});

Deno.test("isCutText tells listings that are cut anywhere behind their start", () => {
  for (const listing of listings) {
    const start = listing.search(/[[{]|<(html|ListBucketResult|Error)[\s>]/i) + 20;
    const end = listing.search(/<\/(html|ListBucketResult|Error)>/i);
    const last = end === -1 ? listing.trimEnd().length - 1 : end;
    for (let at = start; at <= last; at++) {
      const cut = listing.slice(0, at);
      // Cut behind the end of an item, JSON can be whole by its last sign.
      if (end === -1 && /[\]}]\s*$/.test(cut)) continue;
      assertEquals(isCutText(cut), true, cut);
    }
  }
});

Deno.test("isCutText takes texts that say nothing of their end as whole", () => {
  for (
    const text of ["", "words", '<a href="1.dcm">1', "<pre><a href=1>", "<ul><li>", "<!-- <html"]
  ) {
    assertEquals(isCutText(text), false, text);
  }
});
