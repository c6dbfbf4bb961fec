import { createPulmonaryTree } from "./create_pulmonary_tree.ts";
import { DiaphragmSection } from "./diaphragm_section.ts";
import { hash } from "./hash.ts";
import { HeartSection } from "./heart_section.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import { type Lobe, locateLobe } from "./locate_lobe.ts";
import { LungSection } from "./lung_section.ts";
import { MediastinumSection } from "./mediastinum_section.ts";
import { RibCage } from "./rib_cage.ts";
import { SpineSection } from "./spine_section.ts";
import type { Point, Tube } from "./tube.ts";

/** The trees of both lungs. */
export interface PulmonaryTrees {
  /** Arteries and veins. */
  readonly vessels: readonly Tube[];
  /** The air in the bronchi beyond those to the lobes. */
  readonly airways: readonly Tube[];
}

/** Distance in mm between the ends of neighboring branches. */
const END_SPACING = 9.5;
/** Distances in mm that branches keep from the lung's surface and from the fissures. */
const FROM_SURFACE = 3;
const FROM_FISSURE = 3.5;
const END_RADIUS = 0.52;
const LEAST_AIRWAY_RADIUS = 0.95;

/** Where arteries, veins and airways enter a lobe, in mm, with their radii. */
interface Hilum {
  readonly artery: readonly [Point, number];
  readonly vein: readonly [Point, number];
  readonly airway: readonly [Point, number];
}

const HILA: Readonly<Record<Lobe, Hilum>> = {
  rightUpper: {
    artery: [[-41, 6, 18], 5],
    vein: [[-46, -4, 9], 5],
    airway: [[-49, 13, 27], 3.3],
  },
  rightMiddle: {
    artery: [[-50, 12, 4], 4.4],
    vein: [[-44, -2, 3], 4.2],
    airway: [[-48, 5, -10.5], 2.6],
  },
  rightLower: {
    artery: [[-53, 21, -5], 5.6],
    vein: [[-47, 40, -25], 5.3],
    airway: [[-50, 27, -22], 3.4],
  },
  leftUpper: {
    artery: [[39, 14, 24], 5.2],
    vein: [[45, -11, 11], 5],
    airway: [[51, 1, 17], 3.2],
  },
  leftLower: {
    artery: [[53, 32, -5], 5.6],
    vein: [[49, 41, -26], 5.3],
    airway: [[52, 29, -19], 3.3],
  },
};

let trees: PulmonaryTrees | undefined;

/** Grows the trees of the lungs, once. */
export function pulmonaryTrees(): PulmonaryTrees {
  if (trees) return trees;
  const arteryEnds = scatterEnds(0);
  const veinEnds = scatterEnds(1);
  const vessels: Tube[] = [];
  const airways: Tube[] = [];
  for (const [lobe, { artery, vein, airway }] of Object.entries(HILA) as [Lobe, Hilum][]) {
    vessels.push(
      ...createPulmonaryTree({
        root: artery[0],
        rootRadius: artery[1],
        ends: arteryEnds[lobe],
        endRadius: END_RADIUS,
        hounsfield: HOUNSFIELD.pulmonaryArtery,
      }),
      ...createPulmonaryTree({
        root: vein[0],
        rootRadius: vein[1],
        ends: veinEnds[lobe],
        endRadius: END_RADIUS,
        hounsfield: HOUNSFIELD.pulmonaryVein,
      }),
    );
    airways.push(...createPulmonaryTree({
      root: airway[0],
      rootRadius: airway[1],
      ends: arteryEnds[lobe],
      endRadius: END_RADIUS * 0.74,
      leastRadius: LEAST_AIRWAY_RADIUS,
      aside: [artery[0][0] > 0 ? -0.5 : 0.5, -0.7, 0.5],
      hounsfield: HOUNSFIELD.airwayLumen,
    }));
  }
  return trees = { vessels, airways };
}

/** Scatters points evenly but not regularly over the lobes. */
function scatterEnds(variant: number): Record<Lobe, Point[]> {
  const ends: Record<Lobe, Point[]> = {
    rightUpper: [],
    rightMiddle: [],
    rightLower: [],
    leftUpper: [],
    leftLower: [],
  };
  const jitter = (a: number, b: number, c: number): number =>
    (hash(a, b, c * 2 + variant + 100) - 0.5) * END_SPACING * 0.9;
  for (let layer = -12; layer <= 10; layer++) {
    const z = (layer + variant / 2) * END_SPACING;
    const lungs = cutLungs(z);
    for (let row = -12; row <= 12; row++) {
      for (let column = -15; column <= 15; column++) {
        const x = (column + variant / 2) * END_SPACING + jitter(column, row, layer);
        const y = (row + variant / 2) * END_SPACING + jitter(row, layer, column + 50);
        if (!lungs.holds(x, y, FROM_SURFACE)) continue;
        const { lobe, fromFissure } = locateLobe(x, y, z);
        if (fromFissure < FROM_FISSURE) continue;
        ends[lobe].push([x, y, z + jitter(layer, column, row + 90) * 0.5]);
      }
    }
  }
  return ends;
}

function cutLungs(z: number): LungSection {
  const mediastinum = new MediastinumSection(z, new HeartSection(z), new SpineSection(z));
  return new LungSection(z, new RibCage(z), new DiaphragmSection(z), mediastinum);
}
