import { UsageError } from "../errors.ts";
import { checkInteger } from "./check_range.ts";

/**
 * The slice that many slices after another one, or before it for a negative offset.
 *
 * @param slice The slice's number, counted from 0.
 * @param offset By how many slices to move.
 * @param n How many slices there are.
 * @throws {UsageError} When there is no such slice.
 *
 * @example
 * ```ts
 * import { moveSlice } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(moveSlice(50, -2, 101), 48);
 * ```
 */
export function moveSlice(slice: number, offset: number, n: number): number {
  checkInteger("slice-offset", offset);
  const moved = slice + offset;
  if (moved < 0 || moved >= n) {
    throw new UsageError(
      `slice-offset is ${offset}; from slice ${slice} of ${n} it must be from ${-slice} to ${
        n - 1 - slice
      }`,
    );
  }
  return moved;
}
