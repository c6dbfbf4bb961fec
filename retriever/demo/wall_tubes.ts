import { createTubes } from "./create_tubes.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import type { Tube } from "./tube.ts";

let tubes: readonly Tube[] | undefined;

/** Vessels of the chest's wall, and vessels and lymph nodes in the fat of the armpits. */
export function wallTubes(): readonly Tube[] {
  return tubes ??= [-1, 1].flatMap((side) => [
    // Lobe of the thyroid gland.
    ...createTubes(HOUNSFIELD.thyroid, [
      [side * 13, 7, 79, 4],
      [side * 14, 5, 86, 7],
      [side * 14, 2, 98, 8],
    ]),
    // Internal thoracic artery, behind the edge of the breastbone.
    ...createTubes(HOUNSFIELD.aorta, [
      [side * 27, -33, 80, 1.5],
      [side * 26, -51, 55, 1.4],
      [side * 26, -67, 30, 1.4],
      [side * 27, -76, 0, 1.3],
      [side * 28, -79, -45, 1.1],
    ]),
    ...createTubes(HOUNSFIELD.aorta, [
      [side * 60, -8, 94, 4.2],
      [side * 92, -8, 88, 4],
      [side * 122, -6, 98, 3.8],
    ]),
    ...createTubes(HOUNSFIELD.smallVein, [
      [side * 62, -20, 92, 5],
      [side * 94, -18, 84, 4.8],
      [side * 124, -14, 96, 4.6],
    ]),
    ...createTubes(HOUNSFIELD.aorta, [
      [side * 96, -8, 86, 1.8],
      [side * 116, 0, 50, 1.5],
      [side * 134, 6, 0, 1.2],
    ]),
    ...createTubes(HOUNSFIELD.smallVein, [
      [side * 99, -10, 84, 2],
      [side * 120, 4, 50, 1.7],
      [side * 137, 10, 0, 1.3],
    ]),
    ...createTubes(HOUNSFIELD.aorta, [
      [side * 104, 2, 80, 2],
      [side * 112, 22, 62, 1.6],
      [side * 112, 40, 50, 1.2],
    ]),
    ...createTubes(HOUNSFIELD.muscle, [[side * 108, -14, 66, 2.4], [side * 110, -12, 61, 3]]),
    ...createTubes(HOUNSFIELD.muscle, [[side * 124, -2, 44, 2.2], [side * 126, 1, 40, 2.6]]),
    ...createTubes(HOUNSFIELD.muscle, [[side * 116, 10, 71, 2.6], [side * 114, 13, 66, 2.2]]),
  ]);
}
