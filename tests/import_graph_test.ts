import { assert, assertEquals, assertRejects } from "@std/assert";
import { fromFileUrl, join } from "@std/path";
import { findImportFaults, type Import } from "./support/import_graph.ts";
import { listSourceFiles, readImports } from "./support/read_imports.ts";

const ROOT = fromFileUrl(new URL("..", import.meta.url)).replace(/\/$/, "");

/** Imports written as `from > to`, with the specifier the two make. */
function graph(...arrows: string[]): Import[] {
  return arrows.map((arrow) => {
    const [from = "", to = "", specifier = `../${to}`] = arrow.split(" > ");
    return { from, to, specifier };
  });
}

/** A graph that uses every arrow there may be. */
const SOUND = graph(
  "dicom/mod.ts > dicom/parse_header.ts",
  "dicom/parse_header.ts > errors.ts",
  "dicom/parse_header.ts > npm:pako@^3/ > pako",
  "retriever/mod.ts > dicom/mod.ts",
  "retriever/mod.ts > runtime/a.ts",
  "index_cache/mod.ts > runtime/a.ts",
  "index_cache/mod.ts > std/path/mod.ts > @std/path",
  "contrast/mod.ts > dicom/mod.ts",
  "mosaic/mod.ts > contrast/mod.ts",
  "mosaic/mod.ts > errors.ts",
  "series_index/mod.ts > mosaic/mod.ts",
  "series_index/mod.ts > retriever/mod.ts",
  "mod.ts > series_index/mod.ts",
  "mod.ts > deno.json",
  "cli/mosaic.ts > mod.ts",
  "cli/mosaic.ts > series_index/mod.ts",
  "cli.ts > cli/mosaic.ts",
  "std/path/mod.ts > std/path/join.ts > ./join.ts",
  "tests/a_test.ts > cli.ts",
  "tests/a_test.ts > tests/support/b.ts",
);

Deno.test("the imports of the project go one way", async () => {
  const files = await listSourceFiles(ROOT);
  assert(files.includes("errors.ts"), "the root is the project's");
  const imports = await readImports(ROOT, files);
  const importing = new Set(imports.map(({ from }) => from));
  assert(importing.has("tests/import_graph_test.ts"), "this very file imports");
  assertEquals(findImportFaults(imports), []);
});

Deno.test("imports are read from every form there is", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "a"));
    await Deno.writeTextFile(join(root, "deno.json"), `{ "imports": { "bare": "./b.ts" } }`);
    await Deno.writeTextFile(join(root, "b.ts"), `export type B = 1;\nexport const b = 1;\n`);
    await Deno.writeTextFile(
      join(root, "a/forms.ts"),
      [
        `// import "./comment.ts";`,
        `import { b } from "../b.ts?value";`,
        `import type { B } from "../b.ts?type";`,
        `export { b as c } from "../b.ts?export";`,
        `export * from "bare";`,
        `import "../b.ts?effect";`,
        `export const load = () => import("../b.ts?dynamic");`,
        `export type T = import("../b.ts?inline").B;`,
        `export const text: B = b, code = 'import "./text.ts"';`,
      ].join("\n"),
    );
    assertEquals(await listSourceFiles(root), ["a/forms.ts", "b.ts"]);
    const imports = await readImports(root, ["a/forms.ts"]);
    assertEquals(imports.map(({ from, to }) => `${from} > ${to}`).sort(), [
      "a/forms.ts > b.ts",
      "a/forms.ts > b.ts?dynamic",
      "a/forms.ts > b.ts?effect",
      "a/forms.ts > b.ts?export",
      "a/forms.ts > b.ts?inline",
      "a/forms.ts > b.ts?type",
      "a/forms.ts > b.ts?value",
    ]);
    await Deno.writeTextFile(join(root, "broken.ts"), `import "./missing.ts";`);
    await assertRejects(
      () => readImports(root, ["broken.ts"]),
      Error,
      "missing.ts, imported by broken.ts, cannot be read",
    );
    await Deno.writeTextFile(join(root, "broken.ts"), `import from from;`);
    await assertRejects(
      () => readImports(root, ["broken.ts"]),
      Error,
      "broken.ts, imported by nothing else",
    );
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("a graph that keeps to the order has no fault", () => {
  assertEquals(findImportFaults(SOUND), []);
});

