import { coverage } from "./coverage.ts";
import { HOUNSFIELD } from "./hounsfield.ts";
import { length } from "./length.ts";
import { segmentDistance } from "./segment_distance.ts";

/** The cradle's top is an arc: y of its lowest point, its radius and half its width, in mm. */
const CRADLE_Y = 134;
const CRADLE_RADIUS = 560;
const CRADLE_HALF_WIDTH = 167;
/** The flat underside: its y, half its width, and y of where its slanted sides meet the cradle. */
const UNDERSIDE_Y = 178;
const UNDERSIDE_HALF_WIDTH = 88;
const SIDE_Y = 119;
const SHELL_HALF_THICKNESS = 0.9;
const MATTRESS_THICKNESS = 7;
const MATTRESS_HALF_WIDTH = 154;
/** Above this y in mm there is no table. */
const TOP = 96;

/** Radiodensity of the air around the patient, the mattress and the table, alike in all slices. */
export function tableHounsfield(x: number, y: number): number {
  if (y < TOP) return HOUNSFIELD.air;
  const side = Math.abs(x);
  const cradle = length(x, y - CRADLE_Y + CRADLE_RADIUS) - CRADLE_RADIUS;
  const mattress = Math.max(
    Math.abs(cradle + 1 + MATTRESS_THICKNESS / 2) - MATTRESS_THICKNESS / 2,
    side - MATTRESS_HALF_WIDTH,
  );
  const slantX = CRADLE_HALF_WIDTH - UNDERSIDE_HALF_WIDTH;
  const slantY = UNDERSIDE_Y - SIDE_Y;
  const slant = ((side - UNDERSIDE_HALF_WIDTH) * slantY + (y - UNDERSIDE_Y) * slantX) /
    length(slantX, slantY);
  const foam = Math.max(-cradle, y - UNDERSIDE_Y, slant);
  const shell = Math.min(
    Math.max(Math.abs(cradle), side - CRADLE_HALF_WIDTH),
    segmentDistance(side, y, 0, UNDERSIDE_Y, UNDERSIDE_HALF_WIDTH, UNDERSIDE_Y),
    segmentDistance(side, y, UNDERSIDE_HALF_WIDTH, UNDERSIDE_Y, CRADLE_HALF_WIDTH, SIDE_Y),
  ) - SHELL_HALF_THICKNESS;
  let value: number = HOUNSFIELD.air;
  value += (HOUNSFIELD.mattress - value) * coverage(mattress);
  value += (HOUNSFIELD.tableFoam - value) * coverage(foam);
  return value + (HOUNSFIELD.tableShell - value) * coverage(shell);
}
