import { createCurve } from "./create_curve.ts";
import { length } from "./length.ts";

/** Half-width in mm of manubrium, body and xiphoid process, from below. */
const HALF_WIDTH = createCurve(
  [-56, 2],
  [-48, 7],
  [-38, 11],
  [-30, 17],
  [10, 16],
  [34, 14],
  [40, 16],
  [56, 25],
  [66, 30],
  [71, 24],
);
const HALF_DEPTH = createCurve([-56, 2.5], [-38, 5], [30, 5.8], [60, 7.5], [71, 6]);
const TOP = 70;
const BOTTOM = -54;
/** z in mm of the joint between manubrium and body. */
const JOINT = 37;
const JOINT_HALF_HEIGHT = 1.2;

/** y in mm behind which no breastbone lies, and the distance answered there. */
const BACK = -30;
const FAR = 1000;

/** The breastbone cut by one slice. */
export class BreastboneSection {
  readonly #y: number;
  readonly #halfWidth: number;
  readonly #halfDepth: number;
  readonly #above: number;

  /** Cuts the breastbone at `z`; `frontY` is the y in mm of the rib cage's front there. */
  constructor(z: number, frontY: number) {
    this.#y = frontY + 1;
    this.#halfWidth = HALF_WIDTH(z);
    this.#halfDepth = HALF_DEPTH(z);
    this.#above = Math.max(z - TOP, BOTTOM - z, JOINT_HALF_HEIGHT - Math.abs(z - JOINT));
  }

  /** Signed distance in mm to the bone, negative inside. */
  distance(x: number, y: number): number {
    if (y > BACK || this.#above > 1) return FAR;
    const bend = 0.004 * x * x;
    const radius = Math.min(this.#halfDepth, this.#halfWidth);
    const across = Math.max(0, Math.abs(x) - this.#halfWidth + radius);
    // The edges are rounded, the faces a little hollow.
    return Math.max(length(across, y - this.#y - bend) - radius, this.#above);
  }
}