const faults: [name: string, arrows: string[], expected: string[]][] = [
  [
    "an arrow that runs back, and the circle of rooms it closes",
    ["dicom/a.ts > retriever/b.ts"],
    [
      "dicom/a.ts imports retriever/b.ts: dicom may not import retriever",
      "rooms in a circle: dicom → retriever → dicom",
    ],
  ],
  [
    "an arrow out of the leaf",
    ["errors.ts > dicom/a.ts"],
    [
      "errors.ts imports dicom/a.ts: errors.ts may not import dicom",
      "rooms in a circle: dicom → errors.ts → dicom",
    ],
  ],
  [
    "an arrow between rooms of a floor",
    ["index_cache/a.ts > retriever/b.ts"],
    ["index_cache/a.ts imports retriever/b.ts: index_cache may not import retriever"],
  ],
  [
    "an arrow to contrast from another room than mosaic",
    ["retriever/a.ts > contrast/b.ts"],
    ["retriever/a.ts imports contrast/b.ts: retriever may not import contrast"],
  ],
  [
    "the arrow back from contrast, and the circle it closes",
    ["contrast/a.ts > mosaic/b.ts"],
    [
      "contrast/a.ts imports mosaic/b.ts: contrast may not import mosaic",
      "rooms in a circle: contrast → mosaic → contrast",
    ],
  ],
  [
    "files in a circle",
    ["dicom/a.ts > dicom/b.ts", "dicom/b.ts > dicom/c.ts", "dicom/c.ts > dicom/a.ts"],
    ["files in a circle: dicom/a.ts → dicom/b.ts → dicom/c.ts → dicom/a.ts"],
  ],
  [
    "a file that imports itself",
    ["dicom/a.ts > dicom/a.ts"],
    ["files in a circle: dicom/a.ts → dicom/a.ts"],
  ],
  [
    "the command line imported from below",
    ["mod.ts > cli/a.ts", "cli/a.ts > cli.ts"],
    [
      "mod.ts imports cli/a.ts: mod.ts may not import cli",
      "cli/a.ts imports cli.ts: cli may not import cli.ts",
      "files in a circle: mod.ts → cli/a.ts → cli.ts → cli/mosaic.ts → mod.ts",
      "rooms in a circle: mod.ts → cli → mod.ts",
      "rooms in a circle: cli → cli.ts → cli",
    ],
  ],
  [
    "a room without a place in the order",
    ["attic/a.ts > errors.ts", "cli/b.ts > attic/a.ts"],
    [
      "attic/a.ts lies in no known room: give attic its place in the order",
      "cli/b.ts imports attic/a.ts, which lies in no known room",
    ],
  ],
  [
    "a source file that imports tests or benchmarks",
    ["cli/a.ts > tests/support/b.ts", "mod.ts > bench/b.ts"],
    [
      "cli/a.ts imports ../tests/support/b.ts: tests/ is no part of the sources",
      "mod.ts imports ../bench/b.ts: bench/ is no part of the sources",
    ],
  ],
  [
    "a stand-in imported by its path, from a test too",
    ["cli/a.ts > std/path/mod.ts", "tests/a_test.ts > std/assert/mod.ts"],
    [
      "cli/a.ts imports ../std/path/mod.ts: import it as @std/path",
      "tests/a_test.ts imports ../std/assert/mod.ts: import it as @std/assert",
    ],
  ],
  [
    "an address outside of deno.json",
    [
      "dicom/a.ts > npm:/pako@3.0.3 > npm:pako@^3",
      "bench/a.ts > jsr:@std/fs > jsr:@std/fs",
      "tests/a_test.ts > https://a.example/b.ts > https://a.example/b.ts",
    ],
    [
      "dicom/a.ts imports npm:pako@^3: map a bare name to it in deno.json",
      "bench/a.ts imports jsr:@std/fs: map a bare name to it in deno.json",
      "tests/a_test.ts imports https://a.example/b.ts: map a bare name to it in deno.json",
    ],
  ],
];

for (const [name, arrows, expected] of faults) {
  Deno.test(`a graph is at fault for ${name}`, () => {
    assertEquals(findImportFaults([...SOUND, ...graph(...arrows)]), expected);
  });
}
