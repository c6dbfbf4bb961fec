import type { IndexColumn } from "./index_columns.ts";

/** What slices are counted by. */
export interface SliceCounts {
  /** The frames of a row. */
  readonly frameCount: (row: number) => number;
  /** The stack whose slices to count; null for all. */
  readonly stack: number | null;
  /** The stack of each row. */
  readonly stacks: IndexColumn | null;
  /** The stacks of the frames of each row; null where none has several. */
  readonly frameStacks: IndexColumn | null;
}

/** Counts the slices that are shown of each row. */
export function countSlices(
  rowCount: number,
  { frameCount, stack, stacks, frameStacks }: SliceCounts,
): Uint32Array {
  const counts = new Uint32Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    counts[row] = frameCount(row);
    if (stack === null) continue;
    const ofFrames = frameStacks?.get(row) as readonly number[] | null | undefined;
    if (ofFrames) counts[row] = ofFrames.filter((each) => each === stack).length;
    else if (stacks?.get(row) !== stack) counts[row] = 0;
  }
  return counts;
}
