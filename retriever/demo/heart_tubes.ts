import { createTubes } from "./create_tubes.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import type { Tube } from "./tube.ts";

let tubes: readonly Tube[] | undefined;

/** The papillary muscles, the grooves between the chambers, and the coronary arteries in them. */
export function heartTubes(): readonly Tube[] {
  const { aorta, mediastinalFat: fat, myocardium } = HOUNSFIELD;
  return tubes ??= [
    // Papillary muscles, which hold the mitral valve.
    ...createTubes(myocardium, [[31, -34, -32, 3], [44, -38, -42, 4.5], [52, -38, -50, 5]]),
    ...createTubes(myocardium, [[42, 0, -36, 3], [52, -12, -46, 4.5], [56, -22, -54, 5]]),
    // The grooves between the chambers are filled with fat, and the arteries lie in it.
    ...createTubes(fat, [
      [24, -34, -2, 4],
      [36, -48, -14, 3.6],
      [52, -60, -34, 3],
      [68, -58, -56, 2],
    ]),
    ...createTubes(fat, [
      [24, -24, 2, 4.5],
      [45, -4, -6, 4],
      [50, 12, -18, 3.5],
      [38, 23, -32, 3],
    ]),
    ...createTubes(fat, [
      [-14, -40, -2, 5],
      [-29, -46, -14, 5],
      [-31, -43, -34, 4.5],
      [-20, -22, -56, 4],
    ]),
    // Left main, then the branch down the groove between the ventricles.
    ...createTubes(aorta, [
      [8, -20, -2, 2],
      [22, -27, 0, 1.9],
      [32, -45, -12, 1.7],
      [50, -58, -34, 1.4],
      [68, -56, -56, 1],
    ]),
    ...createTubes(aorta, [
      [22, -26, 0, 1.7],
      [42, -6, -6, 1.6],
      [48, 10, -18, 1.4],
      [38, 20, -32, 1.2],
    ]),
    ...createTubes(aorta, [
      [-8, -30, -4, 1.9],
      [-26, -42, -14, 1.8],
      [-30, -40, -34, 1.7],
      [-20, -22, -54, 1.5],
      [4, -4, -58, 1.3],
    ]),
  ];
}
