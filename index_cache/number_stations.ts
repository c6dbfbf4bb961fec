import { dot, type Vector3 } from "./slice_normal.ts";
import type { SortableSlice } from "./sortable_slice.ts";

/** Slices that begin this far from each other within their plane, in millimeters, are of one station. */
const TOLERANCE = 1;

/** Beyond so many, the slices drift rather than lie at stations. */
const MOST_STATIONS = 32;

/**
 * Numbers slices of one orientation by where they begin within their plane, from 0: the stations of
 * a table, or the sides of a pair.
 *
 * @param normal The unit normal of the slices; null when they have no positions.
 * @returns The number of each slice; of none when there are no stations.
 */
export function numberStations(
  slices: readonly SortableSlice[],
  normal: Vector3 | null,
): readonly (number | undefined)[] {
  const stations: Vector3[] = [];
  const numbers: (number | undefined)[] = [];
  for (const { position } of slices) {
    if (position === null || normal === null) break;
    const along = dot(normal, position);
    const within = position.map((at, axis) => at - normal[axis]! * along) as unknown as Vector3;
    const known = stations.findIndex((station) => distance(station, within) <= TOLERANCE);
    numbers.push(known < 0 ? stations.push(within) - 1 : known);
    if (stations.length > MOST_STATIONS) break;
  }
  return numbers.length === slices.length && stations.length <= MOST_STATIONS
    ? numbers
    : slices.map(() => undefined);
}

function distance(a: Vector3, b: Vector3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
