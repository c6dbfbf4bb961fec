import { bump } from "./bump.ts";
import { coverage } from "./coverage.ts";
import { createCurve } from "./create_curve.ts";
import { createOutline, type OutlineShape } from "./create_outline.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import { type Direction, PolarProfile } from "./polar_profile.ts";

/** The skin's outer surface. */
const BODY: OutlineShape = {
  side: createCurve([-92, 156], [-30, 157], [20, 161], [60, 167], [92, 169]),
  front: createCurve([-92, 116], [-30, 118], [10, 115], [45, 102], [75, 84], [92, 74]),
  back: createCurve([-92, 114], [0, 118], [50, 117], [92, 108]),
  frontExponent: 2.2,
  backExponent: 2.6,
};
const SKIN_THICKNESS = 1.6;
/** Depth in mm of the furrows over the spine and over the breastbone. */
const BACK_FURROW = 5;
const FRONT_FURROW = 6;
/** Distance in mm from the middle of the ribs to the muscles that lie on them. */
const RIB_TO_MUSCLE = 4.2;

/** Skin, fat and the flat muscles of the trunk, cut by one slice. */
export class BodyWall {
  /** The skin's outer surface. */
  readonly skin: PolarProfile;
  readonly #fatDepth: PolarProfile;
  readonly #outer: PolarProfile;
  readonly #deep: PolarProfile;

  /** Cuts the wall of the body at `z`. */
  constructor(z: number) {
    const outline = createOutline(BODY, z);
    this.skin = new PolarProfile((direction) => outline(direction) + contour(direction, z));
    this.#fatDepth = new PolarProfile(({ turn, left }) => fatDepth(turn, z) + left);
    this.#outer = new PolarProfile((direction) => outerThickness(direction, z));
    this.#deep = new PolarProfile((direction) => deepThickness(direction, z));
  }

  /** Signed distance in mm to the flat muscles from those to skin and ribs, negative inside. */
  muscleDistance(fromSkin: number, fromRibs: number, place: number): number {
    const outer = this.#outer.radius(place);
    const depth = -fromSkin - this.#fatDepth.radius(place);
    const deep = this.#deep.radius(place);
    const height = fromRibs - RIB_TO_MUSCLE;
    const outerDistance = outer < 0.5 ? 9 : Math.max(-depth, depth - outer);
    const deepDistance = deep < 0.5 ? 9 : Math.max(-height, height - deep);
    return Math.min(outerDistance, deepDistance);
  }

  /** Radiodensity of skin and fat, from the distance to the skin. */
  fatHounsfield(fromSkin: number, texture: number): number {
    const fat = HOUNSFIELD.fat + 3 * texture + fibers(texture);
    return fat + (HOUNSFIELD.skin - fat) * coverage(-fromSkin - SKIN_THICKNESS);
  }
}

/** Fine sheets of connective tissue that run through the fat, where the texture crosses zero. */
function fibers(texture: number): number {
  return 22 * Math.max(0, 1 - Math.abs(texture) / 0.13);
}

function contour({ turn, left }: Direction, z: number): number {
  const back = BACK_FURROW * Math.exp(-((turn / 0.08) ** 2));
  const front = FRONT_FURROW * Math.exp(-(((1 - turn) / 0.09) ** 2)) * bump(z, -40, 200, 40);
  const chest = 8 * bump(turn, 0.62, 0.94, 0.28) * bump(z, -35, 60, 50);
  return chest - back - front + 0.9 * left;
}

function fatDepth(turn: number, z: number): number {
  const flank = 7 * bump(turn, 0.3, 0.62, 0.3) * bump(z, -200, 20, 80);
  return 8 + flank + 4 * bump(turn, 0.7, 1.3, 0.2);
}

/** Pectoralis major, latissimus dorsi and trapezius, and lower down the wall of the abdomen. */
function outerThickness({ turn }: Direction, z: number): number {
  const pectoral = 15 * bump(turn, 0.6, 0.965, 0.2) * bump(z, -28, 130, 60);
  const latissimus = 9 * bump(turn, 0.2, 0.56, 0.2) * bump(z, -140, 58, 50);
  const trapezius = 6 * bump(turn, -1, 0.15, 0.1) * bump(z, -64, 200, 40);
  const abdominal = 7 * bump(turn, 0.74, 0.985, 0.06) * bump(z, -200, -46, 36);
  return Math.max(pectoral, latissimus, trapezius, abdominal);
}

/** Pectoralis minor, serratus anterior, and lower down the external oblique. */
function deepThickness({ turn }: Direction, z: number): number {
  const minor = 10 * bump(turn, 0.62, 0.86, 0.14) * bump(z, 10, 140, 30);
  const serratus = 9 * bump(turn, 0.28, 0.68, 0.22) * bump(z, -74, 74, 50);
  const oblique = 5 * bump(turn, 0.45, 0.86, 0.2) * bump(z, -200, -40, 40);
  return Math.max(minor, serratus, oblique);
}
