import { coverage } from "./coverage.ts";
import { type Ellipsoid, EllipsoidSection } from "./ellipsoid_section.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import { liverVessels } from "./liver_vessels.ts";
import { RIB_TO_PLEURA } from "./rib_cage.ts";
import { smoothMinimum } from "./smooth_minimum.ts";
import type { Spot } from "./spot.ts";
import { splenicVessels } from "./splenic_vessels.ts";
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
  readonly #splenicVessels: TubeSection;

  /** Cuts the abdomen at `z`. */
  constructor(z: number) {
    this.#stomach = new EllipsoidSection(STOMACH, z);
    this.#spleen = new EllipsoidSection(SPLEEN, z);
    this.#kidneys = KIDNEYS.map((kidney) => new EllipsoidSection(kidney, z));
    this.#liverVessels = new TubeSection(liverVessels(), z, 1);
    this.#splenicVessels = new TubeSection(splenicVessels(), z, 1);
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
    value = this.#splenicVessels.paint(x, y, value);
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
