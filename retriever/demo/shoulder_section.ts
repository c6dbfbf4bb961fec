import { createCurve } from "./create_curve.ts";
import { createTubes } from "./create_tubes.ts";
import { length } from "./length.ts";
import { segmentDistance } from "./segment_distance.ts";
import { smoothMinimum } from "./smooth_minimum.ts";
import type { Tube } from "./tube.ts";
import { TubeSection } from "./tube_section.ts";

/** Where the shoulder blade's inner edge, middle and outer edge are, in mm, for an arm held up. */
const INNER_X = createCurve([-26, 116], [0, 104], [40, 90], [80, 84], [92, 84]);
const INNER_Y = createCurve([-26, 80], [0, 92], [40, 97], [80, 88], [92, 82]);
const MIDDLE_X = createCurve([-26, 120], [0, 123], [40, 115], [80, 112], [92, 112]);
const MIDDLE_Y = createCurve([-26, 76], [0, 74], [40, 71], [80, 62], [92, 57]);
const OUTER_X = createCurve([-26, 123], [0, 137], [40, 139], [80, 140], [92, 139]);
const OUTER_Y = createCurve([-26, 72], [0, 54], [40, 40], [80, 30], [92, 26]);
/** Half the thickness in mm of the blade, and of its outer edge, which carries the joint. */
const PLATE = createCurve([-28, 2], [0, 1.6], [60, 1.5], [92, 1.9]);
const EDGE = createCurve([-28, 2.6], [0, 3], [50, 4.6], [80, 7], [92, 9]);
/** z in mm of the blade's lower end, and of where its spine leaves the blade. */
const BOTTOM = -24;
const SPINE_BOTTOM = 62;
/** Thickness in mm of the muscles on both faces of the blade, in their middle. */
const MUSCLE = createCurve([-40, 0], [-20, 8], [10, 14], [60, 18], [92, 20]);

/** y in mm behind which no collar bone lies, and the distance answered there. */
const COLLAR_BACK = 12;
const FAR = 1000;

/** Where the left shoulder blade's edges and middle are in a slice, in mm. */
interface Blade {
  readonly innerX: number;
  readonly innerY: number;
  readonly middleX: number;
  readonly middleY: number;
  readonly outerX: number;
  readonly outerY: number;
}

/** Shoulder blades, the muscles on them, and collar bones, cut by one slice. */
export class ShoulderSection {
  readonly #blade: Blade;
  readonly #plate: number;
  readonly #edge: number;
  readonly #muscle: number;
  readonly #below: number;
  /** How far the spine of the blade reaches, 0 to 1. */
  readonly #spine: number;
  readonly #collarBones: TubeSection;

  /** Cuts the shoulders at `z`. */
  constructor(z: number) {
    this.#blade = {
      innerX: INNER_X(z),
      innerY: INNER_Y(z),
      middleX: MIDDLE_X(z),
      middleY: MIDDLE_Y(z),
      outerX: OUTER_X(z),
      outerY: OUTER_Y(z),
    };
    this.#plate = PLATE(z);
    this.#edge = EDGE(z);
    this.#muscle = MUSCLE(z);
    this.#below = BOTTOM - z;
    this.#spine = Math.min(1, (z - SPINE_BOTTOM) / 30);
    this.#collarBones = new TubeSection(allCollarBones(), z, 4);
  }

  /** Signed distance in mm to the bones, negative inside. */
  boneDistance(x: number, y: number): number {
    const collarBone = y < COLLAR_BACK ? this.#collarBones.distance(x, y) : FAR;
    const side = Math.abs(x);
    if (this.#below > 6 || y < 10 || side < 70) return collarBone;
    let blade = this.#plateDistance(side, y) - this.#plate;
    const edge = length(side - this.#blade.outerX, y - this.#blade.outerY) - this.#edge;
    blade = smoothMinimum(blade, edge, 4);
    if (this.#spine > 0) {
      const fromX = this.#blade.middleX - 6;
      const fromY = this.#blade.middleY + 3;
      const toX = fromX + 20 * this.#spine;
      const toY = fromY + 26 * this.#spine;
      blade = smoothMinimum(blade, segmentDistance(side, y, fromX, fromY, toX, toY) - 2.4, 3);
    }
    return Math.min(collarBone, Math.max(blade, this.#below));
  }

  /** Signed distance in mm to the muscles on the blade, negative inside. */
  muscleDistance(x: number, y: number): number {
    const side = Math.abs(x);
    if (side < 62 || y < -10 || this.#muscle < 1) return 9;
    const plate = this.#plateDistance(side, y);
    const { innerX, innerY, outerX, outerY } = this.#blade;
    const along = length(side - innerX, y - innerY) / length(outerX - innerX, outerY - innerY);
    const belly = 0.45 + 2.2 * Math.max(0, along * (1 - along));
    return plate - this.#muscle * belly;
  }

  #plateDistance(side: number, y: number): number {
    const { innerX, innerY, middleX, middleY, outerX, outerY } = this.#blade;
    return smoothMinimum(
      segmentDistance(side, y, innerX, innerY, middleX, middleY),
      segmentDistance(side, y, middleX, middleY, outerX, outerY),
      1,
    );
  }
}

let collarBones: readonly Tube[] | undefined;

function allCollarBones(): readonly Tube[] {
  return collarBones ??= [-1, 1].flatMap((side) =>
    createTubes(0, [
      [side * 21, -54, 69, 9],
      [side * 38, -53, 75, 7.5],
      [side * 66, -46, 81, 6],
      [side * 100, -22, 88, 5.8],
      [side * 128, -2, 97, 6.5],
    ])
  );
}
