import type { Table } from "apache-arrow";
import type { PixelImage } from "../contrast/pixel_image.ts";
import type { FailedRead } from "../errors.ts";
import type {
  IndexRow,
  IndexSource,
  PrimaryAxis,
  SeriesTable,
  SkippedObject,
} from "../index_cache/mod.ts";
import { writeIndex } from "../index_cache/write_index.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import type { Outcome } from "../retriever/outcome.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { chooseSlice, type SliceChoice } from "./choose_slice.ts";
import { chooseSlices } from "./choose_slices.ts";
import {
  type ContrastMosaic,
  type ContrastMosaicOptions,
  drawContrastMosaic,
} from "./draw_contrast_mosaic.ts";
import { drawImages, type SliceImage } from "./draw_images.ts";
import { drawMosaic, type MosaicOptions } from "./draw_mosaic.ts";
import { finishFrames, type RenderedFrames } from "./finish_frames.ts";
import { finishMosaic, type Mosaic, type MosaicDrawing } from "./finish_mosaic.ts";
import type { FramesOptions } from "./frames_options.ts";
import { getInstances, type GetInstancesOptions, type InstanceOptions } from "./get_instances.ts";
import type { GetImageOptions, GetImagesOptions } from "./image_options.ts";
import type { Instance } from "./instance.ts";
import { OpenSeries } from "./open_series.ts";
import { renderFrames } from "./render_frames.ts";
import type { SeriesIndexOptions } from "./series_index_options.ts";

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
  readonly #series: OpenSeries;

  private constructor(series: OpenSeries) {
    this.#series = series;
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
    return new SeriesIndex(await OpenSeries.open(series, options));
  }

  /** Where the index came from; `miss` while {@linkcode SeriesIndex.saved} is to be awaited. */
  get source(): IndexSource {
    return this.#series.loaded.source;
  }

  /**
   * Waits until the cache has taken an index that was made, and answers where it came from. Only of a
   * series that was opened with `imagingOnly` is there something to wait for, and what reads of it
   * waits by itself: this is for programs that exit without having read.
   *
   * @example
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
   * import { assertEquals } from "@std/assert";
   *
   * const cache = new MemoryIndexCache();
   * const index = await SeriesIndex.open("demo:ct", { cache, imagingOnly: true });
   * assertEquals(await index.saved(), "miss");
   * assertEquals((await cache.list()).length, 1);
   * ```
   */
  async saved(options: AbortOptions = {}): Promise<IndexSource> {
    options.signal?.throwIfAborted();
    await this.#series.settle(options.signal);
    return this.source;
  }

  get #table(): SeriesTable {
    return this.#series.loaded.table;
  }

  /** The series' canonical address, without credentials. */
  get address(): string {
    return this.#series.location.address;
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

  /**
   * The index as an Arrow table, one row an instance in display order.
   *
   * @throws {UsageError} When the series was opened with `imagingOnly` and
   * {@linkcode SeriesIndex.loadTable} was not called.
   */
  get table(): Table {
    return this.#table.table;
  }

  /**
   * The index as an Arrow table, of a series that was opened with `imagingOnly`, too: of the columns
   * that were read. {@linkcode SeriesIndex.table} has it from then on.
   *
   * @example
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false, imagingOnly: true });
   * const table = await index.loadTable();
   * assertEquals(table.numRows, index.instanceCount);
   * ```
   */
  async loadTable(options: AbortOptions = {}): Promise<Table> {
    return await this.#table.loadTable(options);
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

  /**
   * The rows of the index in display order as plain values, of the given columns or of all.
   *
   * @example
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false });
   * const [first] = index.rows(["InstanceNumber", "_primary_position"]);
   * assertEquals(first, { InstanceNumber: 120, _primary_position: 88.5 });
   * ```
   */
  *rows(columns?: readonly string[]): Generator<IndexRow> {
    for (let row = 0; row < this.instanceCount; row++) yield this.#table.row(row, columns);
  }

  /**
   * The index as a Parquet file, as the cache keeps it.
   *
   * @throws {UsageError} When the series was opened with `imagingOnly`.
   *
   * @example
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { readIndex } from "@dicom/series-preview/index-cache";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false });
   * const { sliceCount } = await readIndex(await index.toParquet());
   * assertEquals(sliceCount, 120);
   * ```
   */
  async toParquet(options: { readonly signal?: AbortSignal } = {}): Promise<Uint8Array> {
    return await writeIndex(this.#table, options);
  }

  /** Bytes of stored values decoded so far. */
  get bytesDecoded(): number {
    return this.#series.stats.bytesDecoded;
  }

  /**
   * Draws a mosaic of slices that are spread evenly over the series.
   *
   * Where a kept index proves outdated, what has changed of the series is read again, once, with a
   * notice; tiles that stay as they are are kept.
   *
   * @throws {UsageError} When a number is out of bounds.
   * @throws {NoImageError} When the series has no image.
   * @throws {SeriesPreviewError} When not one slice could be drawn.
   */
  async renderMosaic(options: MosaicOptions = {}): Promise<Mosaic> {
    return finishMosaic(await this.#series.read(options, drawMosaic, failuresOfDrawing));
  }

  /**
   * Draws slices by several contrasts beside each other, a row a slice: one slice, the middle one by
   * default, or with any of `samples`, `start` and `end` several. Each slice is read and decoded
   * once. Otherwise as {@linkcode SeriesIndex.renderMosaic}.
   *
   * @throws {UsageError} When a number is out of bounds, or no slice holds a view asked for.
   * @throws {NoImageError} When the series has no image.
   * @throws {SeriesPreviewError} When not one slice could be drawn.
   *
   * @example
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false });
   * const { columns, rows, slices } = await index.renderContrastMosaic({ samples: 2, width: 256 });
   * assertEquals([columns, rows, slices.length], [4, 2, 2]);
   * ```
   */
  async renderContrastMosaic(options: ContrastMosaicOptions = {}): Promise<ContrastMosaic> {
    const drawing = await this.#series.read(options, drawContrastMosaic, failuresOfDrawing);
    return { ...finishMosaic(drawing), contrasts: drawing.contrasts };
  }

  /**
   * Draws slices that are spread evenly over the series as frames of one size, as for a video, and
   * hands them on one after another: there are never more slices in memory than `concurrency`, as
   * they are stored, and twice as many as there are threads decoded.
   *
   * A window that is measured is measured once for all frames, on 16 of the slices that need it,
   * which are read twice for that. Where a kept index proves outdated, what has changed of it is read
   * again, once, with a notice, and all frames are drawn again.
   *
   * @param consume Uses the frames up as they come, grey or RGB; a slice that could not be drawn is a
   * marked one. It is called again when the frames are drawn again.
   * @throws {UsageError} When a number is out of bounds, or no slice holds the view asked for.
   * @throws {NoImageError} When the series has no image.
   * @throws {SeriesPreviewError} When not one slice could be drawn.
   *
   * @example A video
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { encodeVideo } from "@dicom/series-preview/mosaic";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false });
   * const { result, slices, failed } = await index.renderFrames(
   *   { samples: 6, width: 64 },
   *   (frames) => encodeVideo(frames, { fps: 12 }),
   * );
   * assertEquals([slices.length, failed.length], [6, 0]);
   * assertEquals(new TextDecoder().decode(result.subarray(4, 8)), "ftyp");
   * ```
   */
  async renderFrames<T>(
    options: FramesOptions,
    consume: (frames: AsyncIterable<PixelImage>) => Promise<T>,
  ): Promise<RenderedFrames<T>> {
    const drawing = await this.#series.read(
      options,
      (source, settled) => renderFrames(source, settled, consume),
      failuresOfDrawing,
    );
    return finishFrames(drawing);
  }

  /**
   * Draws slices as pictures of their own, each read once, of JPEG 2000 and HTJ2K no more than the
   * size takes. A window that is measured is measured once over all of the slices that need it, so
   * that their pictures compare.
   *
   * Where a kept index proves outdated, what has changed of the series is read again, once, with a
   * notice.
   *
   * @returns An outcome for each position or number in their order: the picture, or the error that
   * names why there is none.
   * @throws {UsageError} When a number is out of bounds, both or none of positions and numbers are
   * given, or no slice holds the view asked for.
   * @throws {NoImageError} When the series has no image.
   *
   * @example A strip of three slices
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { planGrid, planMosaic, tileImages } from "@dicom/series-preview/mosaic";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false });
   * const outcomes = await index.getImages({ positions: [0.2, 0.5, 0.8], width: 128 });
   * // A slice that could not be drawn is marked.
   * const tiles = outcomes.map(({ value }) => value ?? null);
   * const grid = planGrid({ columns: 3, rows: 1 });
   * const strip = tileImages(tiles, planMosaic(grid, { width: 384, tileAspect: 1 }));
   * assertEquals([strip.width, strip.height], [384, 128]);
   * ```
   */
  async getImages(options: GetImagesOptions): Promise<Outcome<SliceImage>[]> {
    return await this.#series.readEach(options, (source, settled) => {
      return drawImages(source, (count) => chooseSlices(source.table, options, count), settled);
    });
  }

  /**
   * Draws one slice, the middle one by default, in its own pixels or at the size asked for; otherwise
   * as {@linkcode SeriesIndex.getImages}.
   *
   * @throws {UsageError} When there is no such slice, or a number is out of bounds.
   * @throws {NoImageError} When the series has no image.
   * @throws {SeriesPreviewError} When the slice cannot be read or drawn.
   *
   * @example
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { parseContrast } from "@dicom/series-preview/contrast";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false });
   * const image = await index.getImage({ position: 0.3, contrast: parseContrast("lung") });
   * assertEquals([image.width, image.height, image.slice.index], [512, 512, 36]);
   * ```
   */
  async getImage(options: GetImageOptions = {}): Promise<SliceImage> {
    return valueOf(
      await this.#series.readEach(options, (source, settled) => {
        return drawImages(source, (count) => [chooseSlice(source.table, options, count)], settled);
      }),
    );
  }

  /**
   * Reads the instances of slices: their headers from the index, their frames from where they lie.
   *
   * Where a kept index proves outdated, what has changed of it is read again, once, with a notice, and
   * then all that is asked for.
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
    return await this.#series.readEach(options, (source, settled) => {
      return getInstances(source, (count) => chooseSlices(source.table, options, count), settled);
    });
  }

  /**
   * Reads the instance of one slice, the middle one by default; otherwise as
   * {@linkcode SeriesIndex.getInstances}.
   *
   * @throws {UsageError} When there is no such slice.
   * @throws {NoImageError} When the series has no image and more than the header is wanted.
   * @throws {SeriesPreviewError} When the instance cannot be read.
   *
   * @example
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false });
   * const { slice, dataset } = await index.getInstance({ location: 0, headersOnly: true });
   * assertEquals([slice.index, dataset.InstanceNumber], [59, 61]);
   * ```
   */
  async getInstance(options: SliceChoice & InstanceOptions = {}): Promise<Instance> {
    return valueOf(
      await this.#series.readEach(options, (source, settled) => {
        return getInstances(
          source,
          (count) => [chooseSlice(source.table, options, count)],
          settled,
        );
      }),
    );
  }
}

function failuresOfDrawing({ failures, slices }: Pick<MosaicDrawing, "failures" | "slices">) {
  return [failures, slices.length] as const;
}

/** The value of a single outcome; throws its error. */
function valueOf<T>([outcome]: readonly Outcome<T>[]): T {
  if (outcome!.error !== undefined) throw outcome!.error;
  return outcome!.value;
}
