import type { Frame } from "../frame.ts";

/**
 * Shows frames of one place over each other: the highest value of every pixel, as for segments
 * that are not 0 where they are.
 *
 * @param frames Frames of one size, at least one.
 */
export function overlayFrames(frames: readonly Frame[]): Frame {
  const [first, ...others] = frames as readonly [Frame, ...Frame[]];
  if (others.length === 0) return first;
  const data = first.data.slice();
  for (const other of others) {
    for (let at = 0; at < data.length; at++) {
      if (other.data[at]! > data[at]!) data[at] = other.data[at]!;
    }
  }
  return { ...first, data };
}
