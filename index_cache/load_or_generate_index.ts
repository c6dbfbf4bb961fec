import { CacheError, InvalidIndexError } from "../errors.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { delay } from "../runtime/delay.ts";
import type { IndexCache } from "./index_cache.ts";
import { loadParquetWriter } from "./load_parquet_writer.ts";
import { readIndex } from "./read_index.ts";
import type { SeriesTable } from "./series_table.ts";
import { writeIndex } from "./write_index.ts";

/**
 * Where an index came from: the cache, a build that the cache took, or what it did not take. One that
 * was brought up to date comes from the cache when it took that.
 */
export type IndexSource = "hit" | "miss" | "off";

/** Options that the callbacks of {@linkcode loadOrGenerateIndex} take. */
export interface GenerateOptions extends AbortOptions {}

/**
 * What brings a cached index up to date, as when its series has changed.
 *
 * @example
 * ```ts
 * import {
 *   IndexBuilder,
 *   type IndexUpdate,
 *   loadOrGenerateIndex,
 *   MemoryIndexCache,
 * } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const build = (address: string) => new IndexBuilder().build({ seriesUID: "ct", address });
 * const update: IndexUpdate = {
 *   isDue: ({ metadata }) => metadata.address === "file:///old/",
 *   apply: () => build("file:///new/"),
 * };
 * const cache = new MemoryIndexCache();
 * const generate = () => build("file:///old/");
 * await loadOrGenerateIndex("ct", { cache, generate });
 * const { table, source } = await loadOrGenerateIndex("ct", { cache, generate, update });
 * assertEquals([source, table.metadata.address], ["hit", "file:///new/"]);
 * ```
 */
export interface IndexUpdate {
  /** Whether an index is out of date. It may have the columns only that were asked for. */
  isDue(table: SeriesTable, options: GenerateOptions): boolean | Promise<boolean>;
  /**
   * Answers a whole index as it should be, made by {@linkcode IndexBuilder.from}, or null when nothing
   * is to be changed: another program may have updated it since {@linkcode IndexUpdate.isDue}.
   */
  apply(table: SeriesTable, options: GenerateOptions): Promise<SeriesTable | null>;
}

/** Options of {@linkcode loadOrGenerateIndex}. */
export interface LoadOrGenerateIndexOptions extends AbortOptions {
  /** Where indices are kept; null to do without. */
  readonly cache: IndexCache | null;
  /** Builds the index. */
  readonly generate: (options: GenerateOptions) => Promise<SeriesTable>;
  /** Brings a cached index up to date; as it is kept it is good by default. */
  readonly update?: IndexUpdate | undefined;
  /** The series that the index must be of; the name by default. */
  readonly seriesUID?: string | undefined;
  /** The columns to read of a cached index beside those that slices are counted by; all by default. */
  readonly columns?: readonly string[] | undefined;
  /** Builds the index even when there is a cached one. */
  readonly rebuild?: boolean | undefined;
  /** Answers an index that was built before the cache has taken it; false by default. */
  readonly saveLater?: boolean | undefined;
  /** Takes lines for the user: an unusable index or cache, a wait for another program. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/** What {@linkcode loadOrGenerateIndex} answers. */
export interface LoadedIndex {
  /** The index. */
  readonly table: SeriesTable;
  /** Where it came from; `miss` for one that the cache is still to take. */
  readonly source: IndexSource;
  /**
   * Settles once the cache has taken the index, or has not: where it came from, then. At once unless
   * it was loaded with `saveLater`; then this is to be awaited before the program ends.
   */
  readonly saved: Promise<IndexSource>;
}

/**
 * Reads the index of a series from the cache, or builds and keeps it.
 *
 * A cached index that is damaged, of another schema or of another series is built anew, with a
 * notice; one that `update` says is out of date is brought up to date. Of several programs that want
 * the same index, one builds or updates it and the others wait. A cache that cannot be read or written
 * costs one notice, and the index is built without it.
 *
 * @param name The name of the index; see {@linkcode seriesName}.
 * @throws {Error} What `generate` and `update` throw.
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
  /** The file that was read last. */
  #bytes: Uint8Array | null = null;
  #saidInvalid = false;

