import type { ImageLimits } from "../read_pixel_module.ts";

/** A full resolution level of a slide has some hundred thousand tiles. */
export const slideImageLimits: Partial<ImageLimits> = { maxFrames: 2 ** 20 };
