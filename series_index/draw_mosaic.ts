import { requireView } from "../contrast/require_view.ts";
import { selectSlices } from "../index_cache/select_slices.ts";
import { displayAspect } from "../mosaic/display_aspect.ts";
import { planGrid } from "../mosaic/plan_grid.ts";
import { planMosaic } from "../mosaic/plan_mosaic.ts";
import { chooseContrast, type ContrastChoice } from "./contrast_choice.ts";
import { describeEach } from "./describe_each.ts";
import { describeFirstDecodable } from "./describe_first_decodable.ts";
import { drawTiles } from "./draw_tiles.ts";
import type { MosaicDrawing } from "./finish_mosaic.ts";
import { requireImages } from "./require_images.ts";
import type { SeriesSource } from "./series_source.ts";
import { sliceLabel } from "./slice_label.ts";
import { SliceReader } from "./slice_reader.ts";

/** What a mosaic is made of. */
export interface MosaicOptions extends ContrastChoice {
  /** How many slices; 9, or `columns × rows` where both are given. */
  readonly samples?: number | undefined;
  /** Tiles across; ⌈√n⌉ for n samples. */
  readonly columns?: number | undefined;
  /** Tiles down; as many as the samples take. */
  readonly rows?: number | undefined;
  /** Total width in pixels; 768 when neither side is given. */
  readonly width?: number | undefined;
  /** Total height in pixels; follows from the width when absent. */
  readonly height?: number | undefined;
  /** Cut off what would stay black around the tiles. */
  readonly shrinkToFit?: boolean | undefined;
  /** First position of the samples, 0 to 1; 0 by default. */
  readonly start?: number | undefined;
  /** Last position of the samples, 0 to 1; 1 by default. */
  readonly end?: number | undefined;
  /** Show one stack alone, counted from 0; all in display order by default. */
  readonly stack?: number | undefined;
  /** Write on each tile the number of its slice, counted from 0, and where it lies in millimeters. */
  readonly labels?: boolean | undefined;
  /** Most reads under way at once; 32 by default. */
  readonly concurrency?: number | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each slice with how many are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Checks what can be said of a mosaic's options before anything is read.
 *
 * @throws {UsageError} When a number is out of bounds, or they contradict each other.
 */
export function checkMosaicOptions(options: MosaicOptions): void {
  const { start, end } = options;
  const grid = planGrid(options);
  planMosaic(grid, { ...options, tileAspect: 1 });
  selectSlices({ start, end, samples: grid.samples }, 1);
  chooseContrast(options);
}

/**
 * Draws the tiles of a mosaic of slices that are spread evenly over a series.
 *
 * A contrast that is measured is measured once over all the slices that need
 * it, so that their tiles compare: every slice where it is `auto`, those
 * without a window of their own where it is `embedded`. Slices that are read at the resolution their
 * tile takes are measured at it.
 *
 * @throws {UsageError} When a number is out of bounds, or no slice holds the view asked for.
 * @throws {NoImageError} When the series has no image.
 * @throws {UnsupportedTransferSyntaxError} When not one slice can be decoded.
 */
export async function drawMosaic(
  { table, store, stats, decodeLimits }: SeriesSource,
  options: MosaicOptions = {},
): Promise<MosaicDrawing> {
  const contrast = chooseContrast(options);
  const asked = planGrid(options);
  requireImages(table);
  const { start, end } = options;
  const indices = selectSlices({ start, end, samples: asked.samples }, table.sliceCount);
  const reader = new SliceReader(table, store, stats, decodeLimits);
  const grid = planGrid({ ...options, sliceCount: indices.length });
  const tileAspect = displayAspect(describeFirstDecodable(reader, indices));
  requireView(contrast, describeEach(reader, indices));
  const layout = planMosaic(grid, { ...options, tileAspect });
  const tiles = await drawTiles(reader, indices, [contrast], layout, options);
  const labels = options.labels ? indices.map((index) => [sliceLabel(table, index)]) : null;
  return { address: table.metadata.address, ...tiles, labels };
}
