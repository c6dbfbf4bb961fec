import type { Command } from "./command.ts";
import type { CliOption } from "./option.ts";

/** Options of every command. */
export const generalOptions: readonly CliOption[] = [
  { name: "root", type: "text", value: "ADDRESS", help: "where UUIDs are (s3://idc-open-data)" },
  { name: "cache-dir", type: "text", value: "FOLDER", help: "where indices are kept" },
  { name: "no-cache", type: "flag", help: "keep and use no index" },
  { name: "concurrency", type: "integer", value: "N", help: "reads under way at once (32)" },
  { name: "timeout", type: "number", value: "SECONDS", help: "deadline of one read (60)" },
  { name: "json", type: "flag", help: "print one JSON object on stdout when done" },
  { name: "quiet", type: "flag", help: "no notes and no progress on stderr" },
  { name: "verbose", short: "v", type: "flag", help: "the causes of errors, and timings" },
  { name: "help", type: "flag", help: "show this help" },
  { name: "version", type: "flag", help: "show the version" },
];

const seriesOption: CliOption = {
  name: "series",
  type: "text",
  value: "UID",
  help: "which one, where a folder holds several",
};

const stackOption: CliOption = {
  name: "stack",
  type: "text",
  value: "N|all",
  help: "one stack of the series, from 0 (all)",
};

const rebuildOption: CliOption = {
  name: "rebuild",
  type: "flag",
  help: "read the series anew, whatever index is kept",
};

/** Options that choose one slice. */
const sliceOptions: readonly CliOption[] = [
  { name: "position", short: "p", type: "number", value: "0-1", help: "first to last (0.5)" },
  { name: "location", type: "number", value: "MM", help: "the slice nearest to it, instead" },
  { name: "slice-offset", type: "integer", value: "N", help: "so many slices on, or back" },
];

/** Options of the commands that draw. */
const imagingOptions: readonly CliOption[] = [
  seriesOption,
  stackOption,
  {
    name: "contrast",
    short: "c",
    type: "text",
    value: "WHICH",
    help: "preset, WIDTH/LEVEL, auto or embedded (embedded)",
  },
  { name: "window", type: "integer", value: "N", help: "one of the file's own views, from 0 (0)" },
  rebuildOption,
  { name: "quality", short: "q", type: "integer", value: "0-100", help: "WebP, JPEG (60)" },
];

/** The commands there are. */
export const commands: readonly Command[] = [
  {
    name: "mosaic",
    summary: "Draw slices spread over a series as one picture",
    operands: ["SERIES", "OUTPUT"],
    options: [
      { name: "samples", short: "n", type: "integer", value: "N", help: "how many slices (9)" },
      { name: "columns", type: "integer", value: "N", help: "tiles across (√n, rounded up)" },
      { name: "rows", type: "integer", value: "N", help: "tiles down (as many as it takes)" },
      { name: "width", short: "w", type: "integer", value: "PIXELS", help: "in all (768)" },
      { name: "height", short: "h", type: "integer", value: "PIXELS", help: "in all (follows)" },
      { name: "shrink-to-fit", type: "flag", help: "cut off what would stay black" },
      { name: "start", short: "s", type: "number", value: "0-1", help: "first position (0)" },
      { name: "end", short: "e", type: "number", value: "0-1", help: "last position (1)" },
      ...imagingOptions,
    ],
    examples: [
      "series-preview mosaic demo:ct mosaic.webp",
      "series-preview mosaic ./ct-chest lungs.png -c lung -n 16 -s 0.2 -e 0.8",
    ],
    load: async () => (await import("./mosaic.ts")).runMosaic,
  },
  {
    name: "header",
    summary: "Print the header of one instance as JSON",
    operands: ["SERIES"],
    options: [
      ...sliceOptions,
      {
        name: "tag",
        short: "t",
        type: "text",
        value: "WHICH",
        help: "keyword, 'Patient*' or 0028,0010; may be repeated",
      },
      { name: "indent", type: "integer", value: "N", help: "spaces a level, 0 for one line (2)" },
      { name: "output", short: "o", type: "text", value: "FILE", help: "instead of stdout" },
      seriesOption,
      stackOption,
      rebuildOption,
    ],
    examples: [
      "series-preview header demo:ct -t Modality -t 'Pixel*'",
      "series-preview header ./ct-chest --location -120.5 -o header.json",
    ],
    load: async () => (await import("./header.ts")).runHeader,
  },
  {
    name: "headers",
    summary: "Write the headers of all instances as JSON, JSON lines or Parquet",
    operands: ["SERIES", "[OUTPUT]"],
    options: [
      { name: "format", type: "text", value: "WHICH", help: "json, jsonl or parquet (by suffix)" },
      { name: "split-constant", type: "flag", help: "json: what all instances share apart" },
      seriesOption,
      rebuildOption,
    ],
    examples: [
      "series-preview headers demo:ct headers.parquet",
      "series-preview headers ./ct-chest --split-constant | jq .constant.Modality",
    ],
    load: async () => (await import("./headers.ts")).runHeaders,
  },
  {
    name: "list",
    summary: "List series under a root, a series' instances, or kept indices",
    operands: ["[ROOT|SERIES]"],
    options: [seriesOption, rebuildOption],
    examples: [
      "series-preview list demo:ct",
      "series-preview list ./patients | series-preview build-index --from -",
    ],
    load: async () => (await import("./list.ts")).runList,
  },
  {
    name: "build-index",
    summary: "Make and keep indices of series, so that pictures come at once",
    operands: ["[SERIES…]"],
    options: [
      { name: "from", type: "text", value: "FILE", help: "more series, one a line; - for stdin" },
      { name: "all", type: "flag", help: "all series under --root" },
      { name: "output", short: "o", type: "text", value: "FOLDER", help: "write them there, too" },
      seriesOption,
      rebuildOption,
    ],
    examples: [
      "series-preview build-index demo:ct ./ct-chest",
      "series-preview build-index --all --root ./patients -o ./indices",
    ],
    load: async () => (await import("./build_index.ts")).runBuildIndex,
  },
  {
    name: "clear-index",
    summary: "Remove kept indices",
    operands: ["[SERIES…]"],
    options: [
      { name: "all", type: "flag", help: "all that are kept" },
      { ...seriesOption, help: "that series alone, where a folder holds several" },
    ],
    examples: [
      "series-preview clear-index ./ct-chest",
      "series-preview clear-index --all",
    ],
    load: async () => (await import("./clear_index.ts")).runClearIndex,
  },
];
