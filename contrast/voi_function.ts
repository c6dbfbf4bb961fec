import { lookUp } from "./look_up.ts";
import type { TableVoi, WindowVoi } from "./voi.ts";

/** The VOI LUT (PS3.3 C.11.2.1) with an output from 0 to 255, not rounded; NaN stays NaN. */
export function voiFunction(voi: WindowVoi | TableVoi): (real: number) => number {
  if (voi.kind === "table") {
    const { table } = voi;
    const scale = 255 / (2 ** table.bits - 1);
    return (real) => Number.isNaN(real) ? NaN : Math.min(255, lookUp(table, real) * scale);
  }
  const { center, width } = voi;
  switch (voi.function) {
    case "LINEAR":
      return ramp(center - 0.5, width - 1);
    case "LINEAR_EXACT":
      return ramp(center, width);
    case "SIGMOID":
      return (real) => 255 / (1 + Math.exp(-4 * (real - center) / width));
  }
}

/** From 0 at and below the lower end of a window to 255 beyond the upper one. */
function ramp(center: number, width: number): (real: number) => number {
  const low = center - width / 2;
  const high = center + width / 2;
  return (real) => real <= low ? 0 : real > high ? 255 : ((real - center) / width + 0.5) * 255;
}
