import type { TransferStats } from "../retriever/transfer_stats.ts";
import type { SeriesIndexOptions } from "../series_index/series_index_options.ts";
import type { Invocation } from "./command.ts";

/** What the general options of a call say of how series are found, read and kept. */
export function indexOptions(
  { options, environment, console }: Invocation,
  stats: TransferStats,
): SeriesIndexOptions {
  const timeout = options.number("timeout");
  return {
    root: options.text("root"),
    series: options.text("series"),
    cache: options.flag("no-cache") ? false : undefined,
    cacheDir: options.text("cache-dir"),
    concurrency: options.number("concurrency"),
    timeout: timeout === undefined ? undefined : timeout * 1000,
    rebuild: options.flag("rebuild"),
    check: options.flag("check"),
    signal: environment.signal,
    env: environment.env,
    fetch: environment.fetch,
    stats,
    onNotice: (line) => console.warn(line),
  };
}
