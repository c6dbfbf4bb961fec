import { NoImageError, UsageError } from "../errors.ts";
import { checkSliceCount } from "./check_range.ts";
import type { SeriesTable } from "./series_table.ts";

/**
 * The slice nearest to a location in millimeters along the slices' normal; the first in display
 * order of those that are as near.
 *
 * @throws {UsageError} When the location is no number.
 * @throws {NoImageError} When there is no slice, or none that has geometry.
 *
 * @example
 * ```ts no-eval
 * import { nearestSlice, readIndex } from "@dicom/series-preview/index-cache";
 *
 * const table = await readIndex(await Deno.readFile("series_index.parquet"));
 * console.log(nearestSlice(table, -120.5));
 * ```
 */
export function nearestSlice(table: SeriesTable, location: number): number {
  if (!Number.isFinite(location)) {
    throw new UsageError(`location is ${location}; it must be a number of millimeters`);
  }
  checkSliceCount(table.sliceCount);
  let nearest = -1;
  let distance = Infinity;
  for (let n = 0; n < table.sliceCount; n++) {
    const position = table.sliceAxis(n) === "I" ? null : table.slicePosition(n);
    if (position !== null && Math.abs(position - location) < distance) {
      nearest = n;
      distance = Math.abs(position - location);
    }
  }
  if (nearest < 0) {
    throw new NoImageError("no slice of the series has a location; choose by position instead");
  }
  return nearest;
}
