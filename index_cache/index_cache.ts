/** Options of a call on an {@linkcode IndexCache}. */
export interface IndexCacheOptions {
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@linkcode IndexCache.lock}. */
export interface LockOptions extends IndexCacheOptions {
  /** Called once when another one holds the lock and this call has to wait. */
  readonly onWait?: (() => void) | undefined;
}

/**
 * A place that keeps index files by name: a folder, memory, a browser's storage.
 *
 * Names are of letters, digits, `.`, `_` and `-` only, and do not start with a dot; others are
 * refused with a `UsageError`. A place that cannot be read or written throws a `CacheError`.
 */
export interface IndexCache {
  /** Reads the index of a name; null when there is none. */
  get(name: string, options?: IndexCacheOptions): Promise<Uint8Array | null>;
  /** Keeps an index, in place of an earlier one, whole or not at all. */
  put(name: string, bytes: Uint8Array, options?: IndexCacheOptions): Promise<void>;
  /** The names of all indices, ascending. */
  list(options?: IndexCacheOptions): Promise<string[]>;
  /** Removes an index; answers whether there was one. */
  delete(name: string, options?: IndexCacheOptions): Promise<boolean>;
  /**
   * Waits until nobody else builds the index of a name; disposing the lock lets the next one. A
   * place that has waited too long for another program throws a `CacheError`.
   */
  lock(name: string, options?: LockOptions): Promise<AsyncDisposable>;
}
