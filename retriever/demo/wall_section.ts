import type { BodyWall } from "./body_wall.ts";
import { coverage } from "./coverage.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import { InterpolatedField } from "./interpolated_field.ts";
import { MuscleSection } from "./muscle_section.ts";
import type { RibCage } from "./rib_cage.ts";
import { ShoulderSection } from "./shoulder_section.ts";
import type { Spot } from "./spot.ts";
import { TubeSection } from "./tube_section.ts";
import { wallTubes } from "./wall_tubes.ts";

/** Depth in mm below the skin that no muscle comes nearer than. */
const LEAST_DEPTH = 5;
/** Below this z in mm there is no shoulder blade. */
const SHOULDER_BOTTOM = -42;
/** Above this z in mm muscles of the neck lie inside the rib cage, too. */
const NECK_BOTTOM = 40;

/** All between the skin and the pleura but the bones: fat, muscles and vessels, cut by one slice. */
export class WallSection {
  readonly #body: BodyWall;
  readonly #cage: RibCage;
  readonly #shoulder: ShoulderSection | null;
  readonly #columns: InterpolatedField;
  readonly #tubes: TubeSection;
  readonly #neck: boolean;

  /** Cuts the wall at `z`, around a rib cage cut there. */
  constructor(z: number, body: BodyWall, cage: RibCage) {
    const columns = new MuscleSection(z);
    this.#body = body;
    this.#cage = cage;
    this.#shoulder = z > SHOULDER_BOTTOM ? new ShoulderSection(z) : null;
    this.#columns = new InterpolatedField((x, y) => columns.distance(x, y));
    this.#tubes = new TubeSection(wallTubes(), z, 1);
    this.#neck = z > NECK_BOTTOM;
  }

  /** Radiodensity of the wall. */
  hounsfield(spot: Spot): number {
    const { x, y, fromSkin, fromRibs, place, texture } = spot;
    const fat = this.#tubes.paint(x, y, this.#body.fatHounsfield(fromSkin, texture));
    const flat = Math.min(
      this.#body.muscleDistance(fromSkin, fromRibs, place),
      this.#cage.intercostalDistance(fromRibs, place),
    );
    const column = this.#columns.distance(x, y);
    let first = Math.min(flat, column);
    let second = Math.max(flat, column);
    if (this.#shoulder) {
      const third = this.#shoulder.muscleDistance(x, y);
      if (third < first) {
        second = first;
        first = third;
      } else if (third < second) second = third;
    }
    if (first > 1) return fat;
    const muscle = muscleHounsfield(texture, second - first, second);
    return fat + (muscle - fat) * coverage(Math.max(first, fromSkin + LEAST_DEPTH));
  }

  /** Paints what of the wall reaches inside the pleura over a background. */
  paintInside(spot: Spot, background: number): number {
    const { x, y, fromRibs, place, texture } = spot;
    const muscle = HOUNSFIELD.muscle + 5 * texture;
    let value = background;
    value += (muscle - value) * coverage(this.#cage.intercostalDistance(fromRibs, place));
    if (this.#neck) value += (muscle - value) * coverage(this.#columns.distance(x, y));
    return this.#tubes.paint(x, y, value);
  }
}

/** Muscle with streaks of fat, and a sheet of fat where two muscles lie upon each other. */
function muscleHounsfield(texture: number, between: number, second: number): number {
  const streak = 45 * Math.max(0, 1 - Math.abs(texture - 1.25) / 0.12);
  const muscle = HOUNSFIELD.muscle + 5 * texture - streak;
  if (second > 1) return muscle;
  return muscle + (HOUNSFIELD.fat - muscle) * 0.75 * coverage(between * 0.7 - 0.3);
}
