import type { Jpeg2000Header } from "./jpeg2000_header.ts";
import { Jpeg2000Marker as Marker } from "./jpeg2000_marker.ts";
import type { MarkerSegment } from "./list_marker_segments.ts";

/**
 * Adds up the lengths of the tile-parts that hold the lowest resolutions,
 * where a marker segment TLM (ISO/IEC 15444-1 A.7.1) tells of as many parts as
 * there are resolutions. It may not be true.
 *
 * @param segments The marker segments of the main header.
 * @returns Bytes; 0 where nothing tells.
 */
export function sumTilePartLengths(
  bytes: Uint8Array,
  segments: readonly MarkerSegment[],
  { levels }: Jpeg2000Header,
  resolutions: number,
): number {
  const told = segments.filter(({ marker }) => marker === Marker.tilePartLengths);
  const [tlm] = told;
  if (tlm === undefined || told.length > 1 || tlm.end - tlm.start < 6) return 0;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const sizes = view.getUint8(tlm.start + 5);
  const ofTile = (sizes >> 4) & 3;
  const ofLength = sizes & 0x40 ? 4 : 2;
  const entry = ofTile + ofLength;
  const first = tlm.start + 6;
  if ((tlm.end - first) / entry !== levels + 1) return 0;
  let length = 0;
  for (let part = 0; part < resolutions; part++) {
    const at = first + part * entry + ofTile;
    length += ofLength === 4 ? view.getUint32(at) : view.getUint16(at);
  }
  return length;
}
