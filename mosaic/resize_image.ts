import type { PixelImage } from "../contrast/pixel_image.ts";
import { UsageError } from "../errors.ts";
import type { ImageSize } from "./image_size.ts";
import { lanczosWeights } from "./resize/lanczos_weights.ts";
import { resizeByLoops } from "./resize/resize_by_loops.ts";
import { resizeBySimd } from "./resize/resize_by_simd.ts";
import type { SampleGrid } from "./sample_grid.ts";

/**
 * Resizes an image with a Lanczos filter of three lobes, widened when
 * shrinking so that fine detail does not alias.
 *
 * Each axis is filtered on its own, rows first, with weights in fixed point
 * and a rounding to bytes in between: the picture is the same on every machine.
 *
 * @param image The image, grey or RGB
 * @param size The size wanted, in pixels, each side at least 1; the aspect is the caller's to keep
 * @param grid Where the image's pixels lie on the picture; by default side by side, from end to end
 * @returns An image of that size; the same one when it has that size and place already
 * @throws {UsageError} If the image has fewer bytes than its sides and channels say
 *
 * @example A plain area stays plain
 * ```ts
 * import { resizeImage } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * const image = { width: 8, height: 8, channels: 1, data: new Uint8Array(64).fill(90) } as const;
 * assertEquals(resizeImage(image, { width: 2, height: 2 }).data, Uint8Array.of(90, 90, 90, 90));
 * ```
 */
export function resizeImage(image: PixelImage, size: ImageSize, grid?: SampleGrid): PixelImage {
  const { width, height, channels } = image;
  const missing = width * height * channels - image.data.length;
  if (missing > 0) {
    throw new UsageError(`an image of ${width} × ${height} pixels lacks ${missing} bytes of them`);
  }
  if (grid === undefined && width === size.width && height === size.height) return image;
  const axis = (side: "width" | "height") =>
    lanczosWeights(image[side], size[side], grid && { ...grid, extent: grid.extent[side] });
  const axes = { across: axis("width"), down: axis("height") };
  const data = resizeBySimd(image, axes) ?? resizeByLoops(image, axes);
  return { ...size, channels, data };
}
