import type { ImageSize } from "./image_size.ts";

/** Where the pixels of an image lie on the picture that it was taken from. */
export interface SampleGrid {
  /** How much of the picture there is, in pixels of the image: not always a whole number. */
  readonly extent: ImageSize;
  /** How far each pixel was taken to the left of its middle, and above it, in pixels of the image. */
  readonly offset: number;
}

/**
 * Where the pixels of a reduced resolution lie.
 *
 * Those of JPEG 2000 stand for the first of as many pixels as were taken together, not for their
 * middle (ISO/IEC 15444-1 B.5 and F.4.8): drawn as if they did, the picture would be shifted to the
 * right and down, by up to half a pixel.
 *
 * @param image Rows and columns of the image in full
 * @param level How often it was halved
 */
export function reducedGrid(
  image: { readonly rows: number; readonly columns: number },
  level: number,
): SampleGrid {
  const scale = 2 ** level;
  return {
    extent: { width: image.columns / scale, height: image.rows / scale },
    offset: (1 - 1 / scale) / 2,
  };
}
