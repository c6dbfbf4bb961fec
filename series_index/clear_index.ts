import { InvalidIndexError } from "../errors.ts";
import type { IndexCache } from "../index_cache/mod.ts";
import { readIndex } from "../index_cache/read_index.ts";
import type { LocatedSeries } from "../retriever/located_series.ts";
import { indexName } from "./load_index.ts";

/** Options of {@linkcode clearIndex}. */
export interface ClearIndexOptions {
  /** Clears the index of that Series Instance UID alone, where a folder holds several series. */
  readonly series?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Removes what a cache keeps of a folder: its index, and those of the series that were chosen in it
 * by their UIDs.
 *
 * @returns The names of the indices that were removed.
 * @throws {CacheError} When the cache cannot be read or written.
 */
export async function clearIndex(
  cache: IndexCache,
  location: LocatedSeries,
  options: ClearIndexOptions = {},
): Promise<string[]> {
  const { series, signal } = options;
  const names = [await indexName(location, series)];
  if (series === undefined) names.push(...await namesByUid(cache, location, signal));
  const removed: string[] = [];
  for (const name of names) if (await cache.delete(name, { signal })) removed.push(name);
  return removed;
}

/** The names of the indices of series that were chosen by their UIDs in a folder. */
async function namesByUid(
  cache: IndexCache,
  location: LocatedSeries,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  // All of them differ in the hash at their end alone.
  const stem = (await indexName(location, "any")).replace(/[0-9a-f]{12}$/, "");
  const names: string[] = [];
  for (const name of await cache.list({ signal })) {
    if (!name.startsWith(stem) || !/^[0-9a-f]{12}$/.test(name.slice(stem.length))) continue;
    const uid = await seriesInstanceUid(cache, name, signal);
    if (uid !== null && await indexName(location, uid) === name) names.push(name);
  }
  return names;
}

/** The Series Instance UID of a kept index; null where it has none, or is damaged and tells nothing. */
async function seriesInstanceUid(
  cache: IndexCache,
  name: string,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const column = "SeriesInstanceUID";
  const bytes = await cache.get(name, { signal });
  if (bytes === null) return null;
  try {
    const table = await readIndex(bytes, { columns: [column], signal });
    return table.instanceCount === 0 ? null : table.value(0, column) as string | null;
  } catch (error) {
    if (error instanceof InvalidIndexError) return null;
    throw error;
  }
}
