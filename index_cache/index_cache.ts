import type { AbortOptions } from "../runtime/abort_options.ts";

/** Options of a call on an {@linkcode IndexCache}. */
export interface IndexCacheOptions extends AbortOptions {}

/** Options of {@linkcode IndexCache.lock}. */
export interface LockOptions extends IndexCacheOptions {
  /** Called once when another one holds the lock and this call has to wait. */
  readonly onWait?: (() => void) | undefined;
}

/**
 * A place that keeps index files by name: a folder, memory, a browser's storage.
 *
 * Names are of letters, digits, `.`, `_` and `-` only, and do not start with a dot.
 *
 * @example
 * ```ts
 * import { SeriesIndex } from "@dicom/series-preview";
 * import { type IndexCache, MemoryIndexCache } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * // Gives nothing away: what others keep is read, and what is new is kept for oneself.
 * function over(shared: IndexCache, own: IndexCache): IndexCache {
 *   return {
 *     get: async (name, options) => await own.get(name, options) ?? await shared.get(name, options),
 *     put: (name, bytes, options) => own.put(name, bytes, options),
 *     list: (options) => own.list(options),
 *     delete: (name, options) => own.delete(name, options),
 *     lock: (name, options) => own.lock(name, options),
 *   };
 * }
 *
 * const shared = new MemoryIndexCache();
 * await SeriesIndex.open("demo:ct", { cache: shared });
 * const index = await SeriesIndex.open("demo:ct", { cache: over(shared, new MemoryIndexCache()) });
 * assertEquals(index.source, "hit");
 * ```
 */
export interface IndexCache {
  /**
   * Reads the index of a name; null when there is none.
   *
   * @throws {CacheError} It cannot be read.
   * @throws {UsageError} The name is none.
   */
  get(name: string, options?: IndexCacheOptions): Promise<Uint8Array | null>;
  /**
   * Keeps an index, in place of an earlier one, whole or not at all.
   *
   * @throws {CacheError} It cannot be written.
   * @throws {UsageError} The name is none.
   */
  put(name: string, bytes: Uint8Array, options?: IndexCacheOptions): Promise<void>;
  /**
   * The names of all indices, ascending.
   *
   * @throws {CacheError} The place cannot be read.
   */
  list(options?: IndexCacheOptions): Promise<string[]>;
  /**
   * Removes an index; answers whether there was one.
   *
   * @throws {CacheError} It cannot be removed.
   * @throws {UsageError} The name is none.
   */
  delete(name: string, options?: IndexCacheOptions): Promise<boolean>;
  /**
   * Waits until nobody else builds the index of a name; disposing the lock lets the next one.
   *
   * @throws {CacheError} Another program has held it for too long, or it cannot be locked.
   * @throws {UsageError} The name is none.
   */
  lock(name: string, options?: LockOptions): Promise<AsyncDisposable>;
}
