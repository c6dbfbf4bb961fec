import { joinBytes } from "../join_bytes.ts";
import { endOfImage } from "./end_of_image.ts";
import type { Jpeg2000Header } from "./jpeg2000_header.ts";
import { Jpeg2000Marker as Marker } from "./jpeg2000_marker.ts";
import type { MarkerSegment } from "./list_marker_segments.ts";
import type { PacketWalk } from "./packet_walk.ts";

/** What tells lengths that are others in the prefix. */
const lengths: readonly number[] = [
  Marker.tilePartLengths,
  Marker.packetLengthsOfMainHeader,
  Marker.packetLengthsOfTilePart,
];

/**
 * Writes the packets that were walked over as the only tile-part of a
 * codestream, which is whole by the standard: the other packets are empty.
 *
 * @param segments The marker segments of the main header.
 * @param missing How many packets were not walked over.
 */
export function writeJpeg2000Prefix(
  bytes: Uint8Array,
  header: Jpeg2000Header,
  segments: readonly MarkerSegment[],
  { tileSegments, spans }: PacketWalk,
  missing: number,
): Uint8Array {
  const copy = ({ start, end }: { start: number; end: number }) => bytes.subarray(start, end);
  const kept = (list: readonly MarkerSegment[]) =>
    list.filter(({ marker }) => !lengths.includes(marker)).map(copy);
  const emptyPacket = header.marksPacketHeaders ? [0, 0xff, 0x92] : [0];
  const tilePart = [
    new Uint8Array(12),
    ...kept(tileSegments),
    Uint8Array.of(0xff, 0x93),
    ...spans.map(copy),
    Uint8Array.from(
      { length: missing * emptyPacket.length },
      (_, i) => emptyPacket[i % emptyPacket.length]!,
    ),
  ];
  const head = new DataView(tilePart[0]!.buffer);
  head.setUint16(0, Marker.startOfTilePart);
  head.setUint16(2, 10);
  head.setUint32(6, tilePart.reduce((sum, part) => sum + part.length, 0));
  // The first of one.
  head.setUint8(11, 1);
  return joinBytes([
    bytes.subarray(0, 2),
    ...kept(segments),
    ...tilePart,
    Uint8Array.from(endOfImage),
  ]);
}
