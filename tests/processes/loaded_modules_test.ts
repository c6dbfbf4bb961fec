import { assertEquals, assertLessOrEqual } from "@std/assert";
import { loadedModules } from "../support/loaded_modules.ts";
import { sampleSeries } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";

/** Parts of the project that are loaded where they are used, by the file that stands for each. */
const parts: Readonly<Record<string, string>> = {
  index: "index_cache/read_index.ts",
  series: "series_index/series_index.ts",
  "header reader": "dicom/header_reader.ts",
  dictionary: "dicom/dictionary.ts",
  "native pixels": "dicom/codecs/native.ts",
  "demo torso": "retriever/demo_store.ts",
  video: "mosaic/video/encode_video.ts",
};

/** What a call may load. */
interface Load {
  readonly packages: readonly string[];
  readonly parts: readonly string[];
  /** Whether it takes what Deno has for Node.js: its packages ask whether they run there. */
  readonly node: boolean;
  /** How many files of the project it may be at most, so that a start does not grow unseen. */
  readonly most: number;
}

const arrow = ["apache-arrow", "flatbuffers", "parquet-wasm", "tslib"];
const hash = "@noble/hashes";
const writer = ["hyparquet", "hyparquet-writer"];
const webp = "@jsquash/webp";
const cache = ["--cache-dir", "cache"];
const pixels = ["index", "native pixels", "series"];
const headers = ["dictionary", "header reader"];
const answer: Load = { packages: [], parts: [], node: false, most: 15 };
const words: Load = { ...answer, most: 50 };

const calls: readonly (readonly [call: string, load: Load])[] = [
  ["--help", answer],
  ["--version", answer],
  ["mosaic --help", words],
  ["completions bash", words],
  ["mosaic in cold.webp -w 60", {
    packages: [hash, ...writer, "pako", webp],
    parts: [...pixels, ...headers],
    node: true,
    most: 395,
  }],
  ["mosaic in warm.webp -w 60", {
    packages: ["hyparquet", webp],
    parts: pixels,
    node: false,
    most: 315,
  }],
  ["mosaic demo:ct none.webp -n 1 -w 60 --no-cache", {
    packages: [hash, "pako", webp],
    parts: [...pixels, ...headers, "demo torso"],
    node: false,
    most: 450,
  }],
  ["image in out.png", {
    packages: ["hyparquet", "imagescript"],
    parts: pixels,
    node: true,
    most: 315,
  }],
  ["contrast-mosaic in out.jpg", {
    packages: ["@jsquash/jpeg", "hyparquet"],
    parts: pixels,
    node: false,
    most: 315,
  }],
  ["video in out.mp4 -n 2", {
    packages: ["h264-mp4-encoder", "hyparquet", "mediabunny"],
    parts: [...pixels, "video"],
    node: true,
    most: 370,
  }],
  ["header in", {
    packages: [hash, "hyparquet", "pako"],
    parts: ["index", "series", ...headers],
    node: false,
    most: 390,
  }],
  ["headers in", { packages: arrow, parts: ["index", "series"], node: true, most: 350 }],
  ["list in", { packages: arrow, parts: ["index", "series"], node: true, most: 350 }],
  ["list .", { packages: [], parts: ["index", "series"], node: false, most: 350 }],
  ["list", { packages: ["hyparquet"], parts: ["index", "series"], node: false, most: 340 }],
  ["build-index in", { packages: ["hyparquet"], parts: ["index"], node: false, most: 290 }],
  ["build-index in --rebuild", {
    packages: [hash, ...writer, "pako"],
    parts: ["index", ...headers],
    node: true,
    most: 340,
  }],
  ["clear-index in", { packages: ["hyparquet"], parts: ["index"], node: false, most: 210 }],
];

Deno.test("every command loads what it uses, and nothing else", async () => {
  await using folder = await temporaryFolder();
  await folder.write("in", sampleSeries(3));
  for (const [call, expected] of calls) {
    const own = call.startsWith("--") || call.includes("--no-cache") ? [] : cache;
    const { files, packages, node } = await loadedModules(
      [...call.split(" "), ...own],
      folder.path,
    );
    const used = Object.keys(parts).filter((part) => files.includes(parts[part]!));
    assertEquals(packages, expected.packages.toSorted(), `${call}: packages`);
    assertEquals(used.sort(), expected.parts.toSorted(), `${call}: parts`);
    assertEquals(node, expected.node, `${call}: Node.js`);
    assertLessOrEqual(files.length, expected.most, `${call}: files`);
  }
});
