import type { DiaphragmSection } from "./diaphragm_section.ts";
import { length } from "./length.ts";
import type { MediastinumSection } from "./mediastinum_section.ts";
import { AXIS_Y, RIB_TO_PLEURA, type RibCage } from "./rib_cage.ts";
import { PolarProfile } from "./polar_profile.ts";
import { smoothMinimum } from "./smooth_minimum.ts";

/** The tops of the lungs: x (to either side), y and z in mm, and how round they are there. */
const APEX = { x: 42, y: 16, z: 85, radius: 62 } as const;
/** How far in mm a top falls at most: lower down the ribs shape the lungs. */
const APEX_FALL = 15;

/** The lungs' outline cut by one slice. */
export class LungSection {
  readonly #z: number;
  readonly #cage: RibCage;
  readonly #diaphragm: DiaphragmSection;
  readonly #mediastinum: MediastinumSection;

  /** Cuts the lungs at `z`, between a rib cage, a diaphragm and a mediastinum cut there. */
  constructor(
    z: number,
    cage: RibCage,
    diaphragm: DiaphragmSection,
    mediastinum: MediastinumSection,
  ) {
    this.#z = z;
    this.#cage = cage;
    this.#diaphragm = diaphragm;
    this.#mediastinum = mediastinum;
  }

  /** Whether a point lies at least `depth` mm inside a lung. */
  holds(x: number, y: number, depth: number): boolean {
    const place = PolarProfile.place(x, y - AXIS_Y);
    const fromRibs = this.#cage.surface.distance(length(x, y - AXIS_Y), place);
    // A smooth minimum is never above what it is of, and the mediastinum costs the most.
    if (-(fromRibs + RIB_TO_PLEURA) < depth) return false;
    const fromDiaphragm = this.#diaphragm.distance(x, y);
    if (fromDiaphragm < depth) return false;
    const fromMediastinum = this.#mediastinum.distance(x, y);
    return -this.distance(x, y, fromRibs, fromDiaphragm, fromMediastinum) >= depth;
  }

  /** Signed distance in mm to the lungs' surface, negative inside, from those to what bounds them. */
  distance(
    x: number,
    y: number,
    fromRibs: number,
    fromDiaphragm: number,
    fromMediastinum: number,
  ): number {
    const across = Math.abs(x) - APEX.x;
    const along = y - APEX.y;
    const fall = (across * across + along * along) / (2 * APEX.radius);
    const toApex = (APEX.z - Math.min(fall, APEX_FALL) - this.#z) * 0.8;
    let inside = smoothMinimum(-(fromRibs + RIB_TO_PLEURA), toApex, 6);
    inside = smoothMinimum(inside, fromDiaphragm, 3);
    return -smoothMinimum(inside, fromMediastinum, 5);
  }
}
