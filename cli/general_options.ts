import type { CliOption } from "./option.ts";

/** Options of every command. */
export const generalOptions: readonly CliOption[] = [
  {
    name: "root",
    type: "text",
    value: "ADDRESS",
    help: "where UUIDs are looked for (s3://idc-open-data)",
  },
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
