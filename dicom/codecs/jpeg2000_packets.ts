import type { Jpeg2000Header } from "./jpeg2000_header.ts";

/** The exponent of a precinct's size where the codestream gives none (ISO/IEC 15444-1 A.6.1). */
const largestPrecinct = 15;

/**
 * Counts the packets that a codestream has at least: one for each layer,
 * component, resolution and precinct, if it had but one tile. Each takes a byte or more,
 * so that a short codestream which claims many can be told before a decoder makes room for them.
 */
export function countPackets(header: Jpeg2000Header): number {
  const { rows, columns, levels, layers, samplesPerPixel, precincts } = header;
  let precinctsOfComponent = 0;
  for (let resolution = 0; resolution <= levels; resolution++) {
    const scale = 2 ** (levels - resolution);
    const { width, height } = precincts[resolution] ??
      { width: largestPrecinct, height: largestPrecinct };
    const across = Math.ceil(Math.ceil(columns / scale) / 2 ** width);
    const down = Math.ceil(Math.ceil(rows / scale) / 2 ** height);
    precinctsOfComponent += across * down;
  }
  return layers * samplesPerPixel * precinctsOfComponent;
}
