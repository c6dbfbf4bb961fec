import type { FailedRead } from "../errors.ts";
import type { PixelImage } from "../contrast/pixel_image.ts";
import { labelTiles } from "../mosaic/label_tiles.ts";
import type { MosaicLayout } from "../mosaic/plan_mosaic.ts";
import { tileImages } from "../mosaic/tile_images.ts";
import { type Failure, namedFailures } from "./failures.ts";
import { requireDrawn } from "./require_drawn.ts";
import type { Slice } from "./slice_reader.ts";

/** A mosaic and what it shows. */
export interface Mosaic {
  /** The picture. */
  readonly image: PixelImage;
  /** Tiles across. */
  readonly columns: number;
  /** Tiles down. */
  readonly rows: number;
  /** The slices shown, row by row from the top left, failed ones included. */
  readonly slices: readonly Slice[];
  /** The slices that could not be drawn; their tiles are marked. */
  readonly failed: readonly FailedRead[];
}

/** The tiles of a mosaic, before it is decided what their failures mean. */
export interface MosaicDrawing {
  /** The series. */
  readonly address: string;
  readonly layout: MosaicLayout;
  /** The slices shown; each has one tile, or several in a row. */
  readonly slices: readonly Slice[];
  /** A picture for each cell; null for those of a slice that failed. */
  readonly images: readonly (PixelImage | null)[];
  /** The lines of a label for each cell; null for none. */
  readonly labels: readonly (readonly string[])[] | null;
  readonly failures: readonly Failure[];
}

/**
 * Puts the tiles of a mosaic together.
 *
 * @throws {NetworkError} When the run was stopped because of the host.
 * @throws {SeriesPreviewError} When not one slice could be drawn.
 */
export function finishMosaic(drawing: MosaicDrawing): Mosaic {
  const { address, layout, slices, images, labels, failures } = drawing;
  requireDrawn(failures, slices.length, address);
  const { columns, rows } = layout;
  const tiled = tileImages(images, layout);
  const image = labels === null ? tiled : labelTiles(tiled, labels, layout);
  return { image, columns, rows, slices, failed: namedFailures(failures) };
}
