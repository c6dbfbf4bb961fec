import { createTubes } from "./create_tubes.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import type { Tube } from "./tube.ts";

let vessels: readonly Tube[] | undefined;

/** The large vessels of the mediastinum and the gullet, in the order they are painted. */
export function greatVessels(): readonly Tube[] {
  return vessels ??= [
    ...createTubes(HOUNSFIELD.esophagus, [
      [2, 23, 92, 6],
      [4, 30, 62, 6.2],
      [5, 36, 32, 6.2],
      [6, 41, 5, 6],
      [8, 41.5, -22, 6.2],
      [14, 37, -50, 7],
      [27, 27, -72, 7.5],
      [33, 22, -82, 7],
    ]),
    ...systemicVeins(),
    ...pulmonaryArteries(),
    ...aortaAndBranches(),
    ...createTubes(HOUNSFIELD.superiorVenaCava, [
      [-27, -30, 62, 8],
      [-33, -23, 42, 9],
      [-38, -14, 20, 9.5],
      [-38, -9, -4, 10.5],
    ]),
    ...pulmonaryVeins(),
  ];
}

function aortaAndBranches(): Tube[] {
  const aorta = HOUNSFIELD.aorta;
  return [
    ...createTubes(aorta, [
      [5, -14, -12, 13.5],
      [-4, -21, 0, 16],
      [-13, -27, 14, 15],
      [-14, -27, 28, 14.5],
      [-5, -20, 42, 14],
      [9, -6, 48, 13.3],
      [21, 14, 46, 12.6],
      [28, 34, 38, 12.2],
      [30, 46, 24, 12],
      [29, 49, 5, 11.8],
      [25, 49, -20, 11.5],
      [19, 47, -50, 11],
      [11, 44, -75, 10.6],
      [6, 42, -97, 10.2],
    ]),
    ...createTubes(aorta, [[-6, -18, 50, 6.5], [-13, -15, 62, 6.2], [-23, -9, 74, 5.8]]),
    ...createTubes(aorta, [[-23, -9, 74, 4.6], [-42, -1, 83, 4.6], [-64, -3, 92, 4.4]]),
    ...createTubes(aorta, [[-23, -9, 74, 4], [-23, -8, 96, 3.8]]),
    ...createTubes(aorta, [[8, -8, 54, 4.4], [13, -7, 68, 4], [19, -6, 96, 3.8]]),
    ...createTubes(aorta, [
      [20, 9, 52, 5.2],
      [27, 12, 66, 5],
      [38, 6, 81, 4.8],
      [62, -2, 93, 4.4],
    ]),
  ];
}

function pulmonaryArteries(): Tube[] {
  const artery = HOUNSFIELD.pulmonaryArtery;
  return [
    ...createTubes(artery, [[17, -50, -8, 14], [18, -45, 8, 13.8], [16, -34, 19, 13.2]]),
    ...createTubes(artery, [
      [15, -27, 22, 12],
      [6, -9, 20, 10.6],
      [-12, 3, 18, 10],
      [-30, 6, 16, 9.4],
      [-43, 9, 12, 8],
      [-51, 16, 3, 7.2],
      [-53, 21, -5, 6.6],
    ]),
    ...createTubes(artery, [
      [16, -28, 22, 12],
      [24, -10, 27, 11],
      [33, 8, 27, 10],
      [41, 21, 17, 9],
      [48, 28, 4, 7.6],
      [53, 32, -5, 6.6],
    ]),
  ];
}

function pulmonaryVeins(): Tube[] {
  const vein = HOUNSFIELD.pulmonaryVein;
  return [
    ...createTubes(vein, [[-20, 12, -4, 8], [-36, 4, 2, 7], [-47, -4, 10, 6]]),
    ...createTubes(vein, [[-22, 22, -14, 7.5], [-36, 31, -19, 6.4], [-47, 40, -25, 5.4]]),
    ...createTubes(vein, [[24, 8, -3, 7.5], [37, -3, 4, 6.8], [46, -12, 12, 5.8]]),
    ...createTubes(vein, [[26, 22, -14, 7.5], [39, 32, -19, 6.4], [49, 41, -26, 5.4]]),
  ];
}

function systemicVeins(): Tube[] {
  const contrast = HOUNSFIELD.superiorVenaCava;
  const plain = HOUNSFIELD.smallVein;
  return [
    ...createTubes(plain, [[-7, 44, -97, 3.4], [-9, 46, -20, 3.8], [-9, 43, 26, 4.2]]),
    ...createTubes(plain, [
      [-9, 43, 26, 4.2],
      [-21, 33, 40, 4.4],
      [-32, 6, 42, 4.5],
      [-34, -16, 38, 5],
    ]),
    ...createTubes(plain, [
      [9, 52, -97, 2.6],
      [10, 54, -30, 2.8],
      [4, 50, -5, 2.6],
      [-7, 46, 2, 2.6],
    ]),
    ...createTubes(HOUNSFIELD.inferiorVenaCava, [
      [-36, 0, -38, 11],
      [-31, 13, -60, 12],
      [-27, 21, -78, 12],
      [-25, 24, -97, 11.5],
    ]),
    ...createTubes(contrast, [
      [-86, -26, 90, 6],
      [-50, -25, 84, 6.4],
      [-36, -30, 74, 7],
      [-27, -30, 60, 8],
    ]),
    ...createTubes(plain, [[-34, -20, 98, 6.4], [-38, -26, 82, 6.4]]),
    ...createTubes(plain, [
      [90, -26, 90, 5.6],
      [48, -28, 84, 6],
      [22, -39, 71, 6.4],
      [-6, -38, 65, 6.6],
      [-27, -31, 59, 7.5],
    ]),
    ...createTubes(plain, [[32, -18, 98, 5.8], [42, -28, 84, 5.8]]),
  ];
}
