import { checkContrast } from "../contrast/check_contrast.ts";
import type { Contrast } from "../contrast/contrast.ts";
import { formatContrast } from "../contrast/format_contrast.ts";
import type { PixelImage } from "../contrast/pixel_image.ts";
import { hidesPadding } from "../contrast/hides_padding.ts";
import { requireView } from "../contrast/require_view.ts";
import { canReduce } from "../dicom/can_reduce.ts";
import type { Dataset } from "../dicom/dataset.ts";
import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { UsageError } from "../errors.ts";
import { displayAspect } from "../mosaic/display_aspect.ts";
import { fitInside } from "../mosaic/fit_inside.ts";
import { labelTiles } from "../mosaic/label_tiles.ts";
import { planGrid } from "../mosaic/plan_grid.ts";
import { planMosaic } from "../mosaic/plan_mosaic.ts";
import { singleImageSize } from "../mosaic/single_image_size.ts";
import { tileImages } from "../mosaic/tile_images.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { chooseContrast } from "./contrast_choice.ts";
import type { ContrastsOptions } from "./contrasts_options.ts";
import { defaultContrasts } from "./default_contrasts.ts";
import { drawSlice } from "./draw_slice.ts";
import { HeldSlice, type ReadSliceOptions } from "./held_slice.ts";
import { imageBox, type ImageOptions } from "./image_options.ts";
import { largestCell } from "./largest_cell.ts";
import { measureWindows } from "./measure_windows.ts";
import type { DecodedSlice, Slice } from "./slice_reader.ts";
import { Renderer } from "./workers/renderer.ts";
import { noThreads } from "./workers/start_threads.ts";

/** Options of {@linkcode Instance.getPixels}. */
export interface GetPixelsOptions extends AbortOptions {}

/** Options of {@linkcode Instance.getContrastGrid}. */
export interface ContrastGridOptions extends ContrastsOptions, AbortOptions {
  /** Tiles across; all in one row by default. */
  readonly columns?: number | undefined;
}

/** What an {@linkcode Instance} is made of. */
export interface InstanceParts {
  /** Which slice of the series it was asked for as. */
  readonly slice: Slice;
  /** Modality (0008,0060). */
  readonly modality: string | null;
  /** Its header; null where neither the index nor the instance was asked for it. */
  readonly dataset: Dataset | null;
  /** Describes the slice as the index tells; fails when it has no image. */
  readonly describe: () => ImageDescription;
  /** Reads and decodes the slice; fails when it has no image. */
  readonly read: (options: ReadSliceOptions) => Promise<DecodedSlice>;
  /** The slice at full resolution, where it has been read; null where not. */
  readonly decoded: DecodedSlice | null;
}

/**
 * An instance of a series, as `SeriesIndex.getInstance` answers it: one slice's, where the instance
 * has several frames.
 *
 * Its pixels are fetched and decoded once, and kept for all its pictures.
 *
 * @example
 * ```ts
 * import { SeriesIndex } from "@dicom/series-preview";
 * import { parseContrast } from "@dicom/series-preview/contrast";
 * import { assertEquals } from "@std/assert";
 *
 * const index = await SeriesIndex.open("demo:ct", { cache: false });
 * const instance = await index.getInstance({ position: 1, headersOnly: true });
 * assertEquals(instance.dataset.Modality, "CT");
 * assertEquals(instance.slice.index, 119);
 * const { data, rows, columns } = await instance.getPixels();
 * assertEquals([data.length, rows, columns], [512 * 512, 512, 512]);
 * const lungs = await instance.getImage({ contrast: parseContrast("lung"), width: 128 });
 * assertEquals([lungs.width, lungs.height], [128, 128]);
 * ```
 */
export class Instance {
  /** Which slice of the series it was asked for as: number, position, address, frame. */
  readonly slice: Slice;
  readonly #parts: InstanceParts;
  readonly #held: HeldSlice;
  readonly #renderer = new Renderer({ start: noThreads });

  /** Puts an instance together; `SeriesIndex.getInstances` does. */
  constructor(parts: InstanceParts) {
    this.slice = parts.slice;
    this.#parts = parts;
    this.#held = new HeldSlice(parts.read, parts.decoded);
  }

