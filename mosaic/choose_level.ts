import type { ImageSize } from "./image_size.ts";

/** Levels that JPEG 2000 can have. */
const mostLevels = 32;

/**
 * Chooses how often an image may be halved before it is drawn at a size: as
 * often as it stays at least as large in both directions, so that resizing
 * only ever shrinks.
 *
 * @param image The image's rows and columns
 * @param size The size that it is drawn at, in pixels
 * @returns How often; 0 where the image is drawn larger than it is
 *
 * @example A CT slice as a tile of 128 pixels
 * ```ts
 * import { chooseLevel } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(chooseLevel({ rows: 512, columns: 512 }, { width: 128, height: 128 }), 2);
 * assertEquals(chooseLevel({ rows: 512, columns: 512 }, { width: 129, height: 100 }), 1);
 * ```
 */
export function chooseLevel(
  image: { readonly rows: number; readonly columns: number },
  size: ImageSize,
): number {
  const suffices = (level: number) =>
    Math.ceil(image.rows / 2 ** level) >= size.height &&
    Math.ceil(image.columns / 2 ** level) >= size.width;
  let level = 0;
  while (level < mostLevels && suffices(level + 1)) level++;
  return level;
}
