import type { DecodeLimits } from "../dicom/decode_limits.ts";
import type { HeaderLimits } from "../dicom/header_limits.ts";
import { CacheError } from "../errors.ts";
import {
  type IndexCache,
  type LoadedIndex,
  loadOrGenerateIndex,
  seriesName,
} from "../index_cache/mod.ts";
import type { LocatedSeries } from "../retriever/located_series.ts";
import { generateIndex } from "./generate_index.ts";
import type { IndexChanges } from "./index_changes.ts";
import { openCache, type OpenCacheOptions } from "./open_cache.ts";
import { SeriesUpdate } from "./series_update.ts";

/** Options of {@linkcode loadIndex}. */
export interface LoadIndexOptions extends OpenCacheOptions {
  /** The Series Instance UID to take where a folder holds several series. */
  readonly series?: string | undefined;
  /** Make the index anew even if there is one. */
  readonly rebuild?: boolean | undefined;
  /** Look by one listing whether the series is still what its kept index tells. */
  readonly check?: boolean | undefined;
  /** Addresses of instances that have changed, whose headers are read again. */
  readonly changed?: readonly string[] | undefined;
  /** The columns to read of a kept index; all by default. */
  readonly columns?: readonly string[] | undefined;
  readonly limits?: Partial<HeaderLimits> | undefined;
  readonly decodeLimits?: Partial<DecodeLimits> | undefined;
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly onNotice?: ((line: string) => void) | undefined;
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
  const { columns, rebuild, onNotice, signal } = options;
  const name = await indexName(location, options.series);
  const generateOptions = { ...options, seriesUID: name };
  const update = new SeriesUpdate(location, generateOptions);
  const loaded = await loadOrGenerateIndex(name, {
    cache: await openCacheIfAny(options),
    columns,
    rebuild,
    update,
    onNotice,
    signal,
    generate: () => generateIndex(location, generateOptions),
  });
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
