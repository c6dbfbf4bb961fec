import type { Table } from "apache-arrow";
import type { FailedRead } from "../errors.ts";
import {
  type IndexRow,
  type IndexSource,
  type LoadedIndex,
  type PrimaryAxis,
  type SeriesTable,
  type SkippedObject,
  writeIndex,
} from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import type { Outcome } from "../retriever/outcome.ts";
import { type LocatedSeries, locateSeries } from "../retriever/locate_series.ts";
import { chooseSlice, type SliceChoice } from "./choose_slice.ts";
import { type Failure, showOutdated } from "./failures.ts";
import {
  drawMosaic,
  finishMosaic,
  type Mosaic,
  type MosaicDrawing,
  type MosaicOptions,
} from "./draw_mosaic.ts";
import {
  chooseSlices,
  getInstances,
  type GetInstancesOptions,
  type InstanceOptions,
} from "./get_instances.ts";
import type { Instance } from "./instance.ts";
import { loadIndex, type LoadIndexOptions } from "./load_index.ts";
import type { SeriesIndexOptions } from "./series_index_options.ts";
import { type DecodeStats, imagingColumns, SliceReader } from "./slice_reader.ts";

/**
 * A series as its headers tell it, and the way to its pictures: the one way in.
 *
 * Opening reads the index from the cache, or the header of every instance
 * once; after that a picture costs one range request a slice.
 *
 * @example Drawing a mosaic of the built-in series
 * ```ts
 * import { SeriesIndex } from "@dicom/series-preview";
 * import { assertEquals } from "@std/assert";
 *
 * const index = await SeriesIndex.open("demo:ct", { cache: false });
 * assertEquals(index.sliceCount, 120);
 * const { image } = await index.renderMosaic({ samples: 4, width: 128 });
 * assertEquals([image.width, image.height], [128, 128]);
 * ```
 */
export class SeriesIndex {
  #loaded: LoadedIndex;
  readonly #location: LocatedSeries;
  readonly #decodeStats: DecodeStats = { bytesDecoded: 0 };
  readonly #options: SeriesIndexOptions;

  private constructor(loaded: LoadedIndex, location: LocatedSeries, options: SeriesIndexOptions) {
    this.#loaded = loaded;
    this.#location = location;
    this.#options = options;
  }

  /**
   * Opens a series: from its kept index, or by reading the headers of its
   * instances and keeping the index.
   *
   * @param series A folder UUID, an address, a local folder, or `demo:ct`.
   * @throws {UsageError} When the address cannot be one of a series.
   * @throws {NotFoundError} When nothing is there.
   * @throws {AmbiguousSeriesError} When several series are, and none was chosen.
   * @throws {EmptySeriesError} When there is no instance that can be read.
   * @throws {NetworkError} When the host cannot be reached or keeps failing.
   * @throws {AccessDeniedError} When the source, or the runtime's permissions, refuse.
   */
  static async open(series: string, options: SeriesIndexOptions = {}): Promise<SeriesIndex> {
    const location = await locateSeries(series, options);
    const loaded = await loadIndex(location, withColumns(options));
    return new SeriesIndex(loaded, location, options);
  }

  /** Where the index came from. */
  get source(): IndexSource {
    return this.#loaded.source;
  }

