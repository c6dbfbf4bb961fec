import type { PixelImage } from "../contrast/pixel_image.ts";
import type { Voi } from "../contrast/voi.ts";
import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { renderFrame } from "./render_frame.ts";
import { type SingleImageOptions, singleImageSize } from "./single_image_size.ts";

/**
 * Draws one frame as a picture of its own, its aspect kept.
 *
 * With neither side given the picture has the frame's own pixels; where these
 * are not square, one axis is stretched and none loses pixels. With one side
 * given the other follows; with both, the picture is the largest that fits.
 *
 * @param frame Stored values
 * @param description The description of the image that the frame is of
 * @param voi What turns real values into brightness
 * @param options The size asked for
 * @returns A grey image for monochrome, an RGB image for color
 * @throws {UsageError} If a side is not a whole number from 1 to 16,384, or one that follows is beyond that
 * @throws {DecodeError} If the frame cannot be drawn; see `applyContrast`
 *
 * @example A preview 256 pixels wide
 * ```ts
 * import { createSingleImage } from "@dicom/series-preview/mosaic";
 * import type { Voi } from "@dicom/series-preview/contrast";
 * import type { Frame, ImageDescription } from "@dicom/series-preview/dicom";
 *
 * function preview(frame: Frame, description: ImageDescription, voi: Voi) {
 *   return createSingleImage(frame, description, voi, { width: 256 });
 * }
 * ```
 */
export function createSingleImage(
  frame: Frame,
  description: ImageDescription,
  voi: Voi,
  options: SingleImageOptions = {},
): PixelImage {
  return renderFrame(frame, description, voi, singleImageSize(description, options));
}
