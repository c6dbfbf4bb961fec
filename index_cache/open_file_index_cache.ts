import type { IndexCache } from "./index_cache.ts";

/**
 * Opens the cache in a folder, `{directory}/indices/{name}_index.parquet`. Nothing is read or
 * written yet. Only for runtimes with files; elsewhere use {@linkcode MemoryIndexCache}, or an
 * {@linkcode IndexCache} of your own.
 *
 * @param directory As {@linkcode getCacheDirectory} answers it.
 *
 * @example
 * ```ts no-eval
 * import { getCacheDirectory, openFileIndexCache } from "@dicom/series-preview/index-cache";
 *
 * const cache = await openFileIndexCache(getCacheDirectory());
 * console.log(await cache.list());
 * ```
 */
export async function openFileIndexCache(directory: string): Promise<IndexCache> {
  // Imported only here, so that what never opens a folder bundles for a browser.
  const { FileIndexCache } = await import("./file_index_cache.ts");
  return new FileIndexCache(directory);
}
