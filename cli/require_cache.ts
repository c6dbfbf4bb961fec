import { UsageError } from "../errors.ts";
import { getCacheDirectory } from "../index_cache/get_cache_directory.ts";
import type { IndexCache } from "../index_cache/index_cache.ts";
import { openFileIndexCache } from "../index_cache/open_file_index_cache.ts";
import type { Invocation } from "./command.ts";

/** The cache of a call, and the folder that it is in. */
export interface RequiredCache {
  readonly cache: IndexCache;
  readonly folder: string;
}

/**
 * Opens the cache for a command that is about the cache itself.
 *
 * @throws {UsageError} With `--no-cache`.
 * @throws {CacheError} When there is no folder for it.
 */
export async function requireCache(
  { command, options, environment }: Invocation,
): Promise<RequiredCache> {
  if (options.flag("no-cache")) {
    throw new UsageError(`--no-cache leaves ${command} no cache to look at; leave it out`);
  }
  const folder = getCacheDirectory({
    cacheDir: options.text("cache-dir"),
    env: environment.env,
  });
  return { cache: await openFileIndexCache(folder), folder };
}
