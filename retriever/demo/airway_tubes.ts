import { createTubes } from "./create_tubes.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import type { Tube } from "./tube.ts";

let airways: readonly Tube[] | undefined;

/** The windpipe and the bronchi as far as the lobes; radii are those of the air in them. */
export function airwayTubes(): readonly Tube[] {
  const lumen = HOUNSFIELD.airwayLumen;
  return airways ??= [
    ...createTubes(lumen, [
      [0, 6, 98, 8.2],
      [-2, 10, 70, 8.4],
      [-5, 16, 44, 8.6],
      [-4, 18, 31, 8.4],
    ]),
    ...createTubes(lumen, [
      [-5, 18, 31, 7],
      [-18, 21, 21, 6.3],
      [-29, 21, 13, 5.8],
      [-36, 19, -2, 5.2],
      [-42, 20, -12, 4.5],
      [-50, 27, -22, 3.5],
    ]),
    ...createTubes(lumen, [[-22, 21, 18, 4.6], [-37, 18, 23, 4.1], [-50, 13, 27, 3.4]]),
    ...createTubes(lumen, [[-37, 19, -4, 3.4], [-49, 4, -11, 2.7]]),
    ...createTubes(lumen, [
      [-3, 19, 30, 6.4],
      [12, 22, 20, 5.6],
      [26, 20, 11, 5.3],
      [36, 18, 5, 4.9],
      [44, 21, -7, 4.2],
      [52, 29, -19, 3.4],
    ]),
    ...createTubes(lumen, [[33, 18, 7, 4.4], [45, 9, 12, 3.9], [52, 0, 18, 3.2]]),
  ];
}
