import type { MosaicGrid } from "./mosaic_grid.ts";

/** The grid without its empty columns and rows; the tiles stay in their places. */
export function trimGrid({ columns, rows, samples }: MosaicGrid): MosaicGrid {
  return {
    columns: Math.min(columns, samples),
    rows: Math.min(rows, Math.ceil(samples / columns)),
    samples,
  };
}
