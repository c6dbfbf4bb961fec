import { createTubes } from "./create_tubes.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import type { Tube } from "./tube.ts";

let tubes: readonly Tube[] | undefined;

/** Artery and vein of the spleen. */
export function splenicVessels(): readonly Tube[] {
  return tubes ??= [
    ...createTubes(HOUNSFIELD.hepaticVein, [
      [20, 30, -96, 3.6],
      [44, 40, -92, 3.4],
      [64, 42, -89, 3],
      [82, 44, -87, 2],
    ]),
    ...createTubes(HOUNSFIELD.aorta, [
      [10, 34, -92, 2.4],
      [36, 34, -86, 2.2],
      [58, 32, -83, 2],
      [80, 30, -80, 1.4],
    ]),
  ];
}
