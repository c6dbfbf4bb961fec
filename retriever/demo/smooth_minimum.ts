/**
 * The smaller of two signed distances, rounded over `radius` mm where they are alike: the union of
 * two shapes with a fillet. With both signs turned it is the intersection.
 */
export function smoothMinimum(first: number, second: number, radius: number): number {
  const overlap = radius - Math.abs(first - second);
  const smaller = first < second ? first : second;
  return overlap <= 0 ? smaller : smaller - overlap * overlap / (4 * radius);
}
