import { assertEquals, assertThrows } from "@std/assert";
import { ProtocolError } from "../../errors.ts";
import { parseJsonListing } from "../../retriever/parse_json_listing.ts";

const FOLDER = new URL("https://host/data/series/");
const ADDRESS = "https://host/data/series/index.json";

function parse(json: unknown) {
  return parseJsonListing(json, FOLDER, ADDRESS);
}

Deno.test("parseJsonListing reads the listing of nginx", () => {
  const listing = parse([
    { name: "sub", type: "directory", mtime: "x" },
    { name: "a%20b.dcm", type: "file", mtime: "x", size: 123 },
    { name: ".hidden", type: "file", size: 1 },
    { name: "index.json", type: "file", size: 1 },
  ]);
  assertEquals(listing, { files: [{ name: "a%20b.dcm", size: 123 }], folders: ["sub/"] });
});

Deno.test("parseJsonListing reads the listing of Caddy", () => {
  const listing = parse([
    { name: "sub/", size: 4096, url: "./sub/", is_dir: true },
    { name: "a b.dcm", size: 123, url: "./a%20b.dcm", is_dir: false },
  ]);
  assertEquals(listing, { files: [{ name: "a b.dcm", size: 123 }], folders: ["sub/"] });
});

Deno.test("parseJsonListing reads manifests of every shape", () => {
  const files = [{ name: "1.dcm", size: null }, { name: "sub/a b.dcm", size: null }];
  const expected = { files, folders: [] };
  assertEquals(parse(["1.dcm", "./sub/a b.dcm"]), expected);
  assertEquals(parse([{ name: "1.dcm" }, { key: "sub/a b.dcm" }]), expected);
  assertEquals(parse({ instances: ["1.dcm", { url: "sub/a%20b.dcm" }] }), expected);
  assertEquals(
    parse({ version: 1, files: [{ url: "/data/series/1.dcm?x" }, { name: "sub/a b.dcm" }] }),
    expected,
  );
  assertEquals(parse(["https://host/data/series/1.dcm", "sub/a b.dcm"]), expected);
  assertEquals(parse([]), { files: [], folders: [] });
});

Deno.test("parseJsonListing takes a size only for what it is", () => {
  const sizes = [5, 0, -1, 1.5, "5", null, Infinity].map((size) => ({ name: "a", size }));
  assertEquals(parse(sizes)?.files.map(({ size }) => size), [5, 0, null, null, null, null, null]);
});

Deno.test("parseJsonListing answers null for JSON of another shape", () => {
  for (const json of [null, 1, "a", {}, { error: "no" }, [1], [null], { files: "a" }]) {
    assertEquals(parse(json), null);
  }
});

Deno.test("parseJsonListing refuses items without a name and those out of the folder", () => {
  for (const json of [[""], [{}], [{ name: 1 }], [{ name: "" }]]) {
    assertThrows(() => parse(json), ProtocolError, "without a name");
  }
  for (
    const name of [
      "../1.dcm",
      "a/../../1.dcm",
      "/etc/passwd",
      "https://elsewhere/1.dcm",
      "https://host/data/1.dcm?token=secret",
    ]
  ) {
    const error = assertThrows(() => parse([name]), ProtocolError, "not in its folder");
    assertEquals(error.message.includes("secret"), false);
  }
});
