import type { AbortOptions } from "../runtime/abort_options.ts";
import { abortable } from "../runtime/abortable.ts";
import type { IndexCache } from "./index_cache.ts";

/**
 * Opens the cache in a folder, `{directory}/indices/{name}_index.parquet`. Nothing is read or
 * written yet. Only for runtimes with files; elsewhere use {@linkcode MemoryIndexCache}, or an
 * {@linkcode IndexCache} of your own.
 *
 * @param directory As {@linkcode getCacheDirectory} answers it.
 *
 * @example
 * ```ts
 * import { openFileIndexCache } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const directory = await Deno.makeTempDir();
 * const cache = await openFileIndexCache(directory);
 * await cache.put("series", new Uint8Array([1, 2, 3]));
 * assertEquals(await cache.list(), ["series"]);
 * await Deno.remove(directory, { recursive: true });
 * ```
 */
export async function openFileIndexCache(
  directory: string,
  options: AbortOptions = {},
): Promise<IndexCache> {
  const { signal } = options;
  signal?.throwIfAborted();
  // Imported only here, so that what never opens a folder bundles for a browser.
  const { FileIndexCache } = await abortable(import("./file_index_cache.ts"), signal);
  return new FileIndexCache(directory);
}
