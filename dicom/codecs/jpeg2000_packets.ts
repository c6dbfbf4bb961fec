import type { Jpeg2000Header } from "./jpeg2000_header.ts";
import { precinctGrid } from "./jpeg2000_precincts.ts";

/**
 * Counts the packets that a codestream has at least: one for each layer,
 * component, resolution and precinct, if it had but one tile. Each takes a byte or more,
 * so that a short codestream which claims many can be told before a decoder makes room for them.
 *
 * @param resolutions How many resolutions to count, from the lowest on; all by default.
 */
export function countPackets(header: Jpeg2000Header, resolutions = header.levels + 1): number {
  let precincts = 0;
  for (let resolution = 0; resolution < resolutions; resolution++) {
    const { across, down } = precinctGrid(header, resolution);
    precincts += across * down;
  }
  return header.layers * header.samplesPerPixel * precincts;
}
