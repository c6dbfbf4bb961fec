import { createTubes } from "./create_tubes.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import type { Tube } from "./tube.ts";

let tubes: readonly Tube[] | undefined;

/** The veins of the liver, and the branches of the portal vein in it. */
export function liverVessels(): readonly Tube[] {
  const vein = HOUNSFIELD.hepaticVein;
  return tubes ??= [
    // The hepatic veins, which meet in the vena cava below the dome.
    ...createTubes(vein, [
      [-31, 15, -64, 6.5],
      [-56, 12, -72, 5],
      [-84, 20, -84, 3.6],
      [-106, 30, -98, 2],
    ]),
    ...createTubes(vein, [
      [-32, 11, -65, 6],
      [-50, -18, -73, 4.8],
      [-66, -42, -86, 3.2],
      [-76, -58, -99, 2],
    ]),
    ...createTubes(vein, [
      [-29, 9, -65, 5.5],
      [-14, -24, -72, 4.2],
      [0, -48, -82, 3],
      [10, -62, -92, 2],
    ]),
    ...createTubes(vein, [[-66, 14, -77, 3.2], [-88, -6, -70, 2.2], [-104, -20, -64, 1.2]]),
    ...createTubes(vein, [[-54, -24, -75, 3], [-80, -30, -68, 2], [-96, -36, -62, 1.2]]),
    ...createTubes(vein, [[-70, 16, -79, 3], [-82, 40, -76, 2], [-92, 54, -72, 1.2]]),
    // Branches of the portal vein.
    ...createTubes(vein, [
      [-30, -14, -96, 6],
      [-58, -6, -91, 5],
      [-78, -4, -88, 3.6],
      [-100, -8, -84, 2],
    ]),
    ...createTubes(vein, [[-62, -6, -90, 3.6], [-84, 26, -92, 2.6], [-98, 40, -94, 1.6]]),
    ...createTubes(vein, [[-30, -14, -96, 5], [-16, -38, -90, 4], [8, -54, -86, 2.6]]),
    ...createTubes(vein, [[-72, -5, -89, 3], [-86, -36, -84, 2.2], [-92, -50, -80, 1.3]]),
  ];
}
