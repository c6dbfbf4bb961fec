import { getCacheDirectory } from "../index_cache/get_cache_directory.ts";
import type { IndexCache } from "../index_cache/index_cache.ts";
import { openFileIndexCache } from "../index_cache/open_file_index_cache.ts";

/** What tells which cache to use. */
export interface OpenCacheOptions {
  /** The cache itself; false for none. The folder of `cacheDir` by default. */
  readonly cache?: IndexCache | false | undefined;
  /** The folder of the cache, in place of the platform's. */
  readonly cacheDir?: string | undefined;
  /** Environment variables; those of the process, where it may read them, by default. */
  readonly env?: ((name: string) => string | undefined) | undefined;
}

/**
 * Opens the cache: the one given, or the folder that the options and the environment name; null
 * where there is none.
 *
 * @throws {CacheError} When no variable tells the home folder.
 */
export async function openCache(options: OpenCacheOptions): Promise<IndexCache | null> {
  const { cache, cacheDir, env } = options;
  if (cache !== undefined) return cache === false ? null : cache;
  // Where there are no files there is no folder to keep an index in.
  if (!("Deno" in globalThis)) return null;
  return await openFileIndexCache(getCacheDirectory({ cacheDir, env }));
}
