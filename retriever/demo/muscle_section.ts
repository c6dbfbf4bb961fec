import { createCurve } from "./create_curve.ts";
import { EllipsoidSection } from "./ellipsoid_section.ts";

/** A muscle on either side that runs up and down; lengths in mm as functions of z. */
interface Column {
  readonly low: number;
  readonly high: number;
  readonly x: (z: number) => number;
  readonly y: (z: number) => number;
  /** Half-extents along and across the slant. */
  readonly long: (z: number) => number;
  readonly short: (z: number) => number;
  /** Direction of the longer half-extent on the left side, backward for each mm to the left. */
  readonly slant: number;
}

const COLUMNS: readonly Column[] = [
  { // Erector spinae.
    low: -120,
    high: 110,
    x: createCurve([-92, 30], [0, 25], [60, 22], [92, 20]),
    y: createCurve([-92, 99], [0, 103], [50, 96], [92, 78]),
    long: createCurve([-92, 26], [0, 20], [60, 16], [92, 16]),
    short: createCurve([-92, 13], [0, 11], [60, 10], [92, 11]),
    slant: -0.12,
  },
  { // Multifidus, beside the spinous processes.
    low: -120,
    high: 110,
    x: createCurve([-92, 9], [92, 8]),
    y: createCurve([-92, 98], [0, 101], [50, 94], [92, 76]),
    long: createCurve([-92, 9], [92, 10]),
    short: createCurve([-92, 7], [92, 7]),
    slant: 4,
  },
  { // Rhomboids, from the spine to the shoulder blade.
    low: -10,
    high: 90,
    x: createCurve([-10, 72], [40, 62], [90, 56]),
    y: createCurve([-10, 101], [40, 103], [90, 92]),
    long: createCurve([-10, 20], [20, 34], [90, 34]),
    short: createCurve([-10, 1], [20, 5], [90, 6]),
    slant: -0.25,
  },
  { // Trapezius and supraspinatus between neck and shoulder.
    low: 50,
    high: 110,
    x: createCurve([50, 100], [92, 92]),
    y: createCurve([50, 96], [75, 82], [92, 70]),
    long: createCurve([50, 4], [75, 30], [92, 42]),
    short: createCurve([50, 1], [75, 10], [92, 16]),
    slant: -0.7,
  },
  { // Teres major and latissimus dorsi, which bound the armpit at the back.
    low: -52,
    high: 110,
    x: createCurve([-50, 139], [-10, 142], [40, 146], [92, 148]),
    y: createCurve([-50, 42], [-10, 36], [40, 26], [92, 12]),
    long: createCurve([-50, 5], [-10, 14], [40, 21], [92, 26]),
    short: createCurve([-50, 2], [-10, 6], [40, 10], [92, 14]),
    slant: -1.9,
  },
  { // Levator scapulae and the deep muscles of the neck.
    low: 60,
    high: 110,
    x: createCurve([60, 46], [92, 44]),
    y: createCurve([60, 76], [92, 58]),
    long: createCurve([60, 2], [80, 14], [92, 20]),
    short: createCurve([60, 1], [80, 8], [92, 12]),
    slant: -0.4,
  },
  { // Scalene muscles.
    low: 68,
    high: 110,
    x: createCurve([68, 34], [92, 32]),
    y: createCurve([68, 30], [92, 18]),
    long: createCurve([68, 2], [80, 8], [92, 12]),
    short: createCurve([68, 1], [80, 6], [92, 9]),
    slant: 2,
  },
  { // Longus colli, in front of the vertebrae.
    low: 44,
    high: 110,
    x: createCurve([44, 7], [92, 9]),
    y: createCurve([44, 42], [70, 36], [92, 28]),
    long: createCurve([44, 3], [92, 7]),
    short: createCurve([44, 2], [92, 4.5]),
    slant: 0.3,
  },
  { // Sternomastoid and strap muscles.
    low: 66,
    high: 110,
    x: createCurve([66, 20], [92, 26]),
    y: createCurve([66, -42], [92, -30]),
    long: createCurve([66, 6], [80, 12], [92, 16]),
    short: createCurve([66, 2], [80, 3.5], [92, 5]),
    slant: 0.45,
  },
];

/** The muscles along the spine and at the root of the neck, cut by one slice. */
export class MuscleSection {
  readonly #columns: readonly EllipsoidSection[];

  /** Cuts the muscles at `z`. */
  constructor(z: number) {
    this.#columns = COLUMNS.filter(({ low, high }) => z > low && z < high).map((column) => {
      const [long, short] = [column.long(z), column.short(z)];
      return new EllipsoidSection({
        center: [column.x(z), column.y(z), z],
        radii: [long, short, short],
        axis: [1, column.slant, 0],
      }, z);
    });
  }

  /** Signed distance in mm to the nearest of the muscles, negative inside. */
  distance(x: number, y: number): number {
    let least = Infinity;
    for (const column of this.#columns) {
      const distance = column.distance(Math.abs(x), y);
      if (distance < least) least = distance;
    }
    return least;
  }
}
