import { airwayTubes } from "./airway_tubes.ts";
import { createCurve } from "./create_curve.ts";
import { greatVessels } from "./great_vessels.ts";
import type { HeartSection } from "./heart_section.ts";
import { smoothMinimum } from "./smooth_minimum.ts";
import type { SpineSection } from "./spine_section.ts";
import { TubeSection } from "./tube_section.ts";

/** Fat in mm between the lungs and the structures of the mediastinum. */
const VESSEL_COVER = 3;
const AIRWAY_COVER = 3.5;
const SPINE_COVER = 3.5;
/** Half the distance in mm between the lungs in front of the heart and vessels, and behind them. */
const FRONT_HALF_WIDTH = createCurve([-60, 12], [-20, 7], [15, 6], [40, 7], [62, 14], [90, 24]);
const BACK_HALF_WIDTH = createCurve([-90, 18], [-30, 10], [20, 15], [60, 14], [90, 20]);
/** Beyond this distance in mm structures do not shape the mediastinum. */
const REACH = 14;

/** The outline of the mediastinum, all that lies between the lungs, cut by one slice. */
export class MediastinumSection {
  readonly #heart: HeartSection;
  readonly #spine: SpineSection;
  readonly #vessels: TubeSection;
  readonly #airways: TubeSection;
  readonly #front: number;
  readonly #back: number;

  /** Cuts the mediastinum at `z`, around a heart and a spine cut there. */
  constructor(z: number, heart: HeartSection, spine: SpineSection) {
    this.#heart = heart;
    this.#spine = spine;
    this.#vessels = new TubeSection(greatVessels(), z, REACH);
    this.#airways = new TubeSection(airwayTubes(), z, REACH);
    this.#front = FRONT_HALF_WIDTH(z);
    this.#back = BACK_HALF_WIDTH(z);
  }

  /** Signed distance in mm to the lungs' inner surface, negative inside the mediastinum. */
  distance(x: number, y: number): number {
    const part = Math.min(1, Math.max(0, (y + 45) / 40));
    const halfWidth = this.#front + (this.#back - this.#front) * part * part * (3 - 2 * part);
    let distance = Math.abs(x - 3) - halfWidth;
    distance = smoothMinimum(distance, this.#vessels.distance(x, y) - VESSEL_COVER, 9);
    distance = smoothMinimum(distance, this.#airways.distance(x, y) - AIRWAY_COVER, 9);
    if (this.#heart.near) distance = smoothMinimum(distance, this.#heart.distance(x, y), 8);
    return smoothMinimum(distance, this.#spine.columnDistance(x, y) - SPINE_COVER, 9);
  }
}
