import type { DecodedFrame } from "./decode_baseline.ts";

/** Where the bright disc of a frame lies: the middle of what is brighter than grey, in pixels. */
export function discPlace({ width, planes: [luma] }: DecodedFrame): { x: number; y: number } {
  let [x, y, count] = [0, 0, 0];
  luma.forEach((value, at) => {
    if (value < 128) return;
    x += at % width;
    y += Math.floor(at / width);
    count++;
  });
  return { x: x / count, y: y / count };
}
