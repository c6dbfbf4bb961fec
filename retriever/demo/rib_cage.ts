import { bump } from "./bump.ts";
import { createCurve } from "./create_curve.ts";
import { createOutline, type OutlineShape } from "./create_outline.ts";
import { type Direction, PolarProfile } from "./polar_profile.ts";

/** y in mm of the axis that outlines of the body turn around. */
export const AXIS_Y = 10;
/** Distance in mm from the middle of a rib to the pleura. */
export const RIB_TO_PLEURA = 4.3;

/** The surface that the middle of every rib lies on. */
const CAGE: OutlineShape = {
  side: createCurve([-92, 134], [-45, 134], [0, 128], [35, 117], [60, 100], [78, 78], [95, 50]),
  front: createCurve([-92, 93], [-40, 95], [0, 92], [35, 82], [62, 67], [80, 54], [95, 44]),
  back: createCurve([-92, 90], [0, 91], [40, 84], [65, 71], [80, 58], [95, 42]),
  frontExponent: 2.1,
  backExponent: 2.35,
};
/** Depth in mm and half-width in turns of the furrow that the vertebrae lie in. */
const FURROW = 20;
const FURROW_TURN = 0.12;

/** z in mm of a rib's head, of its lowest point in front, and of where its cartilage ends. */
type Rib = readonly [head: number, front: number, breastbone: number];

const RIBS: readonly Rib[] = [
  [94, 63, 60],
  [75, 24, 37],
  [55, -8, 15],
  [35, -35, -3],
  [15, -58, -19],
  [-5, -80, -31],
  [-24, -100, -39],
  [-42, -114, -62],
  [-60, -126, -92],
  [-78, -138, -112],
  [-96, -150, -126],
];
/** Turn at which bone ends and cartilage begins, and at which cartilage reaches the breastbone. */
const CARTILAGE_TURN = 0.77;
const BREASTBONE_TURN = 0.94;
/** Half of a rib's thickness and of its height, in mm, and how much higher a slant makes it. */
const HALF_THICKNESS = 3.5;
const HALF_HEIGHT = 5.2;
const SLANT = 0.22;
/** Half the thickness in mm of the muscles between the ribs. */
const INTERCOSTAL = 3.2;
/** How much higher in mm the ribs of the left side lie: no body is its own mirror image. */
const TILT = 2.5;

/** The rib cage cut by one slice. */
export class RibCage {
  /** The surface in the middle of the ribs. */
  readonly surface: PolarProfile;
  readonly #z: number;
  // The lungs' trees ask for the surface alone, in many slices: the others are made when needed.
  #height: PolarProfile | undefined;
  #intercostal: PolarProfile | undefined;

  /** Cuts the rib cage at `z`. */
  constructor(z: number) {
    this.#z = z;
    const outline = createOutline(CAGE, z);
    this.surface = new PolarProfile((direction) =>
      outline(direction) - FURROW * Math.exp(-((direction.turn / FURROW_TURN) ** 2))
    );
  }

  /** y in mm of the surface in front. */
  get frontY(): number {
    return AXIS_Y - this.surface.radius(PolarProfile.place(0, -1));
  }

  /** Signed distance in mm to the muscles between the ribs, negative inside. */
  intercostalDistance(fromSurface: number, place: number): number {
    this.#intercostal ??= intercostalProfile(this.#z);
    return Math.abs(fromSurface + 0.4) - this.#intercostal.radius(place);
  }

  /** Signed distance in mm to the nearest rib, from the distance to the surface; negative inside. */
  ribDistance(fromSurface: number, place: number): number {
    this.#height ??= heightProfile(this.#z);
    const across = fromSurface / HALF_THICKNESS;
    const up = this.#height.radius(place);
    const length = Math.sqrt(across * across + up * up);
    const steep = Math.sqrt((across / HALF_THICKNESS) ** 2 + (up / HALF_HEIGHT) ** 2);
    return steep < 1e-6 ? -HALF_THICKNESS : length * (length - 1) / steep;
  }

  /** How much of the rib at a place is cartilage, 0 to 1. */
  cartilage(place: number): number {
    return cartilageProfile().radius(place);
  }
}

/** How far above or below the nearest rib a slice is, in halves of a rib's height. */
function heightProfile(z: number): PolarProfile {
  return new PolarProfile((direction) => Math.min(3, nearestRib(direction, z)));
}

/** Half the thickness in mm of the muscles between the ribs, of which there are none above the first. */
function intercostalProfile(z: number): PolarProfile {
  return new PolarProfile((direction) => {
    const belowFirst = ribMiddle(RIBS[0]!, ribCourse(direction)) - z;
    return INTERCOSTAL * Math.min(1, Math.max(0, belowFirst / 8 + 0.5));
  });
}

let cartilage: PolarProfile | undefined;

/** 0 where ribs are bone, 1 where they are cartilage: alike in all slices. */
function cartilageProfile(): PolarProfile {
  return cartilage ??= new PolarProfile(({ turn }) => bump(turn, CARTILAGE_TURN, 2, 0.02));
}

/** Height above or below the nearest rib, in halves of its height. */
function nearestRib(direction: Direction, z: number): number {
  const course = ribCourse(direction);
  let least = Infinity;
  for (const rib of RIBS) least = Math.min(least, Math.abs(z - ribMiddle(rib, course)));
  return least / (HALF_HEIGHT * (1 + SLANT * bump(direction.turn, 0.2, 0.85, 0.3)));
}

/** How a rib runs, alike for all of them. */
interface Course {
  /** Part of the way down from the head to the front, and up from there to the breastbone. */
  readonly fall: number;
  readonly rise: number;
  /** Height in mm by which the sides differ. */
  readonly tilt: number;
}

function ribCourse({ turn, left }: Direction): Course {
  const bony = Math.min(1, turn / CARTILAGE_TURN);
  const beyond = Math.max(0, (turn - CARTILAGE_TURN) / (BREASTBONE_TURN - CARTILAGE_TURN));
  return { fall: bony * bony * (1.9 - 0.9 * bony), rise: beyond ** 1.5, tilt: TILT * left };
}

/** z in mm of the middle of a rib. */
function ribMiddle([head, front, breastbone]: Rib, { fall, rise, tilt }: Course): number {
  return head + tilt + (front - head) * fall + (breastbone - front) * rise;
}
