import type { Table } from "apache-arrow";
import type { HeaderLimits } from "../dicom/header_limits.ts";
import { CacheError, type FailedRead } from "../errors.ts";
import {
  getCacheDirectory,
  type IndexCache,
  type IndexSource,
  type LoadedIndex,
  loadOrGenerateIndex,
  openFileIndexCache,
  type PrimaryAxis,
  seriesName,
  type SeriesTable,
  type SkippedObject,
} from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import { type LocatedSeries, locateSeries } from "../retriever/locate_series.ts";
import type { StoreOptions } from "../retriever/store_options.ts";
import { generateIndex } from "./generate_index.ts";
import { showOutdated } from "./failures.ts";
import {
  drawMosaic,
  finishMosaic,
  type Mosaic,
  type MosaicDrawing,
  type MosaicOptions,
} from "./draw_mosaic.ts";
import { retryFailed } from "./retry_failed.ts";
import { type DecodeStats, imagingColumns, SliceReader } from "./slice_reader.ts";

/** Options of {@linkcode SeriesIndex.open}. */
export interface SeriesIndexOptions extends StoreOptions {
  /** Where folder UUIDs are looked up; `s3://idc-open-data` by default. */
  readonly root?: string | undefined;
  /** The Series Instance UID to take where a folder holds several series. */
  readonly series?: string | undefined;
  /** Where indices are kept; false for nowhere. The folder of `cacheDir` by default. */
  readonly cache?: IndexCache | false | undefined;
  /** The folder of the cache, in place of the platform's. */
  readonly cacheDir?: string | undefined;
  /** Make the index anew even if there is one. */
  readonly rebuild?: boolean | undefined;
  /** Read only the columns of a kept index that drawing takes; {@linkcode SeriesIndex.table} has just those then. */
  readonly imagingOnly?: boolean | undefined;
  /** Limits on headers, in place of the defaults. */
  readonly limits?: Partial<HeaderLimits> | undefined;
  /** Most reads under way at once; 32 by default. */
  readonly concurrency?: number | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each header with how many are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Takes lines that a user should see: a rebuilt index, a cache that cannot be used. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

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
    return new SeriesIndex(await loadIndex(location, options), location, options);
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
    let drawing = await this.#drawMosaic(options);
    const { failures, slices } = drawing;
    if (this.source === "hit" && showOutdated(failures, slices.length)) {
      this.#options.onNotice?.("the series has changed since its index was kept; reading it again");
      this.#loaded = await loadIndex(this.#location, { ...this.#options, rebuild: true });
      drawing = await this.#drawMosaic(options);
    }
    return finishMosaic(drawing);
  }

  async #drawMosaic(options: MosaicOptions): Promise<MosaicDrawing> {
    const { stack } = options;
    const table = stack === undefined ? this.#table : this.#table.stack(stack);
    const reader = new SliceReader(table, this.#location.store, this.#decodeStats);
    const { concurrency, signal } = this.#options;
    return await drawMosaic(table, reader, { concurrency, signal, ...options });
  }
}

/** Loads the index of a series from the cache, or makes and keeps it. */
async function loadIndex(
  location: LocatedSeries,
  options: SeriesIndexOptions,
): Promise<LoadedIndex> {
  const { series: uid, onNotice, signal } = options;
  const { cacheKey } = location;
  const name = await seriesName(uid ? `${cacheKey}#${uid}` : cacheKey);
  return await loadOrGenerateIndex(name, {
    cache: await openCache(options),
    columns: options.imagingOnly ? imagingColumns : undefined,
    rebuild: options.rebuild,
    onNotice,
    signal,
    generate: () => generateIndex(location, { ...options, seriesUID: name }),
    retryFailed: (kept) => retryFailed(location, kept, options),
  });
}

/** The cache to use: the one given, or the folder that the options and the environment name. */
async function openCache(options: SeriesIndexOptions): Promise<IndexCache | null> {
  const { cache, cacheDir, env, onNotice } = options;
  if (cache !== undefined) return cache === false ? null : cache;
  // Where there are no files there is no folder to keep an index in.
  if (!("Deno" in globalThis)) return null;
  try {
    return await openFileIndexCache(getCacheDirectory({ cacheDir, env }));
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    onNotice?.(`going on without a cache: ${error.message}`);
    return null;
  }
}
