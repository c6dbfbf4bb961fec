import { CacheError } from "../errors.ts";
import { loadOrGenerateIndex } from "../index_cache/load_or_generate_index.ts";
import type { IndexCache, LoadedIndex } from "../index_cache/mod.ts";
import { seriesName } from "../index_cache/series_name.ts";
import type { LocatedSeries } from "../retriever/located_series.ts";
import type { ManyReadsOptions } from "../retriever/many_reads_options.ts";
import type { IndexChanges } from "./index_changes.ts";
import { openCache, type OpenCacheOptions } from "./open_cache.ts";
import type { SeriesIndexOptions } from "./series_index_options.ts";
import { SeriesUpdate } from "./series_update.ts";

/** Options of {@linkcode loadIndex}. */
export interface LoadIndexOptions extends
  OpenCacheOptions,
  ManyReadsOptions,
  Pick<
    SeriesIndexOptions,
    "series" | "rebuild" | "check" | "limits" | "decodeLimits" | "onNotice"
  > {
  /** Addresses of instances that have changed, whose headers are read again. */
  readonly changed?: readonly string[] | undefined;
  /** The columns to read of a kept index; all by default. */
  readonly columns?: readonly string[] | undefined;
  /** Answer an index that was made before the cache has taken it; `saved` of the answer tells when. */
  readonly saveLater?: boolean | undefined;
}

/** An index, and what was found of its series. */
export interface LoadedSeries extends LoadedIndex {
  /** What has changed since the index was kept, as far as it was looked for; null when nothing. */
  readonly changes: IndexChanges | null;
}

/**
 * Loads the index of a series from the cache, and brings it up to date as the options ask; or makes
 * and keeps it. Without a cache it is made all the same, with a notice.
 *
 * @throws What `generateIndex` throws.
 */
export async function loadIndex(
  location: LocatedSeries,
  options: LoadIndexOptions,
): Promise<LoadedSeries> {
  const { columns, rebuild, saveLater, onNotice, signal } = options;
  const name = await indexName(location, options.series);
  const generateOptions = { ...options, seriesUID: name };
  const update = new SeriesUpdate(location, generateOptions);
  const loaded = await loadOrGenerateIndex(name, {
    cache: await openCacheIfAny(options),
    columns,
    rebuild,
    saveLater,
    update,
    onNotice,
    signal,
    async generate() {
      // What reads headers is loaded only where some are to be read.
      const { generateIndex } = await import("./generate_index.ts");
      return await generateIndex(location, generateOptions);
    },
  });
  // Who asked for all columns gets them as an Arrow table; drawing does without.
  if (columns === undefined) await loaded.table.loadTable();
  return { ...loaded, changes: update.changes };
}

/** The name that the index of a series is kept under; one chosen by its UID has a name of its own. */
export async function indexName(
  { cacheKey }: LocatedSeries,
  uid: string | undefined,
): Promise<string> {
  return await seriesName(uid ? `${cacheKey}#${uid}` : cacheKey);
}

async function openCacheIfAny(options: LoadIndexOptions): Promise<IndexCache | null> {
  try {
    return await openCache(options);
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    options.onNotice?.(`going on without a cache: ${error.message}`);
    return null;
  }
}
