import type { Jpeg2000Header } from "./jpeg2000_header.ts";
import { precinctGrid } from "./jpeg2000_precincts.ts";

/** Which packet of a resolution it is. */
export interface PacketPlace {
  /** Its layer. */
  readonly layer: number;
  /** Its component. */
  readonly component: number;
  /** Its precinct, row by row. */
  readonly precinct: number;
}

/** Orders of packets (ISO/IEC 15444-1 table A.16). */
const Order = { LRCP: 0, RLCP: 1, RPCL: 2, PCRL: 3, CPRL: 4 } as const;

/**
 * Whether all packets of a resolution come before those of the next: so in RLCP
 * and RPCL; in LRCP of a single layer; and where a resolution is but one precinct of one component,
 * in the orders by position or component.
 */
export function isResolutionFirst(header: Jpeg2000Header): boolean {
  const { progressionOrder, layers, samplesPerPixel, levels } = header;
  switch (progressionOrder) {
    case Order.LRCP:
      return layers === 1;
    case Order.RLCP:
    case Order.RPCL:
      return true;
    case Order.PCRL:
    case Order.CPRL:
      return samplesPerPixel === 1 &&
        Array.from({ length: levels + 1 }, (_, resolution) => precinctGrid(header, resolution))
          .every(({ across, down }) => across * down === 1);
    default:
      return false;
  }
}

/**
 * Lists the packets of a resolution as they are stored, where
 * {@linkcode isResolutionFirst} and components are sampled alike.
 *
 * @param precincts How many precincts the resolution has.
 */
export function* packetsOfResolution(
  header: Pick<Jpeg2000Header, "progressionOrder" | "layers" | "samplesPerPixel">,
  precincts: number,
): Generator<PacketPlace, void, unknown> {
  const { progressionOrder, layers, samplesPerPixel: components } = header;
  const count = layers * components * precincts;
  const byLayer = progressionOrder === Order.LRCP || progressionOrder === Order.RLCP;
  for (let i = 0; i < count; i++) {
    yield byLayer
      ? {
        layer: Math.floor(i / (components * precincts)),
        component: Math.floor(i / precincts) % components,
        precinct: i % precincts,
      }
      : {
        layer: i % layers,
        component: Math.floor(i / layers) % components,
        precinct: Math.floor(i / (layers * components)),
      };
  }
}
