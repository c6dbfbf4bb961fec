import type { LoadedIndex, SeriesTable } from "../index_cache/mod.ts";
import { type LocatedSeries, locateSeries } from "../retriever/locate_series.ts";
import type { ManyReadsOptions } from "../retriever/many_reads_options.ts";
import type { Outcome } from "../retriever/outcome.ts";
import { abortable } from "../runtime/abortable.ts";
import { type Failure, findOutdated } from "./failures.ts";
import { describeChanges } from "./index_changes.ts";
import { KeptSlices } from "./kept_slices.ts";
import { loadIndex, type LoadIndexOptions } from "./load_index.ts";
import type { SeriesIndexOptions } from "./series_index_options.ts";
import type { SeriesSource } from "./series_source.ts";
import { imagingColumns } from "./image_rows.ts";
import type { DecodeStats } from "./slice_reader.ts";
import type { StackChoice } from "./stack_choice.ts";

/** What reads by an index have in common. */
export interface IndexedReadOptions
  extends StackChoice, Pick<ManyReadsOptions, "concurrency" | "signal"> {}

/** A series that is open: where it lies, and its index, which is mended when it proves outdated. */
export class OpenSeries {
  /** Where it lies. */
  readonly location: LocatedSeries;
  /** Counts what is decoded of it. */
  readonly stats: DecodeStats = { bytesDecoded: 0 };
  readonly #options: SeriesIndexOptions;
  #loaded: LoadedIndex;

  private constructor(loaded: LoadedIndex, location: LocatedSeries, options: SeriesIndexOptions) {
    this.#loaded = loaded;
    this.location = location;
    this.#options = options;
  }

  /** Opens a series: from its kept index, or by reading the headers of its instances. */
  static async open(series: string, options: SeriesIndexOptions): Promise<OpenSeries> {
    const location = await locateSeries(series, options);
    const loaded = await loadIndex(location, withColumns(options));
    const { changes } = loaded;
    if (options.check && changes !== null) {
      const what = describeChanges(changes);
      options.onNotice?.(`the series has changed since its index was kept: ${what}`);
    }
    return new OpenSeries(loaded, location, options);
  }

  /** The index, and where it came from. */
  get loaded(): LoadedIndex {
    return this.#loaded;
  }

  /**
   * Reads by the index. When a kept one proves outdated, what has changed of it is read again, once,
   * with a notice, and then what is asked for, save the slices that are kept.
   *
   * @param options How the call reads; what it does not say is as the series was opened.
   * @param read Reads, from the index as it is.
   * @param failuresOf The failures of a result, and of how many reads they are.
   */
  async read<T, O extends IndexedReadOptions>(
    options: O,
    read: (source: SeriesSource, options: O) => Promise<T>,
    failuresOf: (result: T) => readonly [failures: readonly Failure[], reads: number],
  ): Promise<T> {
    const { concurrency, signal } = this.#options;
    const settled = {
      ...options,
      concurrency: options.concurrency ?? concurrency,
      signal: options.signal ?? signal,
    };
    let result: T;
    try {
      result = await this.#readMended(settled, read, failuresOf);
    } catch (error) {
      // What went wrong with the reading is told, and not what may go wrong with the keeping.
      await this.settle(settled.signal).catch(() => {});
      throw error;
    }
    await this.settle(settled.signal);
    return result;
  }

  async #readMended<T, O extends IndexedReadOptions>(
    options: O,
    read: (source: SeriesSource, options: O) => Promise<T>,
    failuresOf: (result: T) => readonly [failures: readonly Failure[], reads: number],
  ): Promise<T> {
    const kept = new KeptSlices();
    const result = await read(this.#source(options.stack, kept), options);
    const outdated = this.#loaded.source === "hit" ? findOutdated(...failuresOf(result)) : null;
    if (outdated === null) return result;
    this.#options.onNotice?.("the series has changed since its index was kept; reading it again");
    const asOpened = withColumns({ ...this.#options, rebuild: false, check: false });
    this.#loaded = await loadIndex(this.location, { ...asOpened, ...outdated });
    return await read(this.#source(options.stack, kept), options);
  }

  /** Waits for the cache to take the index, so that nothing is under way once a call has returned. */
  async settle(signal: AbortSignal | undefined): Promise<void> {
    const loaded = this.#loaded;
    const source = await abortable(loaded.saved, signal);
    if (this.#loaded === loaded) this.#loaded = { ...loaded, source };
  }

  /** Reads by the index what has an outcome for each slice; otherwise as {@linkcode OpenSeries.read}. */
  async readEach<T, O extends IndexedReadOptions>(
    options: O,
    read: (source: SeriesSource, options: O) => Promise<Outcome<T>[]>,
  ): Promise<Outcome<T>[]> {
    return await this.read(options, read, (outcomes) => [
      outcomes.flatMap(({ url, error }) => error === undefined ? [] : [{ url, cause: error }]),
      outcomes.length,
    ]);
  }

  #source(stack: number | undefined, kept: KeptSlices): SeriesSource {
    const whole: SeriesTable = this.#loaded.table;
    return {
      table: stack === undefined ? whole : whole.stack(stack),
      store: this.location.store,
      stats: this.stats,
      kept,
      limits: this.#options.limits,
      decodeLimits: this.#options.decodeLimits,
    };
  }
}

/** The options with the columns to read of a kept index; what draws does not wait for one to be kept. */
function withColumns(options: SeriesIndexOptions): LoadIndexOptions {
  const { imagingOnly } = options;
  return {
    ...options,
    columns: imagingOnly ? imagingColumns : undefined,
    saveLater: imagingOnly,
  };
}
