import { length } from "./length.ts";

/** Distance in mm, in the plane, of a point to the straight line between two others. */
export function segmentDistance(
  x: number,
  y: number,
  ax: number,
  ay: number,
  bx: number,
  by: number,
): number {
  const dx = bx - ax;
  const dy = by - ay;
  const t = ((x - ax) * dx + (y - ay) * dy) / Math.max(dx * dx + dy * dy, 1e-9);
  const part = t < 0 ? 0 : t > 1 ? 1 : t;
  return length(x - ax - dx * part, y - ay - dy * part);
}
