import type { Jpeg2000Header } from "./jpeg2000_header.ts";

type PrecinctHeader = Pick<Jpeg2000Header, "rows" | "columns" | "levels" | "precincts">;

/** The exponent of a precinct's size where the codestream gives none (ISO/IEC 15444-1 A.6.1). */
const largestPrecinct = 15;

/** The exponents of the size of the precincts of a resolution. */
export function precinctSize(
  header: PrecinctHeader,
  resolution: number,
): { readonly width: number; readonly height: number } {
  return header.precincts[resolution] ?? { width: largestPrecinct, height: largestPrecinct };
}

/**
 * What a resolution of an image in one tile at the reference grid's origin is
 * divided into (ISO/IEC 15444-1 B.6).
 *
 * @param resolution From 0, the lowest, to the number of levels.
 */
export function precinctGrid(
  header: PrecinctHeader,
  resolution: number,
): { readonly across: number; readonly down: number } {
  const { rows, columns, levels } = header;
  const scale = 2 ** (levels - resolution);
  const { width, height } = precinctSize(header, resolution);
  return {
    across: Math.ceil(Math.ceil(columns / scale) / 2 ** width),
    down: Math.ceil(Math.ceil(rows / scale) / 2 ** height),
  };
}
