import { AbdomenSection } from "./abdomen_section.ts";
import { airwayTubes } from "./airway_tubes.ts";
import { wallTubes } from "./wall_tubes.ts";
import { BodyWall } from "./body_wall.ts";
import { BreastboneSection } from "./breastbone_section.ts";
import { InterpolatedField } from "./interpolated_field.ts";
import { coverage } from "./coverage.ts";
import { DiaphragmSection } from "./diaphragm_section.ts";
import { greatVessels } from "./great_vessels.ts";
import { HeartSection } from "./heart_section.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import { locateLobe } from "./locate_lobe.ts";
import { LungSection } from "./lung_section.ts";
import { MediastinumSection } from "./mediastinum_section.ts";
import { MuscleSection } from "./muscle_section.ts";
import { NoiseSection } from "./noise_section.ts";
import { PolarProfile } from "./polar_profile.ts";
import { pulmonaryTrees } from "./pulmonary_vessels.ts";
import { AXIS_Y, RIB_TO_PLEURA, RibCage } from "./rib_cage.ts";
import { ShoulderSection } from "./shoulder_section.ts";
import { SpineSection } from "./spine_section.ts";
import { tableHounsfield } from "./table_hounsfield.ts";
import { TubeSection } from "./tube_section.ts";

/** The radiodensity in Hounsfield units at a point of one slice, x and y in mm, LPS. */
export type SliceSampler = (x: number, y: number) => number;

