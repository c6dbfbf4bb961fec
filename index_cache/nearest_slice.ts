import { UsageError } from "../errors.ts";
import { checkSliceCount } from "./check_range.ts";
import type { SeriesTable } from "./series_table.ts";

/**
 * The slice nearest to a location in millimeters along the slices' normal; the first in display
 * order of those that are as near.
 *
 * Slices of every orientation are compared, each along its own normal; a stack of the series
 * (`table.stack(n)`) has one. Slices without geometry are left out, whatever their Slice Location.
 *
 * @throws {UsageError} When the location is no number, or no slice has geometry.
 * @throws {NoImageError} When there is no slice.
 *
 * @example
 * ```ts
 * import { IndexBuilder, nearestSlice } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const vector = (keyword: string, tag: number, values: number[]) => (
 *   { keyword, tag, vr: "DS", single: false, values }
 * );
 * const builder = new IndexBuilder();
 * for (const z of [0, 10, 20]) {
 *   builder.add({
 *     url: `https://example.org/series/${z}.dcm`,
 *     fileSize: null,
 *     etag: null,
 *     pixelOffset: null,
 *     pixelLength: null,
 *     attributes: [
 *       vector("ImagePositionPatient", 0x00200032, [0, 0, z]),
 *       vector("ImageOrientationPatient", 0x00200037, [1, 0, 0, 0, 1, 0]),
 *     ],
 *     frameCount: 1,
 *     frameGeometry: null,
 *     frameOffsets: null,
 *     frameLengths: null,
 *   });
 * }
 * const table = await builder.build({ seriesUID: "series", address: "https://example.org/series" });
 * assertEquals(nearestSlice(table, 18), 0);
 * ```
 */
export function nearestSlice(table: SeriesTable, location: number): number {
  if (!Number.isFinite(location)) {
    throw new UsageError(`location is ${location}; it must be a number of millimeters`);
  }
  checkSliceCount(table.sliceCount);
  let nearest = -1;
  let distance = Infinity;
  table.locations.forEach((at, n) => {
    if (Math.abs(at - location) < distance) {
      nearest = n;
      distance = Math.abs(at - location);
    }
  });
  if (nearest < 0) {
    throw new UsageError(
      `location is ${location}, but no slice tells where it lies; choose by position, 0 to 1`,
    );
  }
  return nearest;
}
