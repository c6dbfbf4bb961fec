import { nativeFrameRange } from "./frame_layout.ts";
import type { ImageDescription } from "./image_description.ts";

/** Bytes that a deflated dataset may have whatever its image takes. */
const freeBytes = 64 * 2 ** 20;
/** How many times what its image takes a larger one may have. */
const mostTimes = 4;
/** What none may have more than. */
const mostBytes = 512 * 2 ** 20;

/** Most bytes that a deflated dataset may inflate to, by the image that it is said to hold. */
export function inflatedLimit(description: ImageDescription): number {
  const { offset, length } = nativeFrameRange(description, description.numberOfFrames - 1);
  return Math.min(mostBytes, Math.max(freeBytes, mostTimes * (offset + length)));
}