export function createSliceSampler(z: number): SliceSampler {
  const noise = new NoiseSection(z);
  const wall = new BodyWall(z);
  const cage = new RibCage(z);
  const spine = new SpineSection(z);
  const heart = new HeartSection(z);
  const mediastinum = new MediastinumSection(z, heart, spine);
  const mediastinumField = new InterpolatedField((x, y) => mediastinum.distance(x, y));
  const diaphragm = new DiaphragmSection(z);
  const lungs = new LungSection(z, cage, diaphragm, mediastinum);
  const abdomen = new AbdomenSection(z);
  const shoulder = new ShoulderSection(z);
  const columns = new MuscleSection(z);
  const columnsField = new InterpolatedField((x, y) => columns.distance(x, y));
  const armpit = new TubeSection(wallTubes(), z, 1);
  const breastbone = new BreastboneSection(z, AXIS_Y - cage.surface.radius(768));
  const vessels = new TubeSection(greatVessels(), z, 1);
  const trees = pulmonaryTrees();
  const lungVessels = new TubeSection(trees.vessels, z, 1);
  const airways = new TubeSection([...airwayTubes(), ...trees.airways], z, 3);



  const wallAt = (x: number, y: number, fromSkin: number, fromRibs: number, place: number, texture: number) => {
    let value = wall.fatHounsfield(fromSkin, texture);
    value = armpit.paint(x, y, value);
    const a = Math.min(wall.muscleDistance(fromSkin, fromRibs, place), cage.intercostalDistance(fromRibs, place));
    const b = z > -42 ? shoulder.muscleDistance(x, y) : 9;
    const c = columnsField.distance(x, y);
    let first = a, second = b;
    if (b < a) { first = b; second = a; }
    if (c < first) { second = first; first = c; } else if (c < second) second = c;
    if (first > 1) return value;
    const streak = 45 * Math.max(0, 1 - Math.abs(texture - 1.25) / 0.12);
    let muscle = HOUNSFIELD.muscle + 5 * texture - streak;
    if (second < 1) muscle += (HOUNSFIELD.fat - muscle) * 0.75 * coverage(Math.abs(first - second) * 0.7 - 0.3);
    return value + (muscle - value) * coverage(Math.max(first, fromSkin + 5));
  };

  return (x, y) => {
    const left = x;
    const back = y - AXIS_Y;
    if (!wall.skin.near(left, back, 1)) return tableHounsfield(x, y) + 9 * noise.grain(x, y);
    const place = PolarProfile.place(left, back);
    const fromAxis = Math.sqrt(left * left + back * back);
    const fromSkin = wall.skin.distance(fromAxis, place);
    const grain = noise.grain(x, y);
    if (fromSkin > 1) return tableHounsfield(x, y) + 9 * grain;
    const texture = noise.texture(x, y);
    const fromRibs = cage.surface.distance(fromAxis, place);
    let value: number;
    const fromPleura = fromRibs + RIB_TO_PLEURA;
    if (fromPleura < 1) {
      const fromDiaphragm = diaphragm.distance(x, y);
      const fromMediastinum = mediastinumField.distance(x, y);
      const fromLung = lungs.distance(x, y, fromRibs, fromDiaphragm, fromMediastinum);
      const lungPart = coverage(fromLung);
      let soft = 0;
      if (lungPart < 1) {
        soft = HOUNSFIELD.mediastinalFat + 5 * texture;
        soft += (HOUNSFIELD.muscle - soft) * coverage(cage.intercostalDistance(fromRibs, place));
        const c = columnsField.distance(x, y);
        if (c < 1 && z > 40) soft += (HOUNSFIELD.muscle + 5 * texture - soft) * coverage(c);
        soft = abdomen.paint(x, y, soft, fromDiaphragm, fromPleura, texture);
        if (heart.near) soft = heart.paint(x, y, soft, texture);
        soft = armpit.paint(x, y, soft);
        soft = vessels.paint(x, y, soft);
      }
      let air = 0;
      if (lungPart > 0) {
        air = HOUNSFIELD.lung + 0.3 * y + 16 * texture + 14 * grain;
        const { fromFissure } = locateLobe(x, y, z);
        air += (HOUNSFIELD.fissure - air) * coverage(fromFissure - 0.3) * 0.8;
      }
      value = soft + (air - soft) * lungPart;
      value = lungVessels.paint(x, y, value);
      const airway = airways.distance(x, y);
      if (airway < 3) {
        value += (HOUNSFIELD.airwayWall - value) * coverage(airway - 1.1);
        value += (HOUNSFIELD.airwayLumen - value) * coverage(airway);
      }
      if (fromPleura > -1) {
        const w = wallAt(x, y, fromSkin, fromRibs, place, texture);
        value = w + (value - w) * coverage(fromPleura);
      }
    } else {
      value = wallAt(x, y, fromSkin, fromRibs, place, texture);
    }
    // skeleton
    let bone = cage.ribDistance(fromRibs, place);
    if (bone < 1) {
      const cartilage = cage.cartilage(place);
      const ribValue = boneHounsfield(bone, texture);
      const c = HOUNSFIELD.cartilage + 12 * texture;
      value += (ribValue + (c - ribValue) * cartilage - value) * coverage(bone);
    }
    if (y > 0 && x < 50 && x > -50) {
      const column = spine.columnDistance(x, y);
      value += (HOUNSFIELD.disc - value) * coverage(column);
      const canal = spine.canalDistance(x, y);
      if (canal < 1) {
        value += (HOUNSFIELD.fat - value) * coverage(canal);
        value += (HOUNSFIELD.cerebrospinalFluid - value) * coverage(canal + 1.6);
        value += (HOUNSFIELD.cord - value) * coverage(spine.cordDistance(x, y));
      }
      bone = spine.boneDistance(x, y, column);
      if (bone < 1) value += (boneHounsfield(bone, texture) - value) * coverage(bone);
    }
    bone = Math.min(shoulder.boneDistance(x, y), breastbone.distance(x, y));
    if (bone < 1) value += (boneHounsfield(bone, texture) - value) * coverage(bone);
    const around = fromSkin > -1 ? tableHounsfield(x, y) : 0;
    if (fromSkin > -1) value = around + (value - around) * coverage(fromSkin);
    return value + 9 * grain;
  };
}

function boneHounsfield(distance: number, texture: number): number {
  const marrow = HOUNSFIELD.marrow + 30 * texture;
  return marrow + (HOUNSFIELD.cortex - marrow) * coverage(-distance - 1.3);
}
