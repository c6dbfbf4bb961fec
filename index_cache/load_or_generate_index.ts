import { CacheError, InvalidIndexError } from "../errors.ts";
import type { IndexCache } from "./index_cache.ts";
import { readIndex } from "./read_index.ts";
import type { SeriesTable } from "./series_table.ts";
import { writeIndex } from "./write_index.ts";

/** Where an index came from: the cache, a build that the cache took, or a build it did not take. */
export type IndexSource = "hit" | "miss" | "off";

/** Options that the callbacks of {@linkcode loadOrGenerateIndex} take. */
export interface GenerateOptions {
  /** Aborts the reading of headers. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@linkcode loadOrGenerateIndex}. */
export interface LoadOrGenerateIndexOptions {
  /** Where indices are kept; null to do without. */
  readonly cache: IndexCache | null;
  /** Builds the index. */
  readonly generate: (options: GenerateOptions) => Promise<SeriesTable>;
  /**
   * Tries again the instances that a cached index names as failed. Answers the index with what
   * could be read now, made by {@linkcode IndexBuilder.from}, or null when nothing has changed.
   */
  readonly retryFailed?:
    | ((table: SeriesTable, options: GenerateOptions) => Promise<SeriesTable | null>)
    | undefined;
  /** The series that the index must be of; the name by default. */
  readonly seriesUID?: string | undefined;
  /** The columns to read of a cached index beside those that slices are counted by; all by default. */
  readonly columns?: readonly string[] | undefined;
  /** Builds the index even when there is a cached one. */
  readonly rebuild?: boolean | undefined;
  /** Takes lines for the user: an unusable index or cache, a wait for another program. */
  readonly onNotice?: ((line: string) => void) | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/** What {@linkcode loadOrGenerateIndex} answers. */
export interface LoadedIndex {
  /** The index. */
  readonly table: SeriesTable;
  /** Where it came from. */
  readonly source: IndexSource;
}

/**
 * Reads the index of a series from the cache, or builds and keeps it.
 *
 * A cached index that is damaged, of another schema or of another series is built anew, with a
 * notice. Of several programs that want the same index, one builds it and the others wait. A cache
 * that cannot be read or written costs one notice, and the index is built without it.
 *
 * @param name The name of the index; see {@linkcode seriesName}.
 * @throws What `generate` and `retryFailed` throw.
 *
 * @example
 * ```ts
 * import {
 *   IndexBuilder,
 *   loadOrGenerateIndex,
 *   MemoryIndexCache,
 * } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const cache = new MemoryIndexCache();
 * const generate = () => new IndexBuilder().build({ seriesUID: "ct", address: "demo:ct" });
 * const first = await loadOrGenerateIndex("ct", { cache, generate });
 * const second = await loadOrGenerateIndex("ct", { cache, generate });
 * assertEquals([first.source, second.source], ["miss", "hit"]);
 * ```
 */
export async function loadOrGenerateIndex(
  name: string,
  options: LoadOrGenerateIndexOptions,
): Promise<LoadedIndex> {
  return await new IndexLoad(name, options).run();
}

/** One call of {@linkcode loadOrGenerateIndex}. */
class IndexLoad {
  readonly #name: string;
  readonly #options: LoadOrGenerateIndexOptions;
  /** The cache while it works; null from its first failure on. */
  #cache: IndexCache | null;
  #saidInvalid = false;

  constructor(name: string, options: LoadOrGenerateIndexOptions) {
    this.#name = name;
    this.#options = options;
    this.#cache = options.cache;
  }

  async run(): Promise<LoadedIndex> {
    const { rebuild, columns, generate, signal } = this.#options;
    const cached = rebuild ? null : await this.#read(columns);
    if (cached !== null && !this.#wantsRetry(cached)) return { table: cached, source: "hit" };
    const lock = await this.#lock();
    // What cannot be locked cannot be written, either: better some instances short than all anew.
    if (lock === null && cached !== null) return { table: cached, source: "hit" };
    try {
      // Another program may have built it while this one waited.
      const table = rebuild ? null : await this.#readAgain();
      if (table !== null) return { table, source: "hit" };
      const built = await generate({ signal });
      await this.#write(built);
      return { table: built, source: this.#cache === null ? "off" : "miss" };
    } finally {
      await this.#release(lock);
    }
  }

  #wantsRetry(table: SeriesTable): boolean {
    return this.#options.retryFailed !== undefined && table.metadata.failed.length > 0;
  }

  /** The cached index under the lock, with its failed instances tried again. */
  async #readAgain(): Promise<SeriesTable | null> {
    const { retryFailed, columns, signal } = this.#options;
    const table = await this.#read(retryFailed === undefined ? columns : undefined);
    if (table === null || !this.#wantsRetry(table)) return table;
    const mended = await retryFailed!(table, { signal });
    if (mended === null) return table;
    await this.#write(mended);
    return mended;
  }

  async #read(columns: readonly string[] | undefined): Promise<SeriesTable | null> {
    const { seriesUID = this.#name, signal } = this.#options;
    const bytes = await this.#attempt((cache) => cache.get(this.#name, { signal }));
    if (bytes === null) return null;
    try {
      return await readIndex(bytes, { columns, seriesUID, signal });
    } catch (error) {
      if (!(error instanceof InvalidIndexError)) throw error;
      if (!this.#saidInvalid) {
        this.#notice(`the cached index ${this.#name} is built anew: ${error.message}`);
      }
      this.#saidInvalid = true;
      return null;
    }
  }

  async #write(table: SeriesTable): Promise<void> {
    const { signal } = this.#options;
    if (this.#cache === null) return;
    const bytes = await writeIndex(table, signal ? { signal } : {});
    await this.#attempt((cache) => cache.put(this.#name, bytes, { signal }));
  }

  #lock(): Promise<AsyncDisposable | null> {
    const onWait = () =>
      this.#notice(`another program builds the index ${this.#name}; waiting for it`);
    const { signal } = this.#options;
    return this.#attempt((cache) => cache.lock(this.#name, { signal, onWait }));
  }

  /** Lets go of the lock, of a cache that has failed meanwhile, too. */
  async #release(lock: AsyncDisposable | null): Promise<void> {
    try {
      await lock?.[Symbol.asyncDispose]();
    } catch (error) {
      this.#giveUp(error);
    }
  }

  /** Runs a step on the cache; after its first failure the cache is left alone. */
  async #attempt<T>(step: (cache: IndexCache) => Promise<T>): Promise<T | null> {
    if (this.#cache === null) return null;
    try {
      return await step(this.#cache);
    } catch (error) {
      this.#giveUp(error);
      return null;
    }
  }

  /** Goes on without the cache after a failure of it, which is said once. */
  #giveUp(error: unknown): void {
    if (!(error instanceof CacheError)) throw error;
    if (this.#cache !== null) this.#notice(`going on without the cache: ${error.message}`);
    this.#cache = null;
  }

  #notice(line: string): void {
    this.#options.onNotice?.(line);
  }
}
