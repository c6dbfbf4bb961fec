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

/** Options of the commands that draw. */
const imagingOptions: readonly CliOption[] = [
  { name: "series", type: "text", value: "UID", help: "which one, where a folder holds several" },
  { name: "stack", type: "text", value: "N|all", help: "one stack of the series, from 0 (all)" },
  {
    name: "contrast",
    short: "c",
    type: "text",
    value: "WHICH",
    help: "preset, WIDTH/LEVEL, auto or embedded (embedded)",
  },
  { name: "rebuild", type: "flag", help: "read the series anew, whatever index is kept" },
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
];
