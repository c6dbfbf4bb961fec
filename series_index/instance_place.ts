import type { SeriesTable } from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import type { Slice } from "./slice_reader.ts";

/** Where an instance is in the index, and which slice it was asked for as. */
export interface InstancePlace {
  readonly row: number;
  readonly slice: Slice;
  readonly hasImage: boolean;
}

/**
 * Finds the instances of slices by their numbers in display order; where no instance has an image,
 * by the numbers of the instances.
 *
 * @throws {UsageError} When there is no slice of a number.
 */
export function listInstancePlaces(
  table: SeriesTable,
  numbers: readonly number[],
): InstancePlace[] {
  const hasImage = table.sliceCount > 0;
  const last = (hasImage ? table.sliceCount : table.instanceCount) - 1;
  return numbers.map((index) => {
    const { row, frame } = hasImage ? table.slice(index) : { row: index, frame: null };
    const slice: Slice = {
      index,
      position: last === 0 ? 0 : index / last,
      uid: table.value(row, "SOPInstanceUID") as string | null,
      url: String(table.value(row, SERIES_COLUMNS.dataUrl)),
      frame,
    };
    return { row, slice, hasImage };
  });
}
