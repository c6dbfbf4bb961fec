import type { SeriesTable } from "../index_cache/mod.ts";
import { sliceLocation } from "./slice_location.ts";

/**
 * What a label says of a slice, in a line: its number in display order, counted from 0, and to a tenth
 * of a millimeter where it lies along its normal, if that is known.
 */
export function sliceLabel(table: SeriesTable, index: number): string {
  const location = sliceLocation(table, index);
  if (location === null) return `#${index}`;
  // Adding 0 makes 0 of -0.
  return `#${index}  ${Math.round(location * 10) / 10 + 0} mm`;
}
