import { UsageError } from "../errors.ts";
import { checkInteger, checkSliceCount, checkUnit } from "./check_range.ts";
import { sliceNumberAt } from "./slice_number_at.ts";

/** The part of a series that slices are taken of. */
export interface SampleRange {
  /** Where the range starts, from 0 to 1; 0 by default. */
  readonly start?: number | undefined;
  /** Where the range ends, from the start to 1; 1 by default. */
  readonly end?: number | undefined;
}

/** Options of {@linkcode selectSlices}. */
export interface SelectSlicesOptions extends SampleRange {
  /** How many slices to take, 1 or more; all in the range when there are fewer. */
  readonly samples: number;
}

/**
 * Takes evenly spaced slices of a range, ascending and each once; a single one is the middle.
 *
 * @param n How many slices there are.
 * @returns The slices' numbers, counted from 0.
 * @throws {UsageError} When a number is out of its bounds.
 * @throws {NoImageError} When there is no slice.
 *
 * @example
 * ```ts
 * import { selectSlices } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(selectSlices({ samples: 5 }, 101), [0, 25, 50, 75, 100]);
 * assertEquals(selectSlices({ samples: 1, start: 0.5, end: 1 }, 101), [75]);
 * assertEquals(selectSlices({ samples: 9 }, 3), [0, 1, 2]);
 * ```
 */
export function selectSlices(options: SelectSlicesOptions, n: number): number[] {
  const { samples, start = 0, end = 1 } = options;
  checkInteger("samples", samples, 1);
  checkUnit("start", start);
  checkUnit("end", end);
  if (start > end) {
    throw new UsageError(`start is ${start} and end ${end}; start must not be above end`);
  }
  checkSliceCount(n);
  if (samples === 1) return [sliceNumberAt((start + end) / 2, n)];
  const lowest = sliceNumberAt(start, n);
  const count = sliceNumberAt(end, n) - lowest + 1;
  if (count <= samples) return Array.from({ length: count }, (_, i) => lowest + i);
  const last = samples - 1;
  const positions = Array.from(
    { length: samples },
    (_, i) => i === last ? end : start + (end - start) * i / last,
  );
  return [...new Set(positions.map((position) => sliceNumberAt(position, n)))];
}
