import { AbdomenSection } from "./abdomen_section.ts";
import { airwayTubes } from "./airway_tubes.ts";
import { coverage } from "./coverage.ts";
import { DiaphragmSection } from "./diaphragm_section.ts";
import { greatVessels } from "./great_vessels.ts";
import { HeartSection } from "./heart_section.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import { InterpolatedField } from "./interpolated_field.ts";
import { locateLobe } from "./locate_lobe.ts";
import { LungSection } from "./lung_section.ts";
import { MediastinumSection } from "./mediastinum_section.ts";
import { pulmonaryTrees } from "./pulmonary_trees.ts";
import type { RibCage } from "./rib_cage.ts";
import type { SpineSection } from "./spine_section.ts";
import type { Spot } from "./spot.ts";
import { TubeSection } from "./tube_section.ts";
import type { WallSection } from "./wall_section.ts";

/** Thickness in mm of the walls of the airways. */
const AIRWAY_WALL = 1.1;
/** How much denser the lung is for each mm farther back, where its weight rests on it. */
const GRAVITY = 0.3;
/** Half the thickness in mm of a fissure, and how much of it a pixel shows. */
const FISSURE = 0.3;
const FISSURE_PART = 0.8;

/** All inside the pleura: lungs, mediastinum, and the abdomen below the diaphragm, in one slice. */
export class ChestSection {
  readonly #z: number;
  readonly #wall: WallSection;
  readonly #lungs: LungSection;
  readonly #diaphragm: InterpolatedField;
  readonly #mediastinum: InterpolatedField;
  readonly #heart: HeartSection;
  readonly #abdomen: AbdomenSection;
  readonly #vessels: TubeSection;
  readonly #lungVessels: TubeSection;
  readonly #airways: TubeSection;

  /** Cuts the chest at `z`, inside a wall, a rib cage and a spine cut there. */
  constructor(z: number, wall: WallSection, cage: RibCage, spine: SpineSection) {
    this.#z = z;
    this.#wall = wall;
    this.#heart = new HeartSection(z);
    const diaphragm = new DiaphragmSection(z);
    this.#diaphragm = new InterpolatedField((x, y) => diaphragm.distance(x, y));
    this.#abdomen = new AbdomenSection(z);
    const mediastinum = new MediastinumSection(z, this.#heart, spine);
    this.#mediastinum = new InterpolatedField((x, y) => mediastinum.distance(x, y));
    this.#lungs = new LungSection(z, cage, diaphragm, mediastinum);
    const trees = pulmonaryTrees();
    this.#vessels = new TubeSection(greatVessels(), z, 1);
    this.#lungVessels = new TubeSection(trees.vessels, z, 1);
    this.#airways = new TubeSection([...airwayTubes(), ...trees.airways], z, 3);
  }

  /** Radiodensity inside the pleura. */
  hounsfield(spot: Spot): number {
    const { x, y, fromRibs } = spot;
    const fromDiaphragm = this.#diaphragm.distance(x, y);
    const fromMediastinum = this.#mediastinum.distance(x, y);
    const inLung = coverage(
      this.#lungs.distance(x, y, fromRibs, fromDiaphragm, fromMediastinum),
    );
    let value = 0;
    if (inLung < 1) value = this.#softHounsfield(spot, fromDiaphragm);
    if (inLung > 0) value += (this.#lungHounsfield(spot) - value) * inLung;
    value = this.#lungVessels.paint(x, y, value);
    const airway = this.#airways.distance(x, y);
    if (airway > AIRWAY_WALL + 1) return value;
    value += (HOUNSFIELD.airwayWall - value) * coverage(airway - AIRWAY_WALL);
    return value + (HOUNSFIELD.airwayLumen - value) * coverage(airway);
  }

  #softHounsfield(spot: Spot, fromDiaphragm: number): number {
    const { x, y, texture } = spot;
    let value = this.#wall.paintInside(spot, HOUNSFIELD.mediastinalFat + 5 * texture);
    value = this.#abdomen.paint(spot, value, fromDiaphragm);
    // The heart rests on the diaphragm: what of its round shape lies below is not there.
    const above = coverage(-fromDiaphragm);
    if (above > 0) value += (this.#heart.paint(x, y, value, texture) - value) * above;
    return this.#vessels.paint(x, y, value);
  }

  /** Lung, whose air spaces are grainier than the scanner's noise alone. */
  #lungHounsfield({ x, y, texture, grain }: Spot): number {
    const lung = HOUNSFIELD.lung + GRAVITY * y + 16 * texture + 14 * grain;
    const { fromFissure } = locateLobe(x, y, this.#z);
    return lung + (HOUNSFIELD.fissure - lung) * coverage(fromFissure - FISSURE) * FISSURE_PART;
  }
}
