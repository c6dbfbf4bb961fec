import { dictionary } from "dcmjs/dictionary";

let vrs: Map<string, string> | null = null;

/**
 * The value representation that a maker gave a private element, as far as it is known.
 *
 * @param tag Group and element number as one unsigned 32-bit number; which block the maker
 * reserved does not matter.
 * @param creator The value of the block's Private Creator (PS3.5 section 7.8.1).
 * @returns Two letters, or null.
 */
export function lookupPrivateVR(tag: number, creator: string): string | null {
  vrs ??= buildVRs();
  return vrs.get(keyOf(tag >>> 16, creator, tag & 0xff)) ?? null;
}

function keyOf(group: number, creator: string, element: number): string {
  return `${group} ${element} ${creator}`;
}

function buildVRs(): Map<string, string> {
  const map = new Map<string, string>();
  for (const [key, { vr }] of Object.entries(dictionary as Record<string, { vr?: string }>)) {
    // As in (0019,"GEMS_ACQU_01",02).
    const match = /^\(([0-9A-Fa-f]{4}),"([^"]+)",([0-9A-Fa-f]{2})\)$/.exec(key);
    if (match === null || vr === undefined) continue;
    map.set(keyOf(parseInt(match[1]!, 16), match[2]!, parseInt(match[3]!, 16)), vr);
  }
  return map;
}
