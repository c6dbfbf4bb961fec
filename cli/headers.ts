import { UsageError } from "../errors.ts";
import { fromMetadataPairs } from "../index_cache/metadata_pairs.ts";
import type { SeriesIndex } from "../series_index/series_index.ts";
import type { Invocation } from "./command.ts";
import { encodeParts } from "./encode_parts.ts";
import { jsonText } from "./json_text.ts";
import { parseTableOutput } from "./parse_table_output.ts";
import { SeriesRun } from "./series_run.ts";
import type { TableFormat } from "./table_formats.ts";
import { splitConstant } from "./split_constant.ts";
import { openWritableFile, type OutputData } from "./writable_file.ts";

/** Columns that are named at most. */
const maxListed = 4;

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
    const { untyped } = fromMetadataPairs(index.table.schema.metadata);
    const beside = Object.keys(untyped);
    if (beside.length > 0) {
      run.note(`values that their column cannot hold are in ${listed(beside)}`);
    }
    return { format, instances: index.instanceCount, untyped, failed: [] };
  });
}

/** Names some columns; more are only counted. */
function listed(names: readonly string[]): string {
  const more = names.length - maxListed;
  return names.slice(0, maxListed).join(", ") + (more > 0 ? `, and ${more} more` : "");
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
