import { coverage } from "./coverage.ts";
import { createTubes } from "./create_tubes.ts";
import { type Ellipsoid, EllipsoidSection } from "./ellipsoid_section.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import { RIB_TO_PLEURA } from "./rib_cage.ts";
import { smoothMinimum } from "./smooth_minimum.ts";
import type { Spot } from "./spot.ts";
import type { Tube } from "./tube.ts";
import { TubeSection } from "./tube_section.ts";

/** Thickness in mm of the diaphragm, and of the fat between it and the organs. */
const DIAPHRAGM = 2.6;
const LIVER_GAP = 1.8;
const GAP = 3;

/** Depth in mm below the diaphragm's surface at which organs may begin. */
const LEAST_DEPTH = 0.8;

const STOMACH: Ellipsoid = { center: [56, -6, -88], radii: [52, 38, 34], axis: [0.45, -0.89, 0] };
const STOMACH_WALL = 4;
/** y in mm of the surface of the fluid in the stomach: gas rises to the front of a lying patient. */
const FLUID_LEVEL = -20;
const SPLEEN: Ellipsoid = { center: [96, 40, -92], radii: [48, 24, 36], axis: [0.55, -0.83, 0] };
const KIDNEYS: readonly Ellipsoid[] = [
  { center: [50, 62, -108], radii: [25, 21, 36] },
  { center: [-50, 62, -116], radii: [25, 21, 36] },
];
const KIDNEY_CORTEX = 6;
/** Fat in mm around kidneys and stomach. */
const KIDNEY_GAP = 6;
const STOMACH_GAP = 4;
/** The liver's left and rear border: the plane where 0.87 x + 0.49 y is this, in mm. */
const LIVER_BORDER = 4;

/** Diaphragm and upper abdomen cut by one slice. */
export class AbdomenSection {
  readonly #stomach: EllipsoidSection;
  readonly #spleen: EllipsoidSection;
  readonly #kidneys: readonly EllipsoidSection[];
  readonly #liverVessels: TubeSection;
  readonly #otherVessels: TubeSection;

  /** Cuts the abdomen at `z`. */
  constructor(z: number) {
    this.#stomach = new EllipsoidSection(STOMACH, z);
    this.#spleen = new EllipsoidSection(SPLEEN, z);
    this.#kidneys = KIDNEYS.map((kidney) => new EllipsoidSection(kidney, z));
    this.#liverVessels = new TubeSection(allLiverVessels(), z, 1);
    this.#otherVessels = new TubeSection(allSplenicVessels(), z, 1);
  }

