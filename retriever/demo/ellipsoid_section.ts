import type { Point } from "./tube.ts";

/** An ellipsoid in mm, LPS. */
export interface Ellipsoid {
  readonly center: Point;
  /** Half-axes: along {@linkcode Ellipsoid.axis}, across it in the slice, across both. */
  readonly radii: Point;
  /** Direction of the first half-axis; toward the patient's left when absent. */
  readonly axis?: Point;
}

/** An ellipsoid cut by one slice. */
export class EllipsoidSection {
  readonly #x: number;
  readonly #y: number;
  /** The matrix that turns offsets from the center into those of a unit sphere, row by row. */
  readonly #matrix: Float64Array;
  readonly #height: number;
  readonly #bound: number;
  readonly #near: boolean;

  /** Cuts an ellipsoid at `z`. */
  constructor({ center, radii, axis = [1, 0, 0] }: Ellipsoid, z: number) {
    const [ax, ay, az] = scaled(axis, 1 / Math.hypot(...axis));
    const across = scaled([-ay, ax, 0], 1 / Math.hypot(ax, ay));
    const up: Point = [
      ay * across[2] - az * across[1],
      az * across[0] - ax * across[2],
      ax * across[1] - ay * across[0],
    ];
    this.#x = center[0];
    this.#y = center[1];
    this.#height = z - center[2];
    this.#matrix = Float64Array.of(
      ...scaled([ax, ay, az], 1 / radii[0]),
      ...scaled(across, 1 / radii[1]),
      ...scaled(up, 1 / radii[2]),
    );
    this.#bound = Math.max(...radii) + REACH;
    this.#near = Math.abs(this.#height) < this.#bound;
  }

  /** Signed distance to the surface in mm, negative inside; exact near the surface only. */
  distance(x: number, y: number): number {
    const dx = x - this.#x;
    const dy = y - this.#y;
    const dz = this.#height;
    const bound = this.#bound;
    if (!this.#near || dx > bound || -dx > bound || dy > bound || -dy > bound) return REACH;
    const m = this.#matrix;
    const u = m[0]! * dx + m[1]! * dy + m[2]! * dz;
    const v = m[3]! * dx + m[4]! * dy + m[5]! * dz;
    const w = m[6]! * dx + m[7]! * dy + m[8]! * dz;
    const length = Math.sqrt(u * u + v * v + w * w);
    if (length < 1e-6) return -bound;
    const gx = m[0]! * u + m[3]! * v + m[6]! * w;
    const gy = m[1]! * u + m[4]! * v + m[7]! * w;
    const gz = m[2]! * u + m[5]! * v + m[8]! * w;
    return length * (length - 1) / Math.sqrt(gx * gx + gy * gy + gz * gz);
  }
}

/** Distance in mm beyond which ellipsoids are not told apart. */
const REACH = 24;

function scaled([x, y, z]: Point, factor: number): Point {
  return [x * factor, y * factor, z * factor];
}
