import { coverage } from "./coverage.ts";
import { type Ellipsoid, EllipsoidSection } from "./ellipsoid_section.ts";
import { heartTubes } from "./heart_tubes.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import { InterpolatedField } from "./interpolated_field.ts";
import { smoothMinimum } from "./smooth_minimum.ts";
import type { Point } from "./tube.ts";
import { TubeSection } from "./tube_section.ts";

/** From the base of the left ventricle to its apex: left, forward and down. */
const LONG_AXIS: Point = [0.68, -0.53, -0.5];
const LEFT_VENTRICLE: Ellipsoid = { center: [37, -17, -30], radii: [47, 31, 31], axis: LONG_AXIS };
const LEFT_CAVITY: Ellipsoid = { center: [33, -14, -27], radii: [39, 20, 20.5], axis: LONG_AXIS };
const RIGHT_VENTRICLE: Ellipsoid = {
  center: [4, -44, -33],
  radii: [47, 27, 31],
  axis: [0.86, -0.32, -0.4],
};
const RIGHT_ATRIUM: Ellipsoid = { center: [-36, -14, -23], radii: [20, 26, 31] };
const LEFT_ATRIUM: Ellipsoid = { center: [2, 16, -9], radii: [33, 17, 18] };
const APPENDAGE: Ellipsoid = { center: [37, -10, 3], radii: [14, 9, 9], axis: [0.6, -0.75, 0.1] };
/** Fat in the angles between heart and diaphragm. */
const FAT_PADS: readonly Ellipsoid[] = [
  { center: [-36, -52, -58], radii: [24, 18, 22] },
  { center: [70, -48, -62], radii: [24, 17, 18], axis: [0.7, -0.7, 0] },
];

/** z in mm above which there is no part of the heart. */
const TOP = 32;
const RIGHT_WALL = 3.2;
const ATRIAL_WALL = 1.8;
/** Thickness of the fat between the heart and its sac. */
const EPICARDIAL_FAT = 4.5;
const SAC_HALF_THICKNESS = 0.7;

/** The heart and its sac cut by one slice. */
export class HeartSection {
  readonly #leftVentricle: EllipsoidSection;
  readonly #leftCavity: EllipsoidSection;
  readonly #rightVentricle: EllipsoidSection;
  readonly #rightAtrium: EllipsoidSection;
  readonly #leftAtrium: EllipsoidSection;
  readonly #appendage: EllipsoidSection;
  readonly #fatPads: readonly EllipsoidSection[];
  readonly #tubes: TubeSection;
  readonly #sac: InterpolatedField;
  /** Whether the slice comes near the heart. */
  readonly near: boolean;

  /** Cuts the heart at `z`. */
  constructor(z: number) {
    this.#leftVentricle = new EllipsoidSection(LEFT_VENTRICLE, z);
    this.#leftCavity = new EllipsoidSection(LEFT_CAVITY, z);
    this.#rightVentricle = new EllipsoidSection(RIGHT_VENTRICLE, z);
    this.#rightAtrium = new EllipsoidSection(RIGHT_ATRIUM, z);
    this.#leftAtrium = new EllipsoidSection(LEFT_ATRIUM, z);
    this.#appendage = new EllipsoidSection(APPENDAGE, z);
    this.#fatPads = FAT_PADS.map((pad) => new EllipsoidSection(pad, z));
    this.#tubes = new TubeSection(heartTubes(), z, 2);
    this.#sac = new InterpolatedField((x, y) => this.#sacDistance(x, y));
    this.near = z < TOP;
  }

  /** Signed distance in mm to the outside of the sac with the fat pads on it, negative inside. */
  distance(x: number, y: number): number {
    let distance = this.#sac.distance(x, y);
    for (const pad of this.#fatPads) distance = smoothMinimum(distance, pad.distance(x, y), 10);
    return distance;
  }

  /** Paints the heart over a background; answers the radiodensity. */
  paint(x: number, y: number, background: number, texture: number): number {
    if (!this.near) return background;
    const sac = this.#sac.distance(x, y);
    if (sac > 2) return background;
    let value = background;
    value += (HOUNSFIELD.pericardium - value) * coverage(Math.abs(sac + 1) - SAC_HALF_THICKNESS);
    const myocardium = HOUNSFIELD.myocardium + 3 * texture;
    const left = this.#leftVentricle.distance(x, y);
    const right = Math.max(this.#rightVentricle.distance(x, y), -left - 0.5);
    const rightAtrium = this.#rightAtrium.distance(x, y);
    const leftAtrium = Math.min(this.#leftAtrium.distance(x, y), this.#appendage.distance(x, y));
    const muscle = Math.min(left, right, rightAtrium, leftAtrium);
    value += (myocardium - value) * coverage(muscle);
    value += (HOUNSFIELD.rightHeart - value) * coverage(rightAtrium + ATRIAL_WALL);
    value += (HOUNSFIELD.rightHeart - value) * coverage(right + RIGHT_WALL);
    value += (HOUNSFIELD.leftHeart - value) * coverage(leftAtrium + ATRIAL_WALL);
    value += (myocardium - value) * coverage(left);
    value += (HOUNSFIELD.leftHeart - value) *
      coverage(this.#leftCavity.distance(x, y) + 0.35 * texture);
    return this.#tubes.paint(x, y, value);
  }

  #sacDistance(x: number, y: number): number {
    let distance = smoothMinimum(
      this.#leftVentricle.distance(x, y),
      this.#rightVentricle.distance(x, y),
      14,
    );
    distance = smoothMinimum(distance, this.#rightAtrium.distance(x, y), 14);
    distance = smoothMinimum(distance, this.#leftAtrium.distance(x, y), 14);
    distance = smoothMinimum(distance, this.#appendage.distance(x, y), 10);
    return distance - EPICARDIAL_FAT;
  }
}
