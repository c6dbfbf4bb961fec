import type { ImageLimits } from "../decode_limits.ts";

/** A full resolution level of a slide has some hundred thousand tiles. */
export const slideImageLimits: Partial<ImageLimits> = { maxFrames: 2 ** 20 };
