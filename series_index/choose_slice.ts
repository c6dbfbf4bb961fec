import { UsageError } from "../errors.ts";
import { checkInteger, checkUnit } from "../index_cache/check_range.ts";
import { moveSlice } from "../index_cache/move_slice.ts";
import { nearestSlice } from "../index_cache/nearest_slice.ts";
import type { SeriesTable } from "../index_cache/series_table.ts";
import { sliceNumberAt } from "../index_cache/slice_number_at.ts";

/** Which slice is meant: by one of position, location and number; the middle one by default. */
export interface SliceChoice {
  /** From 0, the first in display order, to 1, the last. */
  readonly position?: number | undefined;
  /** Millimeters along the normal of the slices; the nearest slice is taken. */
  readonly location?: number | undefined;
  /** Its number in display order, counted from 0. */
  readonly sliceNumber?: number | undefined;
  /** Moves on by so many slices, back when negative. */
  readonly sliceOffset?: number | undefined;
}

/**
 * Checks what can be said of a choice before anything is read.
 *
 * @throws {UsageError} When a number is out of bounds, or the choice names two slices.
 */
export function checkSliceChoice(choice: SliceChoice): void {
  const { position, location, sliceNumber, sliceOffset } = choice;
  const given = Object.entries({ position, location, "slice number": sliceNumber })
    .filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    const [[one], [other]] = given as [[string, number], [string, number]];
    throw new UsageError(`${one} and ${other} both choose a slice; give one of them`);
  }
  if (position !== undefined) checkUnit("position", position);
  if (location !== undefined && !Number.isFinite(location)) {
    throw new UsageError(`location is ${location}; it must be a number of millimeters`);
  }
  if (sliceNumber !== undefined) checkInteger("slice number", sliceNumber, 0);
  if (sliceOffset !== undefined) checkInteger("slice-offset", sliceOffset);
}

/**
 * Finds the number of the slice that is meant.
 *
 * @param count How many slices there are to choose from; the table's by default.
 * @throws {UsageError} When there is no such slice.
 * @throws {NoImageError} When there is no slice at all, or for a location none that has one.
 */
export function chooseSlice(
  table: SeriesTable,
  choice: SliceChoice,
  count: number = table.sliceCount,
): number {
  checkSliceChoice(choice);
  const { position = 0.5, location, sliceNumber, sliceOffset = 0 } = choice;
  if (sliceNumber !== undefined && sliceNumber >= count) {
    throw new UsageError(
      `there is no slice ${sliceNumber}; the series has ${count}, counted from 0`,
    );
  }
  const chosen = location !== undefined
    ? nearestSlice(table, location)
    : sliceNumber ?? sliceNumberAt(position, count);
  return moveSlice(chosen, sliceOffset, count);
}
