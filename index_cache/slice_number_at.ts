import { checkSliceCount, checkUnit } from "./check_range.ts";

/**
 * The slice at a position from 0, the first in display order, to 1, the last: the nearest one,
 * `round(position·(n−1))`, so that i/(n−1) is exactly slice i.
 *
 * @param position From 0 to 1.
 * @param n How many slices there are.
 * @throws {UsageError} When the position is not from 0 to 1.
 * @throws {NoImageError} When there is no slice.
 *
 * @example
 * ```ts
 * import { sliceNumberAt } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(sliceNumberAt(0.5, 101), 50);
 * ```
 */
export function sliceNumberAt(position: number, n: number): number {
  checkUnit("position", position);
  checkSliceCount(n);
  return Math.round(position * (n - 1));
}
