import { NotFoundError, UsageError } from "../errors.ts";
import { listSeries } from "../retriever/list_series.ts";
import { type LocatedSeries, locateSeries } from "../retriever/locate_series.ts";
import type { SeriesIndexOptions } from "../series_index/series_index_options.ts";
import type { Invocation } from "./command.ts";
import { readSeriesList } from "./read_series_list.ts";
import { withoutSecrets } from "./without_secrets.ts";

/** A series that a call wants. */
export interface WantedSeries {
  /** What it is called before it is found; without secrets. */
  readonly name: string;
  /** Finds it. */
  readonly locate: () => Promise<LocatedSeries>;
}

/**
 * Lists the series that a call names: its operands, the lines of `--from`, and with `--all` those
 * under `--root`; none twice.
 *
 * @throws {UsageError} When none is named.
 * @throws {NotFoundError} When there is none under the root, or no file to read them from.
 */
export async function listWantedSeries(
  { operands, options, environment }: Invocation,
  request: SeriesIndexOptions,
): Promise<WantedSeries[]> {
  const from = options.text("from");
  const all = options.flag("all");
  if (operands.length === 0 && from === undefined && !all) {
    throw new UsageError(
      "name a SERIES, or a file of them with --from, or all with --root and --all",
    );
  }
  const root = options.text("root");
  if (all && root === undefined) {
    throw new UsageError("--all needs --root: the public archive has a million series");
  }
  const lines = from === undefined ? [] : await readSeriesList(from, environment);
  const wanted = [...new Set([...operands, ...lines])].map((series): WantedSeries => ({
    name: withoutSecrets(series),
    locate: () => locateSeries(series, request),
  }));
  if (root !== undefined && all) wanted.push(...await seriesUnder(root, request));
  if (wanted.length === 0) throw new UsageError(`no series is named in ${from}`);
  return wanted;
}

async function seriesUnder(root: string, request: SeriesIndexOptions): Promise<WantedSeries[]> {
  const wanted: WantedSeries[] = [];
  for await (const location of listSeries(root, request)) {
    wanted.push({ name: location.address, locate: () => Promise.resolve(location) });
  }
  if (wanted.length > 0) return wanted;
  const address = withoutSecrets(root);
  throw new NotFoundError(`no folder is in ${address}; check the root`, { address });
}
