import { UsageError } from "../errors.ts";
import type { SeriesTable } from "../index_cache/mod.ts";
import { chooseSlice } from "./choose_slice.ts";

/** Which slices are meant: either positions or slice numbers. */
export interface SlicesChoice {
  /** From 0, the first slice in display order, to 1, the last. */
  readonly positions?: readonly number[] | undefined;
  /** Numbers of slices in display order, counted from 0. */
  readonly sliceNumbers?: readonly number[] | undefined;
}

/**
 * Finds the numbers of the slices that are meant.
 *
 * @param count How many slices there are to choose from.
 * @throws {UsageError} When there is no such slice, or the choice is made in both ways or in none.
 */
export function chooseSlices(
  table: SeriesTable,
  { positions, sliceNumbers }: SlicesChoice,
  count: number,
): number[] {
  if ((positions === undefined) === (sliceNumbers === undefined)) {
    throw new UsageError("slices are chosen either by positions or by sliceNumbers; give one");
  }
  return [
    ...(positions ?? []).map((position) => chooseSlice(table, { position }, count)),
    ...(sliceNumbers ?? []).map((sliceNumber) => chooseSlice(table, { sliceNumber }, count)),
  ];
}
