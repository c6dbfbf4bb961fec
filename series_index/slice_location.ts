import type { SeriesTable } from "../index_cache/mod.ts";

/** Where a slice lies in millimeters along its normal, as `--location` takes it; null without geometry. */
export function sliceLocation(table: SeriesTable, index: number): number | null {
  return table.sliceAxis(index) === "I" ? null : table.slicePosition(index);
}
