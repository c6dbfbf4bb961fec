import type { PixelMatrix } from "./read_pixel_matrix.ts";

/** A canvas is at least this much larger than the picture, so that a filter can make one of the other. */
const spare = 2;

/**
 * The size to put a total pixel matrix together at for a picture: its own, unless that is more than
 * four times as large. The picture is then still the smaller one by half.
 *
 * @param picture The size of the picture in pixels; the matrix's own when absent.
 */
export function canvasSize(
  matrix: PixelMatrix,
  picture?: { readonly width: number; readonly height: number },
): PixelMatrix {
  if (picture === undefined) return matrix;
  const { columns, rows } = matrix;
  const ratio = Math.min(columns / picture.width, rows / picture.height);
  const factor = Math.max(1, Math.floor(ratio / spare));
  return {
    columns: Math.max(1, Math.round(columns / factor)),
    rows: Math.max(1, Math.round(rows / factor)),
  };
}
