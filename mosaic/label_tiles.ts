import type { PixelImage } from "../contrast/pixel_image.ts";
import { UsageError } from "../errors.ts";
import { glyphRows, glyphSize } from "./glyph_rows.ts";
import type { MosaicCell, MosaicLayout } from "./plan_mosaic.ts";
import { wrapLabel } from "./wrap_label.ts";

/** Letters are twice as large in cells of twice this side, three times in those of three times. */
const sideOfScale = 256;
/** Pixels of the font between the edge of a cell and its label, the outline's included. */
const margin = 3;
/** Pixels of the font from one line to the next: outlines share theirs. */
const lineHeight = glyphSize.height + 1;

const black = 0;
const white = 255;

/**
 * Writes labels on the tiles of a mosaic, each at the top left of its cell, in white outlined in
 * black so that it can be read on any picture.
 *
 * Letters are 6 × 10 pixels, twice that in cells from 512 pixels on and so forth, never blurred. A
 * line that is too long is broken where two spaces are, else between words; what does not fit into
 * the cell then is left out. The font knows the printable characters of ASCII; any other character
 * is drawn as `?`.
 *
 * @param mosaic The mosaic, grey or RGB; it is not changed
 * @param labels The lines of a label for every cell; none for one without a label
 * @param layout The mosaic's layout, of which only the cells count; see {@linkcode planMosaic}
 * @returns The mosaic with its labels
 * @throws {UsageError} If there is not one label a cell
 *
 * @example Two tiles
 * ```ts
 * import { labelTiles, planGrid, planMosaic, tileImages } from "@dicom/series-preview/mosaic";
 * import { assert } from "@std/assert";
 *
 * const layout = planMosaic(planGrid({ samples: 2 }), { width: 128, tileAspect: 1 });
 * const tile = { width: 64, height: 64, channels: 1, data: new Uint8Array(64 * 64) } as const;
 * const mosaic = tileImages([tile, tile], layout);
 * const labeled = labelTiles(mosaic, [["#0  12.5 mm"], ["#1  10 mm"]], layout);
 * assert(labeled.data.includes(255));
 * ```
 */
export function labelTiles(
  mosaic: PixelImage,
  labels: readonly (readonly string[])[],
  layout: Pick<MosaicLayout, "cells">,
): PixelImage {
  const { cells } = layout;
  if (labels.length !== cells.length) {
    throw new UsageError(`${labels.length} labels for a mosaic of ${cells.length} cells`);
  }
  const labeled = { ...mosaic, data: new Uint8Array(mosaic.data) };
  cells.forEach((cell, index) => drawLabel(labeled, labels[index]!, cell));
  return labeled;
}

interface WritableImage extends PixelImage {
  readonly data: Uint8Array;
}

function drawLabel(image: WritableImage, label: readonly string[], cell: MosaicCell): void {
  const scale = Math.max(1, Math.floor(Math.min(cell.width, cell.height) / sideOfScale));
  const columns = Math.floor((cell.width / scale - 2 * margin) / glyphSize.width);
  const rows = Math.floor((cell.height / scale - 2 * margin + 1) / lineHeight);
  if (columns < 1) return;
  const dots = wrapLabel(label, columns).slice(0, Math.max(0, rows)).flatMap(lineDots);
  for (const { x, y } of dots) {
    fillSquare(image, cell.x + (x - 1) * scale, cell.y + (y - 1) * scale, 3 * scale, black);
  }
  for (const { x, y } of dots) {
    fillSquare(image, cell.x + x * scale, cell.y + y * scale, scale, white);
  }
}

/** A pixel of the font, from the top left of the cell. */
interface Dot {
  readonly x: number;
  readonly y: number;
}

/** The pixels of one line of a label. */
function lineDots(line: string, number: number): Dot[] {
  const top = margin + number * lineHeight;
  return [...line].flatMap((character, column) =>
    glyphRows(character).flatMap((row, y) =>
      Array.from({ length: glyphSize.width }, (_, x) => x)
        .filter((x) => row & (1 << (glyphSize.width - 1 - x)))
        .map((x) => ({ x: margin + column * glyphSize.width + x, y: top + y }))
    )
  );
}

function fillSquare(
  { data, width, channels }: WritableImage,
  left: number,
  top: number,
  side: number,
  value: number,
): void {
  for (let y = top; y < top + side; y++) {
    const at = (y * width + left) * channels;
    data.fill(value, at, at + side * channels);
  }
}
