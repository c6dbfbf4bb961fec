import { UsageError } from "../errors.ts";
import { checkWhole, maxSide } from "./check_whole.ts";
import { trimGrid } from "./trim_grid.ts";
import type { ImageSize } from "./image_size.ts";
import type { MosaicGrid } from "./mosaic_grid.ts";

/** The size asked of a mosaic. */
export interface MosaicSize {
  /** Total width in pixels; 768 when neither side is given. */
  readonly width?: number | undefined;
  /** Total height in pixels; follows from the width when absent. */
  readonly height?: number | undefined;
}

/** What a call asks of a mosaic's layout. */
export interface MosaicLayoutOptions extends MosaicSize {
  /** Height of a tile divided by its width, as shown; see {@linkcode displayAspect}. */
  readonly tileAspect: number;
  /** Cut off what would stay black around the tiles; false by default. */
  readonly shrinkToFit?: boolean | undefined;
}

/** The place of a tile in a mosaic, in pixels from the top left. */
export interface MosaicCell extends ImageSize {
  /** Pixels to its left. */
  readonly x: number;
  /** Pixels above it. */
  readonly y: number;
}

/** Where everything goes in a mosaic; width and height are those of the whole picture. */
export interface MosaicLayout extends MosaicGrid, ImageSize {
  /** One cell a sample, row by row from the top left. */
  readonly cells: readonly MosaicCell[];
}

const defaultWidth = 768;

/**
 * Decides the pixels of a mosaic from its grid.
 *
 * Width and height are those of the whole picture, and the picture has exactly
 * the sides that are given; cells differ by one pixel where a side does not
 * divide evenly. With one side given the other follows from the tiles' aspect.
 * With both, tiles fit inside their cells ({@linkcode fitInside}) and the rest
 * stays black.
 *
 * `shrinkToFit` makes the picture smaller instead of leaving black: tiles keep
 * the size they fit in, cells close around them, and empty columns and rows
 * are cut off. A last row that is not full stays so.
 *
 * @param grid The grid; see {@linkcode planGrid}
 * @param options What the call asks
 * @returns The layout
 * @throws {UsageError} If a side is not a whole number, is beyond 16,384 pixels, or leaves a cell no pixel
 *
 * @example Nine square tiles
 * ```ts
 * import { planGrid, planMosaic } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * const layout = planMosaic(planGrid(), { tileAspect: 1 });
 * assertEquals([layout.width, layout.height], [768, 768]);
 * assertEquals(layout.cells[4], { x: 256, y: 256, width: 256, height: 256 });
 * ```
 */
export function planMosaic(grid: MosaicGrid, options: MosaicLayoutOptions): MosaicLayout {
  const { height, tileAspect } = options;
  const width = options.width ?? (height === undefined ? defaultWidth : undefined);
  if (options.width === undefined && width !== undefined && grid.columns > width) {
    throw new UsageError(
      `${grid.columns} columns do not fit in ${width} pixels: give fewer columns, or a width`,
    );
  }
  if (width !== undefined) checkWhole("width", width, grid.columns, maxSide);
  if (height !== undefined) checkWhole("height", height, grid.rows, maxSide);
  // The width of a tile, not rounded: what every side that was not asked for follows from.
  const tileWidth = Math.min(
    width === undefined ? Infinity : width / grid.columns,
    height === undefined ? Infinity : height / grid.rows / tileAspect,
  );
  const shown = options.shrinkToFit ? trimGrid(grid) : grid;
  const fitted = {
    width: Math.max(shown.columns, Math.round(tileWidth * shown.columns)),
    height: Math.max(shown.rows, Math.round(tileWidth * tileAspect * shown.rows)),
  };
  const size = options.shrinkToFit
    ? fitted
    : { width: width ?? fitted.width, height: height ?? fitted.height };
  if (!(size.width <= maxSide && size.height <= maxSide)) {
    throw new UsageError(
      `a mosaic of ${grid.columns} × ${grid.rows} tiles would be ${size.width} × ${size.height} ` +
        `pixels: no side may be beyond ${maxSide}; give a smaller width or height`,
    );
  }
  return { ...shown, ...size, cells: divideCells(shown, size) };
}

function divideCells(
  { columns, rows, samples }: MosaicGrid,
  { width, height }: ImageSize,
): MosaicCell[] {
  const edge = (index: number, count: number, size: number) => Math.round(index * size / count);
  return Array.from({ length: samples }, (_, index): MosaicCell => {
    const column = index % columns;
    const row = Math.floor(index / columns);
    const x = edge(column, columns, width);
    const y = edge(row, rows, height);
    return {
      x,
      y,
      width: edge(column + 1, columns, width) - x,
      height: edge(row + 1, rows, height) - y,
    };
  });
}
