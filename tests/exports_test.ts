import { assert, assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import config from "../deno.json" with { type: "json" };
import { listSourceFiles } from "./support/read_imports.ts";
import { runProgram } from "./support/run_program.ts";
import { readStaticImports } from "./support/static_imports.ts";

/** The packages, and the rooms, that each export loads before it is used; all else comes when it is needed. */
const loads: Readonly<
  Record<keyof typeof config.exports, { packages: string[]; rooms: string[] }>
> = {
  ".": {
    packages: [],
    rooms: [
      ...["contrast", "dicom", "errors.ts", "index_cache", "mod.ts"],
      ...["mosaic", "retriever", "runtime", "series_index"],
    ],
  },
  "./retriever": {
    packages: ["pako"],
    rooms: ["dicom", "errors.ts", "retriever", "runtime"],
  },
  "./index-cache": {
    packages: [],
    rooms: ["deno.json", "dicom", "errors.ts", "index_cache", "runtime"],
  },
  "./mosaic": { packages: [], rooms: ["contrast", "dicom", "errors.ts", "mosaic", "runtime"] },
  "./contrast": { packages: [], rooms: ["contrast", "dicom", "errors.ts"] },
  "./dicom": { packages: ["@noble/hashes", "pako"], rooms: ["dicom", "errors.ts", "runtime"] },
  "./cli": { packages: [], rooms: ["cli", "cli.ts", "contrast", "deno.json"] },
};

/** What none of them loads: codecs, what only one runtime has, and the made-up series. */
const neverLoaded = [
  /^dicom\/codecs\/(?!compile_wasm)/,
  /^retriever\/(demo|local_|open_local)/,
  /^index_cache\/(files|file_)/,
  /^cli\/ffmpeg_process/,
];

/** Files that an export may do without until it is asked for what they do. */
const loadedLater: Readonly<Record<string, readonly RegExp[]>> = {
  // A picture by a kept index takes no header.
  ".": [
    /^dicom\/(header_reader|dataset_reader|read_attributes|dictionary|naturalize_json)\b/,
    /^retriever\/read_headers?\.ts$/,
    /^index_cache\/index_builder\.ts$/,
    /^series_index\/(generate_index|update_index|to_indexed_instance|read_datasets|row_to_dataset)\./,
    /^mosaic\/(encode_image|video\/(encode|h264|remux|load))/,
  ],
  // Headers and frames are fetched, not read or decoded.
  "./retriever": [/^dicom\/(mod|read_attributes|describe_image|decode_\w+|lookup_tables)\.ts$/],
  "./index-cache": [/^dicom\/(header_reader|dictionary|decode_\w+)/],
  "./mosaic": [/^dicom\/(header_reader|dictionary|decode_\w+)/],
  "./contrast": [/^dicom\/(header_reader|dictionary|decode_\w+)/],
  // Help and mistakes take no series.
  "./cli": [/^(dicom|index_cache|mosaic|series_index)\//],
};

for (const [name, file] of Object.entries(config.exports)) {
  Deno.test(`the export ${name} loads no more than it needs`, async () => {
    const { files, packages } = await readStaticImports(file);
    // The standard library comes from its stand-ins here, or from JSR.
    const rooms = [...new Set(files.map((each) => each.split("/", 1)[0]!))]
      .filter((room) => room !== "std").sort();
    const others = packages.filter((each) => !each.includes("/@std/"));
    assertEquals({ packages: others, rooms }, loads[name as keyof typeof loads]);
    const needless = [...neverLoaded, ...loadedLater[name] ?? []];
    assertEquals(files.filter((each) => needless.some((pattern) => pattern.test(each))), []);
  });
}

Deno.test("every export can be imported alone, and asks for nothing", async () => {
  const programs = Object.values(config.exports).map((file) => {
    const address = import.meta.resolve(`../${file}`);
    // Errors that no permission would have been asked for are errors, too: there is no prompt.
    return `import * as all from ${JSON.stringify(address)};
      console.log(Object.keys(all).length > 0 && Object.values(all).every((each) => each !== undefined));`;
  });
  const answers = await Promise.all(programs.map((program) => runProgram(program)));
  assertEquals(answers, programs.map(() => ["true"]));
});

Deno.test("what is loaded later is there to be loaded", async () => {
  const files = await listSourceFiles(fromFileUrl(new URL("..", import.meta.url)));
  for (const pattern of [...neverLoaded, ...Object.values(loadedLater).flat()]) {
    assert(files.some((file) => pattern.test(file)), `${pattern} names no file`);
  }
});

Deno.test("the core imports nothing of Node.js, and touches Deno only where files are", async () => {
  const { files } = await readStaticImports("mod.ts");
  assert(files.length > 100);
  for (const file of files) {
    const source = await Deno.readTextFile(new URL(`../${file}`, import.meta.url));
    const code = source.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
    assertEquals(/from "node:/.test(code), false, file);
    assertEquals(/\bDeno\.(?!permissions\b)\w/.test(code), false, `${file} uses Deno`);
  }
});
