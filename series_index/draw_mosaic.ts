import { requireView } from "../contrast/require_view.ts";
import { type SampleRange, selectSlices } from "../index_cache/select_slices.ts";
import { displayAspect } from "../mosaic/display_aspect.ts";
import { type GridOptions, planGrid } from "../mosaic/plan_grid.ts";
import { type MosaicLayoutOptions, planMosaic } from "../mosaic/plan_mosaic.ts";
import type { ManyReadsOptions } from "../retriever/many_reads_options.ts";
import { chooseContrast, type ContrastChoice } from "./contrast_choice.ts";
import { describeEach } from "./describe_each.ts";
import { describeFirstDecodable } from "./describe_first_decodable.ts";
import { drawTiles } from "./draw_tiles.ts";
import type { MosaicDrawing } from "./finish_mosaic.ts";
import { requireImages } from "./require_images.ts";
import type { SeriesSource } from "./series_source.ts";
import { sliceLabel } from "./slice_label.ts";
import { SliceReader } from "./slice_reader.ts";
import type { StackChoice } from "./stack_choice.ts";

/** What a mosaic is made of. */
export interface MosaicOptions
  extends
    ContrastChoice,
    SampleRange,
    StackChoice,
    Omit<GridOptions, "sliceCount">,
    Omit<MosaicLayoutOptions, "tileAspect">,
    ManyReadsOptions {
  /** Write on each tile the number of its slice, counted from 0, and where it lies in millimeters. */
  readonly labels?: boolean | undefined;
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
  { table, store, stats, kept, decodeLimits }: SeriesSource,
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
  const tiles = await drawTiles(reader, indices, [contrast], layout, { ...options, kept });
  const labels = options.labels ? indices.map((index) => [sliceLabel(table, index)]) : null;
  return { address: table.metadata.address, ...tiles, labels };
}
