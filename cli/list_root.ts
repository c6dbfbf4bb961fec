import { CacheError } from "../errors.ts";
import { listSeries } from "../retriever/list_series.ts";
import type { LocatedSeries } from "../retriever/locate_series.ts";
import { parseSeriesSpec } from "../retriever/parse_series_spec.ts";
import { createTransferStats } from "../retriever/transfer_stats.ts";
import { indexName } from "../series_index/load_index.ts";
import { openCache } from "../series_index/open_cache.ts";
import type { SeriesIndexOptions } from "../series_index/series_index_options.ts";
import type { Invocation } from "./command.ts";
import type { Console } from "./console.ts";
import { ExitStatus } from "./exit_status.ts";
import { indexOptions } from "./index_options.ts";
import { jsonText } from "./json_text.ts";
import { TableWriter } from "./table_writer.ts";
import { withoutSecrets } from "./without_secrets.ts";

const columns = [{ title: "series", isElastic: true }, { title: "index", isElastic: true }];

/**
 * Lists the series under a root, as they come; null where the words name a series: a folder without
 * folders in it, or the one folder that starts so.
 */
export async function listRoot(invocation: Invocation): Promise<number | null> {
  const { command, operands, options, environment, console } = invocation;
  const operand = operands[0]!;
  const { kind } = parseSeriesSpec(operand);
  if (kind === "uuid" || options.text("series") !== undefined) return null;
  const stats = createTransferStats();
  const request = indexOptions(invocation, stats);

  const found = listSeries(operand, request);
  const first: LocatedSeries[] = [];
  while (first.length < (kind === "prefix" ? 2 : 1)) {
    const { value, done } = await found.next();
    if (done) return null;
    first.push(value);
  }
  const kept = await keptNames(request, console);
  const table = options.flag("json") ? null : new TableWriter(columns, environment);
  const series: { readonly series: string; readonly index: string | null }[] = [];
  for await (const location of chain(first, found)) {
    const name = await indexName(location, undefined);
    const index = kept.has(name) ? name : null;
    if (table === null) series.push({ series: location.address, index });
    else if (!await table.add([location.address, index])) break;
  }
  await table?.end(console);
  if (table === null) {
    const text = jsonText({ command, root: withoutSecrets(operand), series, stats });
    await environment.writeOut(new TextEncoder().encode(`${text}\n`));
  }
  return ExitStatus.done;
}

async function* chain<T>(first: Iterable<T>, rest: AsyncIterable<T>): AsyncGenerator<T> {
  yield* first;
  yield* rest;
}

/** The names of all indices that are kept; none where the cache cannot be read. */
async function keptNames(options: SeriesIndexOptions, console: Console): Promise<Set<string>> {
  try {
    const cache = await openCache(options);
    return new Set(await cache?.list());
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    console.warn(`which indices are kept cannot be told: ${error.message}`);
    return new Set();
  }
}
