import { type FailedRead, SeriesPreviewError, UsageError } from "../errors.ts";
import type { LocatedSeries } from "../retriever/locate_series.ts";
import type { Outcome } from "../retriever/outcome.ts";
import { defaultConcurrency, readInOrder } from "../retriever/read_in_order.ts";
import { createTransferStats } from "../retriever/transfer_stats.ts";
import { describeChanges } from "../series_index/index_changes.ts";
import type { SeriesIndexOptions } from "../series_index/series_index_options.ts";
import { buildOneIndex, type BuiltIndex } from "./build_one_index.ts";
import type { Invocation } from "./command.ts";
import { errorLine } from "./console.ts";
import { ExitStatus } from "./exit_status.ts";
import { indexOptions } from "./index_options.ts";
import { jsonText } from "./json_text.ts";
import { listWantedSeries, type WantedSeries } from "./list_wanted_series.ts";
import { type ReportProgress, withBar } from "./with_bar.ts";
import { checkFolder } from "./writable_file.ts";

/** Series whose indices are made at once. */
const seriesAtOnce = 4;

/** Runs `series-preview build-index SERIES…`. */
export async function runBuildIndex(invocation: Invocation): Promise<number> {
  const { command, options, environment, console } = invocation;
  const started = performance.now();
  const stats = createTransferStats();
  const request = indexOptions(invocation, stats);
  const folder = options.text("output");
  if (options.flag("no-cache") && folder === undefined) {
    throw new UsageError("--no-cache would keep no index anywhere; name a folder with --output");
  }
  if (folder !== undefined) await checkFolder(folder, "the indices");

  const wanted = await listWantedSeries(invocation, request);
  const label = wanted.length === 1 ? "headers" : `headers of ${wanted.length} series`;
  const outcomes: Outcome<BuiltIndex>[] = [];
  try {
    await withBar(console, label, async (onProgress) => {
      const build = (location: LocatedSeries, options: SeriesIndexOptions) =>
        buildOneIndex(location, options, folder, environment);
      for await (const each of buildAll(wanted, request, onProgress, build)) outcomes.push(each);
    });
  } catch (error) {
    if (environment.signal?.aborted && outcomes.length > 0) console.note(summarize(outcomes));
    throw error;
  }

  const failed = outcomes.flatMap(failuresOf);
  if (options.flag("json")) {
    const series = outcomes.map(({ url, value, error }) =>
      value ?? { series: url, error: errorLine(error) }
    );
    const milliseconds = { total: Math.round(performance.now() - started) };
    const text = jsonText({ command, series, failed, stats: { ...stats, milliseconds } });
    await environment.writeOut(new TextEncoder().encode(`${text}\n`));
  }
  const [first, ...others] = outcomes;
  if (others.length === 0 && first!.error !== undefined) throw first!.error;
  for (const { url, error } of failed) console.failed(url, error);
  if (others.length > 0) {
    for (const { value } of outcomes) if (value !== undefined) console.detail(describe(value));
  }
  console.note(summarize(outcomes));
  return statusOf(outcomes, failed);
}

/** Makes the indices of many series, an outcome each in their order; the reads are shared out. */
async function* buildAll(
  wanted: readonly WantedSeries[],
  request: SeriesIndexOptions,
  onProgress: ReportProgress,
  build: (location: LocatedSeries, options: SeriesIndexOptions) => Promise<BuiltIndex>,
): AsyncGenerator<Outcome<BuiltIndex>> {
  const reads = request.concurrency ?? defaultConcurrency;
  const atOnce = Math.min(seriesAtOnce, wanted.length, reads);
  const concurrency = Math.floor(reads / atOnce);
  const progress = new Map<WantedSeries, readonly [done: number, total: number]>();
  const buildOne = async (series: WantedSeries, signal: AbortSignal) => {
    const location = await series.locate();
    return await build(location, {
      ...request,
      concurrency,
      signal,
      onProgress: (...counts) => {
        progress.set(series, counts);
        const all = [...progress.values()];
        onProgress(sum(all.map(([done]) => done)), sum(all.map(([, total]) => total)));
      },
    });
  };
  const options = { concurrency: atOnce, signal: request.signal };
  yield* readInOrder(wanted, ({ name }) => name, buildOne, options);
}

function failuresOf({ url, value, error }: Outcome<BuiltIndex>): readonly FailedRead[] {
  if (value !== undefined) return value.failed;
  const own = error instanceof SeriesPreviewError ? error.failed : [];
  return [{ url, error: withoutUrl(errorLine(error), url) }, ...own];
}

/** An error that names its series once is enough. */
function withoutUrl(line: string, url: string): string {
  return line.startsWith(`${url}: `)
    ? line.slice(url.length + 2)
    : line.replace(` in ${url}:`, ":");
}

function describe(built: BuiltIndex): string {
  const { series, changes, instances, slices, output } = built;
  const result = resultOf(built) + (changes === null ? "" : ` (${describeChanges(changes)})`);
  const where = output === undefined ? "" : `, in ${output}`;
  return `${series}: ${result}, ${count(instances, "instance")}, ${count(slices, "slice")}${where}`;
}

function summarize(outcomes: readonly Outcome<BuiltIndex>[]): string {
  const built = outcomes.flatMap(({ value }) => value ?? []);
  if (outcomes.length === 1) return `index of ${describe(built[0]!)}`;
  const counts = [
    ...results.map((result) =>
      [built.filter((each) => resultOf(each) === result).length, result] as const
    ),
    [outcomes.length - built.length, "failed"] as const,
  ];
  const parts = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  return `indices of ${outcomes.length} series: ${parts.join(", ")}`;
}

/** What can have been done, in the order of the summary. */
const results = ["made", "brought up to date", "there already"] as const;

function resultOf({ cache, changes }: BuiltIndex): typeof results[number] {
  if (changes !== null) return "brought up to date";
  return cache === "hit" ? "there already" : "made";
}

function statusOf(
  outcomes: readonly Outcome<BuiltIndex>[],
  failed: readonly FailedRead[],
): number {
  if (failed.length === 0) return ExitStatus.done;
  if (outcomes.some(({ value }) => value !== undefined)) return ExitStatus.partial;
  return outcomes.every(({ error }) => error instanceof UsageError)
    ? ExitStatus.usage
    : ExitStatus.refused;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
