import { NotFoundError, UsageError } from "../errors.ts";
import type { IndexCache } from "../index_cache/mod.ts";
import { locatedSeries } from "../retriever/located_series.ts";
import { type LocatedSeries, locateSeries } from "../retriever/locate_series.ts";
import { parseSeriesSpec } from "../retriever/parse_series_spec.ts";
import { createTransferStats } from "../retriever/transfer_stats.ts";
import { clearIndex } from "../series_index/clear_index.ts";
import type { SeriesIndexOptions } from "../series_index/series_index_options.ts";
import type { Invocation } from "./command.ts";
import { type Console, errorLine } from "./console.ts";
import { ExitStatus } from "./exit_status.ts";
import { indexOptions } from "./index_options.ts";
import { jsonText } from "./json_text.ts";
import { requireCache } from "./require_cache.ts";
import { withoutSecrets } from "./without_secrets.ts";

/** What became of one series to clear. */
interface Cleared {
  readonly series: string;
  /** Names of the indices that were removed. */
  readonly removed: readonly string[];
  readonly error?: string;
}

/** Runs `series-preview clear-index [SERIES…]`. */
export async function runClearIndex(invocation: Invocation): Promise<number> {
  const { command, operands, options, environment, console } = invocation;
  const all = options.flag("all");
  if (all === operands.length > 0) {
    throw new UsageError(
      all ? "--all and SERIES say two things; leave one of them out" : "name a SERIES, or --all",
    );
  }
  // Nothing is removed before all words are right.
  for (const operand of operands) parseSeriesSpec(operand);
  const { cache, folder } = await requireCache(invocation);
  const request = indexOptions(invocation, createTransferStats());
  const series: Cleared[] = [];
  for (const operand of operands) {
    const cleared = await clear(operand, cache, request);
    report(cleared, console);
    series.push(cleared);
  }
  const removed = all ? await clearAll(cache) : series.flatMap(({ removed }) => removed);
  if (all) {
    console.note(
      removed.length === 0
        ? `no index is kept in ${folder}`
        : `removed ${count(removed.length)} from ${folder}`,
    );
  }

  const failed = series.flatMap(({ series: url, error }) => error ? [{ url, error }] : []);
  if (options.flag("json")) {
    const text = jsonText({ command, cache: folder, removed, ...(all ? {} : { series }), failed });
    await environment.writeOut(new TextEncoder().encode(`${text}\n`));
  }
  if (failed.length === 0) return ExitStatus.done;
  return failed.length < series.length ? ExitStatus.partial : ExitStatus.refused;
}

async function clearAll(cache: IndexCache): Promise<string[]> {
  const removed: string[] = [];
  for (const name of await cache.list()) if (await cache.delete(name)) removed.push(name);
  return removed;
}

async function clear(
  operand: string,
  cache: IndexCache,
  options: SeriesIndexOptions,
): Promise<Cleared> {
  const series = withoutSecrets(operand);
  try {
    const named = await namesMeant(operand, cache);
    if (named === null) {
      const location = await locate(operand, options);
      const removed = await clearIndex(cache, location, { series: options.series });
      return { series: location.address, removed };
    }
    const removed: string[] = [];
    for (const name of named) if (await cache.delete(name)) removed.push(name);
    return { series, removed };
  } catch (error) {
    return { series, removed: [], error: errorLine(error) };
  }
}

/** The names of kept indices that the words are, or that start so; null for a place of a series. */
async function namesMeant(operand: string, cache: IndexCache): Promise<string[] | null> {
  const parsed = parseSeriesSpec(operand);
  const names = await cache.list();
  if (parsed.kind === "path" && names.includes(operand)) return [operand];
  if (parsed.kind !== "prefix" || parsed.root !== null) return null;
  return names.filter((name) => parsed.prefixes.some((prefix) => name.startsWith(prefix)));
}

/** Finds a series; a local folder may be gone, and its index kept all the same. */
async function locate(operand: string, options: SeriesIndexOptions): Promise<LocatedSeries> {
  try {
    return await locateSeries(operand, options);
  } catch (error) {
    const parsed = parseSeriesSpec(operand);
    const isLocal = parsed.kind === "path" ||
      (parsed.kind === "address" && parsed.address.startsWith("file:"));
    if (!isLocal || !(error instanceof NotFoundError)) throw error;
    const { LocalStore } = await import("../retriever/local_store.ts");
    return locatedSeries(new LocalStore(operand), "");
  }
}

function report({ series, removed, error }: Cleared, console: Console): void {
  if (error !== undefined) console.failed(series, error);
  else if (removed.length === 0) console.note(`no index is kept of ${series}`);
  else console.note(`removed ${removed.join(", ")}, of ${series}`);
}

function count(indices: number): string {
  return indices === 1 ? "1 index" : `${indices} indices`;
}
