/**
 * A smooth curve through points of `[position, value]` in ascending position, level beyond both
 * ends: a cubic Hermite spline with Catmull-Rom slopes.
 */
export function createCurve(
  ...points: readonly (readonly [position: number, value: number])[]
): (position: number) => number {
  const slope = (index: number): number => {
    const before = points[index - 1];
    const after = points[index + 1];
    return before && after ? (after[1] - before[1]) / (after[0] - before[0]) : 0;
  };
  const slopes = points.map((_, index) => slope(index));
  return (position) => {
    let index = 0;
    while (index < points.length - 2 && position > points[index + 1]![0]) index++;
    const [start, first] = points[index]!;
    const [end, last] = points[index + 1]!;
    const width = end - start;
    const t = Math.min(1, Math.max(0, (position - start) / width));
    const u = 1 - t;
    return first * u * u * (1 + 2 * t) + slopes[index]! * width * t * u * u +
      last * t * t * (3 - 2 * t) - slopes[index + 1]! * width * t * t * u;
  };
}