  /**
   * Its whole header as plain values by keyword, file meta included.
   *
   * From the index all values of an attribute have the type of its column; from the instance itself
   * each has its own.
   *
   * @throws {UsageError} When the series was opened for drawing alone, so that the index tells no
   * headers.
   */
  get dataset(): Dataset {
    if (this.#parts.dataset !== null) return this.#parts.dataset;
    throw new UsageError(
      "the series was opened for drawing alone; open it without imagingOnly, or ask for freshHeaders",
    );
  }

  /**
   * The stored values of its frame, nothing applied to them; read once.
   *
   * @throws {NoImageError} When it has no image.
   * @throws {DecodeError} When the frame is cut, corrupt, or not as the header says.
   * @throws {SeriesPreviewError} When it cannot be read.
   */
  async getPixels(options: GetPixelsOptions = {}): Promise<Frame> {
    return (await this.#held.get({ signal: options.signal })).frame;
  }

  /**
   * A picture of its frame, in its own pixels or at the size asked for. A window that is measured is
   * measured on this frame alone.
   *
   * When its pixels have not been read before, no more of them is read than the size takes.
   *
   * @throws {UsageError} When a number is out of bounds, or the file does not hold the view asked for.
   * @throws {NoImageError} When it has no image.
   * @throws {SeriesPreviewError} When it cannot be read or drawn.
   */
  async getImage(options: ImageOptions = {}): Promise<PixelImage> {
    const contrast = chooseContrast(options);
    const described = this.#parts.describe();
    requireView(contrast, [described]);
    const size = singleImageSize(described, options);
    const { signal } = options;
    const decoded = await this.#read([contrast], { size: imageBox(options), signal });
    const [window] = measureWindows([contrast], [decoded]);
    const [image] = await drawSlice(this.#renderer, decoded, [{ contrast, window: window!, size }]);
    return image!;
  }

  /**
   * Its frame by several contrasts beside each other, as one picture.
   *
   * @throws {UsageError} When a number is out of bounds, or the file does not hold a view asked for.
   * @throws {NoImageError} When it has no image.
   * @throws {SeriesPreviewError} When it cannot be read or drawn.
   *
   * @example
   * ```ts
   * import { SeriesIndex } from "@dicom/series-preview";
   * import { parseContrast } from "@dicom/series-preview/contrast";
   * import { assertEquals } from "@std/assert";
   *
   * const index = await SeriesIndex.open("demo:ct", { cache: false });
   * const instance = await index.getInstance({ position: 0.4 });
   * const contrasts = ["lung", "soft-tissue", "bone"].map(parseContrast);
   * const grid = await instance.getContrastGrid({ contrasts, width: 384 });
   * assertEquals([grid.width, grid.height], [384, 128]);
   * ```
   */
  async getContrastGrid(options: ContrastGridOptions = {}): Promise<PixelImage> {
    const { labels = true, signal, width, height } = options;
    options.contrasts?.forEach(checkContrast);
    const described = this.#parts.describe();
    const contrasts = options.contrasts ?? defaultContrasts(this.#parts.modality, described);
    if (contrasts.length === 0) throw new UsageError("contrasts is empty; name one or more");
    for (const contrast of contrasts) requireView(contrast, [described]);
    const grid = planGrid({
      samples: contrasts.length,
      columns: options.columns ?? contrasts.length,
    });
    const layout = planMosaic(grid, { width, height, tileAspect: displayAspect(described) });
    const decoded = await this.#read(contrasts, { size: largestCell(layout), signal });
    const windows = measureWindows(contrasts, [decoded]);
    const drawings = contrasts.map((contrast, i) => {
      const size = fitInside(layout.cells[i]!, displayAspect(described));
      return { contrast, window: windows[i]!, size };
    });
    const tiles = await drawSlice(this.#renderer, decoded, drawings);
    const image = tileImages(tiles, layout);
    return labels
      ? labelTiles(image, contrasts.map((contrast) => [formatContrast(contrast)]), layout)
      : image;
  }

  /** Reads the slice for pictures by some contrasts; whole where a smaller one would not serve them. */
  #read(contrasts: readonly Contrast[], { size, signal }: ReadSliceOptions): Promise<DecodedSlice> {
    const described = this.#parts.describe();
    const serves = contrasts.every((contrast) => hidesPadding(contrast, described));
    return this.#held.get({
      size: serves || !canReduce(described) ? size : undefined,
      contrasts,
      signal,
    });
  }
}