  constructor(name: string, options: LoadOrGenerateIndexOptions) {
    this.#name = name;
    this.#options = options;
    this.#cache = options.cache;
  }

  async run(): Promise<LoadedIndex> {
    const { rebuild, update, columns, generate, saveLater, signal } = this.#options;
    signal?.throwIfAborted();
    const cached = rebuild ? null : await this.#read(columns);
    const due = cached !== null && update !== undefined && await update.isDue(cached, { signal });
    if (cached !== null && !due) return loadedFrom(cached, "hit");
    if (!due) this.#bytes = null;
    const lock = await this.#lock();
    let saved: Promise<IndexSource> | undefined;
    try {
      const loaded = due ? await this.#update(update) : rebuild ? null : await this.#readAgain();
      if (loaded !== null) return loaded;
      const building = generate({ signal });
      if (this.#cache !== null) prepareToWrite();
      const built = await building;
      if (!saveLater || this.#cache === null) return loadedFrom(built, await this.#save(built));
      saved = this.#saveLater(built, lock);
      return { table: built, source: "miss", saved };
    } finally {
      if (saved === undefined) await this.#release(lock);
    }
  }

  /**
   * Keeps an index and lets go of the lock, once those who wait for the index have it in use. The
   * signal stops it no more: what the headers have told is worth to be kept.
   */
  #saveLater(table: SeriesTable, lock: AsyncDisposable | null): Promise<IndexSource> {
    const saving = async () => {
      try {
        await delay(0);
        return await new IndexLoad(this.#name, { ...this.#options, signal: undefined }).#save(
          table,
        );
      } finally {
        await this.#release(lock);
      }
    };
    const saved = saving();
    // Whoever awaits it hears of it; nobody has to.
    saved.catch(() => {});
    return saved;
  }

  /** What another program has built while this one waited for the lock. */
  async #readAgain(): Promise<LoadedIndex | null> {
    const table = await this.#read(this.#options.columns);
    return table === null ? null : loadedFrom(table, "hit");
  }

  /** Brings the cached index up to date; null when it is there no more. */
  async #update(update: IndexUpdate): Promise<LoadedIndex | null> {
    const { signal } = this.#options;
    const table = await this.#read() ??
      // What cannot be locked cannot be written, either; but it can be used.
      (this.#cache === null && this.#bytes !== null ? await this.#parse(this.#bytes) : null);
    if (table === null) return null;
    const updated = await update.apply(table, { signal });
    if (updated === null) return loadedFrom(table, "hit");
    return loadedFrom(updated, await this.#save(updated, "hit"));
  }

  async #read(columns?: readonly string[]): Promise<SeriesTable | null> {
    const { signal } = this.#options;
    const bytes = await this.#attempt((cache) => cache.get(this.#name, { signal }));
    if (bytes === null) return null;
    this.#bytes = bytes;
    return await this.#parse(bytes, columns);
  }

  async #parse(bytes: Uint8Array, columns?: readonly string[]): Promise<SeriesTable | null> {
    const { seriesUID = this.#name, signal } = this.#options;
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

  /** Keeps an index; answers where it comes from, which depends on whether the cache took it. */
  async #save(table: SeriesTable, source: IndexSource = "miss"): Promise<IndexSource> {
    const { signal } = this.#options;
    if (this.#cache === null) return "off";
    const bytes = await writeIndex(table, { signal });
    await this.#attempt((cache) => cache.put(this.#name, bytes, { signal }));
    return this.#cache === null ? "off" : source;
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

function loadedFrom(table: SeriesTable, source: IndexSource): LoadedIndex {
  return { table, source, saved: Promise.resolve(source) };
}

/** Has the writer loaded while the headers are on their way. */
function prepareToWrite(): void {
  loadParquetWriter().catch(() => {/* writing says so */});
}
