import { UsageError } from "../errors.ts";
import { didYouMean } from "./did_you_mean.ts";
import { type TableFormat, tableFormats } from "./table_formats.ts";

/** Where a table is written, and how. */
export interface TableOutput {
  readonly path: string;
  readonly format: TableFormat;
}

const formats: Readonly<Record<string, TableFormat>> = {
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  parquet: "parquet",
};
const choices = tableFormats.join(", ").replace(/, (?=\w+$)/, " or ");

/**
 * Reads where a table is to be written: a path whose suffix tells the format, `format:path`, or `-`
 * for standard output, in JSON unless told otherwise.
 *
 * @param option The value of `--format`, which goes before the suffix.
 * @throws {UsageError} When no format is told, or two.
 */
export function parseTableOutput(operand: string, option: string | undefined): TableOutput {
  const chosen = option === undefined ? undefined : formats[option.toLowerCase()];
  if (option !== undefined && chosen === undefined) {
    throw new UsageError(
      `--format takes ${choices}, not '${option}'${didYouMean(option, tableFormats)}`,
    );
  }
  // A single letter is a drive of Windows, and what goes on by slashes an address.
  const word = /^([a-z][a-z0-9]+):(?!\/\/)/i.exec(operand)?.[1];
  if (word === undefined) return { path: operand, format: chosen ?? formatOf(operand) };
  const named = formats[word.toLowerCase()];
  if (named === undefined) {
    throw new UsageError(
      `'${word}:' is no format of headers: write ${choices}, or ./${operand} for a file of that name`,
    );
  }
  if (chosen !== undefined && chosen !== named) {
    throw new UsageError(`'${operand}' and --format ${option} are two formats; give one of them`);
  }
  const path = operand.slice(word.length + 1);
  if (path === "") throw new UsageError(`'${operand}' names no file; write ${operand}FILE`);
  return { path, format: named };
}

function formatOf(path: string): TableFormat {
  if (path === "-") return "json";
  const suffix = /\.([^./\\]+)$/.exec(path)?.[1];
  const format = formats[suffix?.toLowerCase() ?? ""];
  if (format !== undefined) return format;
  throw new UsageError(
    `"${path}" ${suffix === undefined ? "has no suffix" : `ends in ".${suffix}"`}: ` +
      `headers are .json, .jsonl, .ndjson or .parquet; or choose with --format ${choices}`,
  );
}
