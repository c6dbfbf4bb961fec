import type { ImageDescription } from "../dicom/image_description.ts";
import { UsageError } from "../errors.ts";
import { checkWhole, maxSide } from "./check_whole.ts";
import { displayAspect } from "./display_aspect.ts";
import { fitInside } from "./fit_inside.ts";
import type { ImageSize } from "./image_size.ts";

/** The size asked of a single image. */
export interface SingleImageOptions {
  /** Width in pixels. */
  readonly width?: number | undefined;
  /** Height in pixels. */
  readonly height?: number | undefined;
}

/**
 * Decides the size of an image that is a picture of its own, its aspect kept.
 *
 * With neither side given it is the image's own; where pixels are not square, one axis is stretched
 * and none loses pixels. With one side given the other follows; with both, it is the largest that fits.
 *
 * @param image Rows, columns and the shape of a pixel
 * @param options The size asked for
 * @returns The size in pixels
 * @throws {UsageError} If a side is not a whole number from 1 to 16,384, or one that follows is beyond that
 *
 * @example Half of a slice's own width
 * ```ts
 * import { singleImageSize } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * const image = { rows: 256, columns: 512, pixelAspect: 2 };
 * assertEquals(singleImageSize(image), { width: 512, height: 512 });
 * assertEquals(singleImageSize(image, { width: 256 }), { width: 256, height: 256 });
 * ```
 */
export function singleImageSize(
  image: Pick<ImageDescription, "rows" | "columns" | "pixelAspect">,
  options: SingleImageOptions = {},
): ImageSize {
  const { width, height } = options;
  if (width !== undefined) checkWhole("width", width, 1, maxSide);
  if (height !== undefined) checkWhole("height", height, 1, maxSide);
  const aspect = displayAspect(image);
  if (width !== undefined && height !== undefined) return fitInside({ width, height }, aspect);

  const { rows, columns, pixelAspect } = image;
  const across = width ??
    (height === undefined ? Math.max(columns, columns / pixelAspect) : height / aspect);
  const down = height ??
    (width === undefined ? Math.max(rows, rows * pixelAspect) : width * aspect);
  const size = { width: Math.max(1, Math.round(across)), height: Math.max(1, Math.round(down)) };
  if (!(size.width <= maxSide && size.height <= maxSide)) {
    throw new UsageError(
      `the image would be ${size.width} × ${size.height} pixels: ` +
        `no side may be beyond ${maxSide}; give a smaller width`,
    );
  }
  return size;
}
