import { UsageError } from "../errors.ts";
import type { SeriesIndex } from "../series_index/series_index.ts";
import type { Invocation } from "./command.ts";
import { encodeParts } from "./encode_parts.ts";
import { jsonText } from "./json_text.ts";
import { parseTableOutput, type TableFormat } from "./parse_table_output.ts";
import { SeriesRun } from "./series_run.ts";
import { splitConstant } from "./split_constant.ts";
import { openWritableFile, type OutputData } from "./writable_file.ts";

/** Runs `series-preview headers SERIES [OUT]`. */
export async function runHeaders(invocation: Invocation): Promise<number> {
  const { options, operands, environment } = invocation;
  const { path, format } = parseTableOutput(operands[1] ?? "-", options.text("format"));
  const isSplit = options.flag("split-constant");
  if (isSplit && format !== "json") {
    throw new UsageError(`--split-constant writes json, not ${format}; leave one of them out`);
  }
  const output = await openWritableFile(path, environment);
  if (format === "parquet" && output.isStdout && environment.isOutTerminal?.()) {
    throw new UsageError("parquet is not for a terminal; name a file, or choose --format json");
  }

  const run = new SeriesRun(invocation, output.isStdout, "the headers");
  return await run.read(path, { imagingOnly: false }, async (index) => {
    await run.time("write", async () => output.write(await encode(index, format, isSplit)));
    return { format, instances: index.instanceCount, failed: [] };
  });
}

async function encode(
  index: SeriesIndex,
  format: TableFormat,
  isSplit: boolean,
): Promise<OutputData> {
  switch (format) {
    case "parquet":
      return await index.toParquet();
    case "jsonl":
      return encodeParts(jsonLines(index));
    case "json":
      return encodeParts(isSplit ? splitJson(index) : jsonRows(index.rows()));
  }
}

function* jsonLines(index: SeriesIndex): Generator<string> {
  for (const row of index.rows()) yield `${jsonText(row)}\n`;
}

/** An array with a row a line, made as it is written. */
function* jsonRows(rows: Iterable<unknown>): Generator<string> {
  let before = "[\n";
  for (const row of rows) {
    yield `${before}${jsonText(row)}`;
    before = ",\n";
  }
  yield "\n]\n";
}

function* splitJson(index: SeriesIndex): Generator<string> {
  const { constant, varying } = splitConstant(index);
  const [shared = {}] = index.rows(constant);
  yield `{"constant":${jsonText(shared)},\n"per_instance":`;
  yield* jsonRows(index.rows(varying));
  yield "}\n";
}
