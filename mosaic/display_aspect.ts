import type { ImageDescription } from "../dicom/image_description.ts";

/**
 * The height of an image divided by its width, as it is to be shown: pixels
 * that are not square count by their shape.
 *
 * @param description The image's description
 *
 * @example Pixels twice as high as wide
 * ```ts
 * import { displayAspect } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(displayAspect({ rows: 256, columns: 512, pixelAspect: 2 }), 1);
 * ```
 */
export function displayAspect(
  description: Pick<ImageDescription, "rows" | "columns" | "pixelAspect">,
): number {
  return description.rows * description.pixelAspect / description.columns;
}
