import { createCurve } from "./create_curve.ts";
import type { Tube } from "./tube.ts";

/** Pieces that one stretch between two stations of a path is cut into. */
const PIECES = 4;

/**
 * Bends tubes along a smooth path through stations of `[x, y, z, radius]`, all in mm.
 */
export function createTubes(
  hounsfield: number,
  stations: readonly (readonly [x: number, y: number, z: number, radius: number])[],
): Tube[] {
  const along = ([0, 1, 2, 3] as const).map((axis) =>
    createCurve(...stations.map((station, index) => [index, station[axis]] as const))
  );
  const at = (t: number): readonly number[] => along.map((curve) => curve(t));
  const tubes: Tube[] = [];
  const count = (stations.length - 1) * PIECES;
  for (let piece = 0; piece < count; piece++) {
    const [x0 = 0, y0 = 0, z0 = 0, fromRadius = 0] = at(piece / PIECES);
    const [x1 = 0, y1 = 0, z1 = 0, toRadius = 0] = at((piece + 1) / PIECES);
    tubes.push({ from: [x0, y0, z0], to: [x1, y1, z1], fromRadius, toRadius, hounsfield });
  }
  return tubes;
}
