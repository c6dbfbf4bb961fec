import { BreastboneSection } from "./breastbone_section.ts";
import { coverage } from "./coverage.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import type { RibCage } from "./rib_cage.ts";
import { ShoulderSection } from "./shoulder_section.ts";
import type { SpineSection } from "./spine_section.ts";
import type { Spot } from "./spot.ts";

/** Thickness in mm of the dense shell of bones. */
const SHELL = 1.3;
/** Distance in mm from the middle of the ribs at which none is near. */
const RIB_REACH = 5;
/** The box in mm around the spine, of which `SPINE_SIDE` is half the width. */
const SPINE_SIDE = 50;
const SPINE_FRONT = 10;
/** Thickness in mm of the fat between the spinal canal and the fluid in it. */
const CANAL_FAT = 1.6;

/** Bones, cartilage, discs and the spinal canal cut by one slice. */
export class SkeletonSection {
  readonly #cage: RibCage;
  readonly #spine: SpineSection;
  readonly #shoulder: ShoulderSection;
  readonly #breastbone: BreastboneSection;

  /** Cuts the skeleton at `z`, of which rib cage and spine are cut already. */
  constructor(z: number, cage: RibCage, spine: SpineSection) {
    this.#cage = cage;
    this.#spine = spine;
    this.#shoulder = new ShoulderSection(z);
    this.#breastbone = new BreastboneSection(z, cage.frontY);
  }

  /** Paints the skeleton over a background; answers the radiodensity. */
  paint(spot: Spot, background: number): number {
    const { x, y, texture } = spot;
    let value = this.#paintRibs(spot, background);
    if (y > SPINE_FRONT && x < SPINE_SIDE && -x < SPINE_SIDE) {
      value = this.#paintSpine(x, y, value, texture);
    }
    const bone = Math.min(this.#shoulder.boneDistance(x, y), this.#breastbone.distance(x, y));
    return paintBone(value, bone, texture);
  }

  #paintRibs({ fromRibs, place, texture }: Spot, background: number): number {
    if (fromRibs > RIB_REACH || -fromRibs > RIB_REACH) return background;
    const distance = this.#cage.ribDistance(fromRibs, place);
    if (distance > 1) return background;
    const cartilage = HOUNSFIELD.cartilage + 12 * texture;
    const bone = boneHounsfield(distance, texture);
    const rib = bone + (cartilage - bone) * this.#cage.cartilage(place);
    return background + (rib - background) * coverage(distance);
  }

  #paintSpine(x: number, y: number, background: number, texture: number): number {
    const column = this.#spine.columnDistance(x, y);
    let value = background + (HOUNSFIELD.disc - background) * coverage(column);
    const canal = this.#spine.canalDistance(x, y);
    if (canal < 1) {
      value += (HOUNSFIELD.fat - value) * coverage(canal);
      value += (HOUNSFIELD.cerebrospinalFluid - value) * coverage(canal + CANAL_FAT);
      value += (HOUNSFIELD.cord - value) * coverage(this.#spine.cordDistance(x, y));
    }
    return paintBone(value, this.#spine.boneDistance(x, y, column), texture);
  }
}

function paintBone(background: number, distance: number, texture: number): number {
  if (distance > 1) return background;
  return background + (boneHounsfield(distance, texture) - background) * coverage(distance);
}

/** Marrow within a dense shell. */
function boneHounsfield(distance: number, texture: number): number {
  const marrow = HOUNSFIELD.marrow + 30 * texture;
  return marrow + (HOUNSFIELD.cortex - marrow) * coverage(-distance - SHELL);
}
