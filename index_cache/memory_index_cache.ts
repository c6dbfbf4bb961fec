import { abortable } from "../runtime/abortable.ts";
import { checkCacheName } from "./check_cache_name.ts";
import type { IndexCache, IndexCacheOptions, LockOptions } from "./index_cache.ts";

/**
 * A cache that lasts as long as the program.
 *
 * @example
 * ```ts
 * import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const cache = new MemoryIndexCache();
 * await cache.put("series", new Uint8Array([1, 2, 3]));
 * assertEquals(await cache.list(), ["series"]);
 * assertEquals(await cache.get("other"), null);
 * ```
 */
export class MemoryIndexCache implements IndexCache {
  readonly #files = new Map<string, Uint8Array>();
  /** Settled when the last one of those who hold or wait for a name's lock lets go. */
  readonly #locks = new Map<string, Promise<void>>();

  /** Reads the index of a name; null when there is none. */
  get(name: string, options: IndexCacheOptions = {}): Promise<Uint8Array | null> {
    return attempt(name, options, () => this.#files.get(name)?.slice() ?? null);
  }

  /** Keeps an index, in place of an earlier one. */
  put(name: string, bytes: Uint8Array, options: IndexCacheOptions = {}): Promise<void> {
    return attempt(name, options, () => void this.#files.set(name, bytes.slice()));
  }

  /** The names of all indices, ascending. */
  list(options: IndexCacheOptions = {}): Promise<string[]> {
    return attempt(null, options, () => [...this.#files.keys()].sort());
  }

  /** Removes an index; answers whether there was one. */
  delete(name: string, options: IndexCacheOptions = {}): Promise<boolean> {
    return attempt(name, options, () => this.#files.delete(name));
  }

  /**
   * Waits until nobody else in this program builds the index of a name.
   *
   * @example
   * ```ts
   * import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
   * import { assertEquals } from "@std/assert";
   *
   * const cache = new MemoryIndexCache();
   * {
   *   await using _lock = await cache.lock("ct");
   *   await cache.put("ct", new Uint8Array(3));
   * }
   * assertEquals(await cache.delete("ct"), true);
   * ```
   */
  async lock(name: string, options: LockOptions = {}): Promise<AsyncDisposable> {
    checkCacheName(name);
    const { signal, onWait } = options;
    signal?.throwIfAborted();
    const earlier = this.#locks.get(name);
    const held = Promise.withResolvers<void>();
    const mine = (earlier ?? Promise.resolve()).then(() => held.promise);
    this.#locks.set(name, mine);
    const forget = () => {
      if (this.#locks.get(name) === mine) this.#locks.delete(name);
    };
    if (earlier !== undefined) {
      onWait?.();
      try {
        await abortable(earlier, signal);
      } catch (error) {
        // Whoever waits behind still waits for those before this one.
        held.resolve();
        mine.then(forget);
        throw error;
      }
    }
    return {
      [Symbol.asyncDispose]: () => {
        held.resolve();
        forget();
        return Promise.resolve();
      },
    };
  }
}

/** Runs a step of the cache after the checks that all of them share. */
function attempt<T>(
  name: string | null,
  { signal }: IndexCacheOptions,
  step: () => T,
): Promise<T> {
  return Promise.try(() => {
    if (name !== null) checkCacheName(name);
    signal?.throwIfAborted();
    return step();
  });
}
