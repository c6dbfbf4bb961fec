import type { ImageSize } from "./image_size.ts";

/**
 * The largest size of an aspect that fits inside a box.
 *
 * A box that has the aspect but for one pixel of rounding is filled, so that
 * the cells of a mosaic show no seams.
 *
 * @param box The box, in pixels
 * @param aspect Height divided by width, above 0; see {@linkcode displayAspect}
 * @returns A size in whole pixels, each side at least 1 and none beyond the box
 *
 * @example A high image in a square cell
 * ```ts
 * import { fitInside } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(fitInside({ width: 100, height: 100 }, 2), { width: 50, height: 100 });
 * ```
 */
export function fitInside(box: ImageSize, aspect: number): ImageSize {
  const { width, height } = box;
  const fills = (width + 1) * aspect > height - 1 && (width - 1) * aspect < height + 1;
  if (fills) return { width, height };
  return width * aspect > height
    ? { width: Math.max(1, Math.round(height / aspect)), height }
    : { width, height: Math.max(1, Math.round(width * aspect)) };
}
