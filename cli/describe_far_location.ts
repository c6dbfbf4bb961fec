import type { SeriesIndex } from "../series_index/series_index.ts";

/**
 * Says that `--location` is outside of a series, by more than a slice is from the next, and so
 * perhaps a mistake; null where it is not.
 */
export function describeFarLocation(
  { positionRange, sliceCount }: SeriesIndex,
  location: number,
): string | null {
  if (positionRange === null) return null;
  const [low, high] = positionRange;
  const spacing = (high - low) / Math.max(1, sliceCount - 1);
  if (Math.max(low - location, location - high) <= Math.max(1, spacing)) return null;
  return `--location ${location} is outside of the series, ${round(low)} to ${round(high)} mm: ` +
    "the slice at that end is taken";
}

function round(millimeters: number): number {
  return Number(millimeters.toFixed(3));
}
