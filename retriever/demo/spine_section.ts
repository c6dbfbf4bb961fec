import { createCurve } from "./create_curve.ts";
import { length } from "./length.ts";
import { smoothMinimum } from "./smooth_minimum.ts";
import type { Tube } from "./tube.ts";
import { TubeSection } from "./tube_section.ts";

/** z in mm of the middles of the vertebrae T1 to T12. */
const VERTEBRAE = [94, 75, 55, 35, 15, -5, -24, -42, -60, -78, -96, -114];
/** y in mm of the middle of the vertebral bodies: the spine is bent backward in its middle. */
const BODY_Y = createCurve([-114, 52], [-60, 59], [-5, 62], [50, 54], [95, 38]);
/** Half-extents of a vertebral body in mm, growing downward. */
const BODY_SIDE = createCurve([-100, 19.5], [0, 16.5], [95, 15]);
const BODY_DEPTH = createCurve([-100, 14.5], [0, 13], [95, 9.5]);
/** Thickness in mm of the discs between vertebrae. */
const DISC = createCurve([-100, 5.5], [95, 3.6]);
/** Distance in mm from the middle of the body to the middle of the canal. */
const CANAL_OFFSET = createCurve([-100, 24.5], [0, 22.5], [95, 19.5]);
const CANAL_RADIUS = 8.2;
const CORD_RADIUS = 3.9;

/** The spine cut by one slice. */
export class SpineSection {
  readonly #bodyY: number;
  readonly #side: number;
  readonly #depth: number;
  /** Signed distance in mm from the slice to the nearest disc, negative within the disc. */
  readonly #fromDisc: number;
  readonly #canalY: number;
  readonly #arch: TubeSection;

  /** Cuts the spine at `z`. */
  constructor(z: number) {
    this.#bodyY = BODY_Y(z);
    const disc = nearestDisc(z);
    const waist = Math.min(1, Math.max(0, Math.abs(z - disc) / 9));
    this.#side = BODY_SIDE(z) - 1.8 * waist;
    this.#depth = BODY_DEPTH(z) - 1.3 * waist;
    this.#fromDisc = Math.abs(z - disc) - DISC(z) / 2;
    this.#canalY = this.#bodyY + CANAL_OFFSET(z);
    this.#arch = new TubeSection(allArches(), z, 8);
  }

  /** Signed distance in mm to the column of bodies and discs, negative inside. */
  columnDistance(x: number, y: number): number {
    const u = x / this.#side;
    // The back of a body is hollowed a little by the canal.
    const v = (y - this.#bodyY + 1.5 * Math.max(0, 1 - u * u)) / this.#depth;
    const squares = u * u + v * v;
    const scale = Math.sqrt(Math.sqrt(u * u * u * u + v * v * v * v) * 0.5 + squares * 0.5);
    const reach = this.#side * Math.abs(u) + this.#depth * Math.abs(v);
    return (scale - 1) * reach / Math.max(Math.abs(u) + Math.abs(v), 1e-6);
  }

  /** Signed distance in mm to the bone, from the distance to the column; negative inside. */
  boneDistance(x: number, y: number, column: number): number {
    const body = Math.max(column, -this.#fromDisc);
    return smoothMinimum(body, Math.max(this.#arch.distance(x, y), -this.canalDistance(x, y)), 2);
  }

  /** Signed distance in mm to the spinal canal, negative inside. */
  canalDistance(x: number, y: number): number {
    return length(x, y - this.#canalY) - CANAL_RADIUS;
  }

  /** Signed distance in mm to the spinal cord, negative inside. */
  cordDistance(x: number, y: number): number {
    return length(x * 0.85, y - this.#canalY + 0.5) - CORD_RADIUS;
  }
}

function nearestDisc(z: number): number {
  let nearest = Infinity;
  for (let index = 0; index + 1 < VERTEBRAE.length; index++) {
    const disc = (VERTEBRAE[index]! + VERTEBRAE[index + 1]!) / 2;
    if (Math.abs(z - disc) < Math.abs(z - nearest)) nearest = disc;
  }
  return nearest;
}

let arches: readonly Tube[] | undefined;

function allArches(): readonly Tube[] {
  return arches ??= VERTEBRAE.flatMap((z) => [...createArch(z, -1), ...createArch(z, 1)]);
}

/** One side (1 is left) of a vertebra's arch, with the head and neck of its rib. */
function createArch(z: number, side: number): Tube[] {
  const body = BODY_Y(z);
  const canal = body + CANAL_OFFSET(z);
  const bone = (
    from: readonly [number, number, number],
    to: readonly [number, number, number],
    fromRadius: number,
    toRadius: number,
  ): Tube => ({
    from: [side * from[0], from[1], z + from[2]],
    to: [side * to[0], to[1], z + to[2]],
    fromRadius,
    toRadius,
    hounsfield: 0,
  });
  return [
    // Pedicle.
    bone([11, body + 8, 4], [11.5, canal - 2, 3], 3.6, 3.6),
    // Articular processes, up and down.
    bone([12, canal + 4, 10], [12, canal + 6, -10], 3.2, 3.4),
    // Lamina.
    bone([11, canal + 6, 2], [1, canal + 12, -5], 3.1, 3.3),
    bone([10.5, canal + 6.5, -5], [1, canal + 12, -9], 2.8, 3),
    // Spinous process, which slants down over the next vertebra.
    bone([0, canal + 11, -5], [0, canal + 25, -20], 3.1, 3.6),
    // Transverse process.
    bone([11, canal + 3, 3], [30, canal + 8, 5], 3.9, 4.4),
    // Head and neck of the rib.
    bone([15.5, body + 8, 8.5], [33, canal - 0.5, 3.5], 3.9, 3.3),
    bone([33, canal - 0.5, 3.5], [41, canal + 4, 1], 3.3, 4),
  ];
}
