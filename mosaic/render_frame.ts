import { applyContrast } from "../contrast/apply_contrast.ts";
import type { PixelImage } from "../contrast/pixel_image.ts";
import type { Voi } from "../contrast/voi.ts";
import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import type { ImageSize } from "./image_size.ts";
import { resizeImage } from "./resize_image.ts";
import { reducedGrid } from "./sample_grid.ts";

/**
 * Draws a frame at a size: contrast first, then the resizing.
 *
 * @param frame Stored values, also of a reduced resolution
 * @param description The description of the image that the frame is of
 * @param voi What the image is shown by
 * @param size The size in pixels; the aspect is the caller's to decide, see {@linkcode fitInside}
 * @returns A grey image for monochrome, an RGB image for color and for segments in theirs
 * @throws {DecodeError} If the frame cannot be drawn; see `applyContrast`
 *
 * @example A tile for a cell of a mosaic
 * ```ts
 * import { displayAspect, fitInside, renderFrame } from "@dicom/series-preview/mosaic";
 * import type { MosaicCell } from "@dicom/series-preview/mosaic";
 * import type { Voi } from "@dicom/series-preview/contrast";
 * import type { Frame, ImageDescription } from "@dicom/series-preview/dicom";
 *
 * function tile(frame: Frame, description: ImageDescription, voi: Voi, cell: MosaicCell) {
 *   return renderFrame(frame, description, voi, fitInside(cell, displayAspect(description)));
 * }
 * ```
 */
export function renderFrame(
  frame: Frame,
  description: ImageDescription,
  voi: Voi,
  size: ImageSize,
): PixelImage {
  const { level = 0 } = frame;
  const grid = level === 0 ? undefined : reducedGrid(description, level);
  return resizeImage(applyContrast(frame, description, voi), size, grid);
}
