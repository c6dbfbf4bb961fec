import { contrastPresets } from "../contrast/contrast_presets.ts";
import type { Command } from "./command.ts";
import type { CliOption } from "./option.ts";
import { tableFormats } from "./table_formats.ts";

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
  choices: ["all"],
  help: "one stack of the series, from 0 (all)",
};

const rebuildOption: CliOption = {
  name: "rebuild",
  type: "flag",
  help: "read the series anew, whatever index is kept",
};

/** Options that say how far a kept index is trusted. */
const trustOptions: readonly CliOption[] = [
  { name: "check", type: "flag", help: "list the series, read what is new or has changed" },
  rebuildOption,
];

/** Options that choose one slice. */
const sliceOptions: readonly CliOption[] = [
  { name: "position", short: "p", type: "number", value: "0-1", help: "from first to last (0.5)" },
  { name: "location", type: "number", value: "MM", help: "the slice nearest to it, instead" },
  { name: "slice-offset", type: "integer", value: "N", help: "so many slices on, or back" },
];

/** Options that choose slices which are spread evenly. */
const rangeOptions: readonly CliOption[] = [
  { name: "start", short: "s", type: "number", value: "0-1", help: "first position (0)" },
  { name: "end", short: "e", type: "number", value: "0-1", help: "last position (1)" },
];

/** Sides of the whole picture. */
const sizeOptions: readonly CliOption[] = [
  {
    name: "width",
    short: "w",
    type: "integer",
    value: "PIXELS",
    help: "of the whole picture (768)",
  },
  {
    name: "height",
    short: "h",
    type: "integer",
    value: "PIXELS",
    help: "of the whole picture (as fits)",
  },
];

const contrastOption: CliOption = {
  name: "contrast",
  short: "c",
  type: "text",
  value: "WHICH",
  choices: [...contrastPresets.map(({ name, aliases }) => aliases[0] ?? name), "auto", "embedded"],
  help: "preset, WIDTH/LEVEL, auto or embedded (embedded)",
};

/** Options that say what of a series is shown, and how. */
const viewOptions: readonly CliOption[] = [
  seriesOption,
  stackOption,
  { name: "window", type: "integer", value: "N", help: "one of the file's own views, from 0 (0)" },
  ...trustOptions,
];

/** Options of the commands that draw a picture. */
const imagingOptions: readonly CliOption[] = [
  ...viewOptions,
  { name: "quality", short: "q", type: "integer", value: "0-100", help: "of WebP and JPEG (60)" },
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
      ...sizeOptions,
      { name: "shrink-to-fit", type: "flag", help: "cut off what would stay black" },
      ...rangeOptions,
      contrastOption,
      { name: "labels", type: "flag", help: "number and position of each slice on its tile" },
      ...imagingOptions,
    ],
    examples: [
      "series-preview mosaic demo:ct mosaic.webp",
      "series-preview mosaic ./ct-chest lungs.png -c lung -n 16 -s 0.2 -e 0.8",
    ],
  },
  {
    name: "image",
    summary: "Draw one slice of a series",
    operands: ["SERIES", "OUTPUT"],
    options: [
      ...sliceOptions,
      {
        name: "width",
        short: "w",
        type: "integer",
        value: "PIXELS",
        help: "of the picture (the slice's own)",
      },
      {
        name: "height",
        short: "h",
        type: "integer",
        value: "PIXELS",
        help: "of the whole picture (as fits)",
      },
      contrastOption,
      ...imagingOptions,
    ],
    examples: [
      "series-preview image demo:ct slice.png -p 0.3 -c lung",
      "series-preview image ./ct-chest slice.webp --location -120.5 -w 256",
    ],
  },
  {
    name: "contrast-mosaic",
    summary: "Draw slices by several contrasts beside each other",
    operands: ["SERIES", "OUTPUT"],
    options: [
      {
        ...contrastOption,
        help: "a column; may be repeated (embedded, and some that fit)",
      },
      ...sliceOptions,
      { name: "samples", short: "n", type: "integer", value: "N", help: "rows, a slice each (1)" },
      ...rangeOptions,
      ...sizeOptions,
      { name: "no-labels", type: "flag", help: "no contrast, number and position on tiles" },
      ...imagingOptions,
    ],
    examples: [
      "series-preview contrast-mosaic demo:ct contrasts.webp",
      "series-preview contrast-mosaic ./ct-chest out.png -c lung -c 400/40 -n 4",
    ],
  },
  {
    name: "video",
    summary: "Show the slices of a series one after another, as MP4",
    operands: ["SERIES", "OUTPUT"],
    options: [
      { name: "fps", type: "number", value: "N", help: "frames a second (24)" },
      { name: "samples", short: "n", type: "integer", value: "N", help: "frames at most (120)" },
      ...rangeOptions,
      {
        name: "width",
        short: "w",
        type: "integer",
        value: "PIXELS",
        help: "of the video (the slices' own)",
      },
      contrastOption,
      ...viewOptions,
      { name: "quality", short: "q", type: "integer", value: "0-100", help: "best is 100 (60)" },
    ],
    examples: [
      "series-preview video demo:ct torso.mp4",
      "series-preview video ./ct-chest lungs.mp4 --fps 12 -n 60 -c lung -w 256",
    ],
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
      ...trustOptions,
    ],
    examples: [
      "series-preview header demo:ct -t Modality -t 'Pixel*'",
      "series-preview header ./ct-chest --location -120.5 -o header.json",
    ],
  },
  {
    name: "headers",
    summary: "Write all instances' headers as JSON, JSON lines or Parquet",
    operands: ["SERIES", "[OUTPUT]"],
    options: [
      {
        name: "format",
        type: "text",
        value: "WHICH",
        choices: tableFormats,
        help: "json, jsonl or parquet (by suffix)",
      },
      { name: "split-constant", type: "flag", help: "json: what all instances share apart" },
      seriesOption,
      ...trustOptions,
    ],
    examples: [
      "series-preview headers demo:ct headers.parquet",
      "series-preview headers ./ct-chest --split-constant | jq .constant.Modality",
    ],
  },
  {
    name: "list",
    summary: "List series under a root, instances of a series, or indices",
    operands: ["[ROOT|SERIES]"],
    options: [seriesOption, ...trustOptions],
    examples: [
      "series-preview list demo:ct",
      "series-preview list ./patients | series-preview build-index --from -",
    ],
  },
  {
    name: "build-index",
    summary: "Make and keep indices, so that pictures come at once",
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
  },
  {
    name: "completions",
    summary: "Print what makes a shell complete all this",
    operands: ["SHELL"],
    options: [],
    examples: [
      "source <(series-preview completions bash)",
      "series-preview completions fish | source",
    ],
  },
];