  /** Paints what lies below the diaphragm over a background; answers the radiodensity. */
  paint({ x, y, fromRibs, texture }: Spot, background: number, fromDiaphragm: number): number {
    if (fromDiaphragm > 2) return background;
    const fromPleura = fromRibs + RIB_TO_PLEURA;
    const below = -smoothMinimum(-fromDiaphragm, -fromPleura, 4);
    let value = background;
    value += (HOUNSFIELD.muscle - value) * coverage(below);
    const fat = HOUNSFIELD.fat + 4 * texture;
    value += (fat - value) * coverage(below + DIAPHRAGM);
    if (below > -LEAST_DEPTH) return value;
    value = this.#otherVessels.paint(x, y, value);
    const stomach = -smoothMinimum(-this.#stomach.distance(x, y), -(below + GAP), 6);
    let kidney = Infinity;
    for (const section of this.#kidneys) kidney = Math.min(kidney, section.distance(x, y));
    // Organs make room for the stomach and the kidneys.
    const room = smoothMinimum(stomach - STOMACH_GAP, kidney - KIDNEY_GAP, 6);
    if (kidney < 1) value = paintKidney(x, y, value, kidney);
    if (x > 0) value = this.#paintSpleen(x, y, value, below, room, texture);
    value = this.#paintLiver(x, y, value, below, room, texture);
    return paintStomach(y, value, stomach, texture);
  }

  #paintLiver(
    x: number,
    y: number,
    background: number,
    below: number,
    room: number,
    texture: number,
  ): number {
    const border = LIVER_BORDER - 0.87 * x - 0.49 * y;
    if (border < -6) return background;
    const waves = 4 * Math.sin(y / 17);
    let inside = smoothMinimum(-(below + LIVER_GAP), border + waves, 10);
    inside = smoothMinimum(inside, room, 6);
    if (inside < -1) return background;
    const liver = this.#liverVessels.paint(x, y, HOUNSFIELD.liver + 4 * texture);
    return background + (liver - background) * coverage(-inside);
  }

  #paintSpleen(
    x: number,
    y: number,
    background: number,
    below: number,
    room: number,
    texture: number,
  ): number {
    let inside = smoothMinimum(-this.#spleen.distance(x, y), -(below + GAP - 1.5), 4);
    inside = smoothMinimum(inside, room, 6);
    return background + (HOUNSFIELD.spleen + 3 * texture - background) * coverage(-inside);
  }
}

function paintKidney(x: number, y: number, background: number, distance: number): number {
  const value = background + (HOUNSFIELD.renalCortex - background) * coverage(distance);
  const lobes = 2 * Math.sin(Math.atan2(y - 62, Math.abs(x) - 50) * 5);
  return value + (HOUNSFIELD.renalMedulla - value) * coverage(distance + KIDNEY_CORTEX + lobes);
}

function paintStomach(y: number, background: number, distance: number, texture: number): number {
  if (distance > 1) return background;
  const content = HOUNSFIELD.gas +
    (HOUNSFIELD.gastricFluid + 5 * texture - HOUNSFIELD.gas) * coverage(FLUID_LEVEL - y);
  const value = background + (HOUNSFIELD.gastricWall - background) * coverage(distance);
  return value + (content - value) * coverage(distance + STOMACH_WALL + 0.25 * texture);
}

let liverVessels: readonly Tube[] | undefined;
let splenicVessels: readonly Tube[] | undefined;

function allLiverVessels(): readonly Tube[] {
  const vein = HOUNSFIELD.hepaticVein;
  return liverVessels ??= [
    // The hepatic veins, which meet in the vena cava below the dome.
    ...createTubes(vein, [-31, 15, -64, 6.5], [-56, 12, -72, 5], [-84, 20, -84, 3.6], [
      -106,
      30,
      -98,
      2,
    ]),
    ...createTubes(vein, [-32, 11, -65, 6], [-50, -18, -73, 4.8], [-66, -42, -86, 3.2], [
      -76,
      -58,
      -99,
      2,
    ]),
    ...createTubes(vein, [-29, 9, -65, 5.5], [-14, -24, -72, 4.2], [0, -48, -82, 3], [
      10,
      -62,
      -92,
      2,
    ]),
    ...createTubes(vein, [-66, 14, -77, 3.2], [-88, -6, -70, 2.2], [-104, -20, -64, 1.2]),
    ...createTubes(vein, [-54, -24, -75, 3], [-80, -30, -68, 2], [-96, -36, -62, 1.2]),
    ...createTubes(vein, [-70, 16, -79, 3], [-82, 40, -76, 2], [-92, 54, -72, 1.2]),
    // Branches of the portal vein.
    ...createTubes(vein, [-30, -14, -96, 6], [-58, -6, -91, 5], [-78, -4, -88, 3.6], [
      -100,
      -8,
      -84,
      2,
    ]),
    ...createTubes(vein, [-62, -6, -90, 3.6], [-84, 26, -92, 2.6], [-98, 40, -94, 1.6]),
    ...createTubes(vein, [-30, -14, -96, 5], [-16, -38, -90, 4], [8, -54, -86, 2.6]),
    ...createTubes(vein, [-72, -5, -89, 3], [-86, -36, -84, 2.2], [-92, -50, -80, 1.3]),
  ];
}

function allSplenicVessels(): readonly Tube[] {
  return splenicVessels ??= [
    ...createTubes(
      HOUNSFIELD.hepaticVein,
      [20, 30, -96, 3.6],
      [44, 40, -92, 3.4],
      [64, 42, -89, 3],
      [82, 44, -87, 2],
    ),
    ...createTubes(HOUNSFIELD.aorta, [10, 34, -92, 2.4], [36, 34, -86, 2.2], [58, 32, -83, 2], [
      80,
      30,
      -80,
      1.4,
    ]),
  ];
}
