import type { IndexList } from "./index_columns.ts";
import { SERIES_COLUMNS } from "./series_columns.ts";

/** What an index knows of the frames of one instance; a list is null where there is none. */
export interface RowFrames {
  /** The stored number of a frame, by its number among those shown. */
  readonly storedNumber: (shown: number) => number;
  /** By stored number. */
  readonly axes: IndexList | null;
  /** By stored number. */
  readonly positions: IndexList | null;
}

/**
 * Finds the frames of a row.
 *
 * @param list The values of the row in a column.
 * @param stack The stack whose frames are shown; null for all.
 */
export function readRowFrames(
  list: (column: string) => IndexList | null,
  stack: number | null,
): RowFrames {
  const order = list(SERIES_COLUMNS.frameOrder);
  const stacks = stack === null ? null : list(SERIES_COLUMNS.frameStack);
  let storedNumber = (shown: number) => order === null ? shown : order.at(shown) as number;
  if (stacks !== null) {
    const frames = Array.from({ length: stacks.length }, (_, shown) => storedNumber(shown));
    const shownFrames = frames.filter((frame) => stacks.at(frame) === stack);
    storedNumber = (shown) => shownFrames[shown]!;
  }
  return {
    storedNumber,
    axes: list(SERIES_COLUMNS.frameAxis),
    positions: list(SERIES_COLUMNS.framePosition),
  };
}