  get #table(): SeriesTable {
    return this.#loaded.table;
  }

  /** The series' canonical address, without credentials. */
  get address(): string {
    return this.#location.address;
  }

  /** How many instances have a row, those without an image included. */
  get instanceCount(): number {
    return this.#table.instanceCount;
  }

  /** How many slices the instances give. */
  get sliceCount(): number {
    return this.#table.sliceCount;
  }

  /** How many instances have no image and so give no slice. */
  get imagelessCount(): number {
    let count = 0;
    for (let row = 0; row < this.instanceCount; row++) {
      if (this.#table.value(row, SERIES_COLUMNS.frameCount) === 0) count++;
    }
    return count;
  }

  /** The axis most slices are stacked along: `X`, `Y`, `Z`, or `I` without geometry. */
  get primaryAxis(): PrimaryAxis {
    return this.#table.primaryAxis;
  }

  /** Lowest and highest position of a slice in millimeters along the normal; null without any. */
  get positionRange(): readonly [number, number] | null {
    return this.#table.positionRange;
  }

  /** The index as an Arrow table, one row an instance in display order. */
  get table(): Table {
    return this.#table.table;
  }

  /** The instances that could not be read. */
  get failed(): readonly FailedRead[] {
    return this.#table.metadata.failed;
  }

  /** The objects at the address that are no instances of the series. */
  get skipped(): readonly SkippedObject[] {
    return this.#table.metadata.skipped;
  }

  /** What the series is split into, in one line; null for a single stack. */
  get stacks(): string | null {
    return this.#table.metadata.stacks;
  }

  /** The rows of the index in display order as plain values, of the given columns or of all. */
  *rows(columns?: readonly string[]): Generator<IndexRow> {
    for (let row = 0; row < this.instanceCount; row++) yield this.#table.row(row, columns);
  }

  /**
   * The index as a Parquet file, as the cache keeps it.
   *
   * @throws {UsageError} When the series was opened with `imagingOnly`.
   */
  async toParquet(options: { readonly signal?: AbortSignal } = {}): Promise<Uint8Array> {
    return await writeIndex(this.#table, options);
  }

  /** Bytes of stored values decoded so far. */
  get bytesDecoded(): number {
    return this.#decodeStats.bytesDecoded;
  }

  /**
   * Draws a mosaic of slices that are spread evenly over the series.
   *
   * A kept index that the series turns out to have changed from is made anew,
   * once, with a notice, and the mosaic drawn again.
   *
   * @throws {UsageError} When a number is out of bounds.
   * @throws {NoImageError} When the series has no image.
   * @throws {SeriesPreviewError} When not one slice could be drawn.
   */
  async renderMosaic(options: MosaicOptions = {}): Promise<Mosaic> {
    const drawing = await this.#readByIndex(
      () => this.#drawMosaic(options),
      ({ failures, slices }) => [failures, slices.length],
    );
    return finishMosaic(drawing);
  }

  /**
   * Reads the instances of slices: their headers from the index, their frames from where they lie.
   *
   * A kept index that the series turns out to have changed from is made anew, once, with a notice.
   *
   * @returns An outcome for each position or number in their order: the instance, or the error that
   * names why there is none.
   * @throws {UsageError} When a position or number is out of bounds, or both or none are given.
   * @throws {NoImageError} When the series has no image and more than headers is wanted.
   *
   * @example
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false });
   * const outcomes = await index.getInstances({ positions: [0, 0.5, 1], headersOnly: true });
   * assertEquals(outcomes.map(({ value }) => value?.dataset.InstanceNumber), [120, 60, 1]);
   * ```
   */
  async getInstances(options: GetInstancesOptions): Promise<Outcome<Instance>[]> {
    return await this.#getInstances(
      (table, count) => chooseSlices(table, options, count),
      options,
    );
  }

  /**
   * Reads the instance of one slice, the middle one by default; otherwise as
   * {@linkcode SeriesIndex.getInstances}.
   *
   * @throws {UsageError} When there is no such slice.
   * @throws {NoImageError} When the series has no image and more than the header is wanted.
   * @throws {SeriesPreviewError} When the instance cannot be read.
   */
  async getInstance(options: SliceChoice & InstanceOptions = {}): Promise<Instance> {
    const [outcome] = await this.#getInstances(
      (table, count) => [chooseSlice(table, options, count)],
      options,
    );
    if (outcome!.error !== undefined) throw outcome!.error;
    return outcome!.value;
  }

  async #getInstances(
    choose: (table: SeriesTable, count: number) => number[],
    options: Omit<GetInstancesOptions, "positions" | "sliceNumbers">,
  ): Promise<Outcome<Instance>[]> {
    const { concurrency, signal, limits } = this.#options;
    return await this.#readByIndex(
      () => {
        const table = this.#tableOf(options.stack);
        const source = {
          table,
          store: this.#location.store,
          stats: this.#decodeStats,
          limits,
        };
        const choice = (count: number) => choose(table, count);
        return getInstances(source, choice, { concurrency, signal, ...options });
      },
      (outcomes) => [
        outcomes.flatMap(({ url, error }) => error === undefined ? [] : [{ url, cause: error }]),
        outcomes.length,
      ],
    );
  }

  /** Reads by the index; when a kept one proves outdated it is made anew, and all is read again. */
  async #readByIndex<T>(
    read: () => Promise<T>,
    failuresOf: (result: T) => readonly [failures: readonly Failure[], reads: number],
  ): Promise<T> {
    const result = await read();
    if (this.source !== "hit" || !showOutdated(...failuresOf(result))) return result;
    this.#options.onNotice?.("the series has changed since its index was kept; reading it again");
    const options = withColumns({ ...this.#options, rebuild: true });
    this.#loaded = await loadIndex(this.#location, options);
    return await read();
  }

  #tableOf(stack: number | undefined): SeriesTable {
    return stack === undefined ? this.#table : this.#table.stack(stack);
  }

  async #drawMosaic(options: MosaicOptions): Promise<MosaicDrawing> {
    const table = this.#tableOf(options.stack);
    const reader = new SliceReader(table, this.#location.store, this.#decodeStats);
    const { concurrency, signal } = this.#options;
    return await drawMosaic(table, reader, { concurrency, signal, ...options });
  }
}

/** The options with the columns to read of a kept index. */
function withColumns(options: SeriesIndexOptions): LoadIndexOptions {
  return { ...options, columns: options.imagingOnly ? imagingColumns : undefined };
}
