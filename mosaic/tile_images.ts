import type { PixelImage } from "../contrast/pixel_image.ts";
import { UsageError } from "../errors.ts";
import { failedTile } from "./failed_tile.ts";
import type { MosaicCell, MosaicLayout } from "./plan_mosaic.ts";

/**
 * Puts images into the cells of a mosaic, each in the middle of its cell, on black.
 *
 * One RGB image among them makes the whole mosaic RGB.
 *
 * @param images An image for every cell, none larger than its cell; null for one that failed, which is drawn as a
 * dark tile with a border and a cross
 * @param layout The mosaic's layout, from {@linkcode planMosaic} or put together by hand
 * @returns The mosaic, of the layout's size
 * @throws {UsageError} If there is not one image a cell, or one is larger than its cell
 *
 * @example Two tiles, of which one failed
 * ```ts
 * import { planGrid, planMosaic, tileImages } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * const layout = planMosaic(planGrid({ samples: 2 }), { width: 8, tileAspect: 1 });
 * const image = { width: 4, height: 4, channels: 1, data: new Uint8Array(16).fill(255) } as const;
 * const mosaic = tileImages([image, null], layout);
 * assertEquals([mosaic.width, mosaic.height, mosaic.channels], [8, 4, 1]);
 * ```
 */
export function tileImages(
  images: readonly (PixelImage | null)[],
  layout: Pick<MosaicLayout, "width" | "height" | "cells">,
): PixelImage {
  const { width, height, cells } = layout;
  if (images.length !== cells.length) {
    throw new UsageError(`${images.length} images for a mosaic of ${cells.length} cells`);
  }
  const channels = images.some((image) => image?.channels === 3) ? 3 : 1;
  const data = new Uint8Array(width * height * channels);
  const mosaic: WritableImage = { width, height, channels, data };
  cells.forEach((cell, index) => drawTile(mosaic, images[index] ?? failedTile(cell), cell));
  return mosaic;
}

interface WritableImage extends PixelImage {
  readonly data: Uint8Array;
}

function drawTile(mosaic: WritableImage, tile: PixelImage, cell: MosaicCell): void {
  if (tile.width > cell.width || tile.height > cell.height) {
    throw new UsageError(
      `an image of ${tile.width} × ${tile.height} pixels is larger than its cell of ` +
        `${cell.width} × ${cell.height}: resize it first`,
    );
  }
  const { channels } = mosaic;
  const left = cell.x + Math.floor((cell.width - tile.width) / 2);
  const top = cell.y + Math.floor((cell.height - tile.height) / 2);
  const tileRow = tile.width * tile.channels;
  for (let y = 0; y < tile.height; y++) {
    const row = tile.data.subarray(y * tileRow, (y + 1) * tileRow);
    const at = ((top + y) * mosaic.width + left) * channels;
    if (tile.channels === channels) mosaic.data.set(row, at);
    else row.forEach((grey, x) => mosaic.data.fill(grey, at + x * 3, at + x * 3 + 3));
  }
}
