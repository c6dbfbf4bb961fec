import type { Contrast } from "../contrast/contrast.ts";
import { displayAspect } from "../mosaic/display_aspect.ts";
import { fitInside } from "../mosaic/fit_inside.ts";
import type { MosaicLayout } from "../mosaic/plan_mosaic.ts";
import { drawSlices, type DrawSlicesOptions } from "./draw_slices.ts";
import type { MosaicDrawing } from "./finish_mosaic.ts";
import { largestCell } from "./largest_cell.ts";
import type { SliceReader } from "./slice_reader.ts";

/** The tiles of a mosaic as they came out. */
export type DrawnTiles = Pick<MosaicDrawing, "layout" | "slices" | "images" | "failures">;

/**
 * Reads slices, each once, and draws the tiles of a mosaic from them: each slice by all contrasts,
 * one cell after the other, every picture as large as fits into its cell.
 *
 * @param layout A layout of as many cells as there are slices, times the contrasts.
 */
export async function drawTiles(
  reader: SliceReader,
  indices: readonly number[],
  contrasts: readonly Contrast[],
  layout: MosaicLayout,
  options: Omit<DrawSlicesOptions, "size" | "contrasts">,
): Promise<DrawnTiles> {
  const { cells } = layout;
  const drawn = await drawSlices(reader, indices, {
    contrasts,
    sizeOf: (description, slice, contrast) =>
      fitInside(cells[slice * contrasts.length + contrast]!, displayAspect(description)),
  }, { ...options, size: largestCell(layout) });
  const slices = indices.map((index) => reader.slice(index));
  return {
    layout,
    slices,
    images: drawn.flatMap(({ value }) => contrasts.map((_, i) => value?.[i] ?? null)),
    failures: drawn.flatMap(({ url, error }, i) =>
      error === undefined ? [] : [{ url, frame: slices[i]!.frame, cause: error }]
    ),
  };
}
