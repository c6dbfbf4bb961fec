import { DecodeError } from "../../errors.ts";
import { findJpeg2000Codestream } from "./jpeg2000_codestream.ts";
import { type Jpeg2000Header, readJpeg2000Header } from "./jpeg2000_header.ts";
import { Jpeg2000Marker as Marker } from "./jpeg2000_marker.ts";
import { countPackets } from "./jpeg2000_packets.ts";
import { precinctSize } from "./jpeg2000_precincts.ts";
import { listMarkerSegments, type MarkerSegment } from "./list_marker_segments.ts";
import { isResolutionFirst } from "./packet_order.ts";
import { isKnownStyle } from "./packet_precinct.ts";
import { PacketWalk, type WalkStop } from "./packet_walk.ts";
import { sumTilePartLengths } from "./sum_tile_part_lengths.ts";
import { writeJpeg2000Prefix } from "./write_jpeg2000_prefix.ts";

/** What is to be done with the first bytes of a frame. */
export type Jpeg2000Prefix =
  | {
    /** They suffice. */
    readonly kind: "prefix";
    /** Bytes of the frame up to the end of what the level needs. */
    readonly end: number;
    /** A codestream of its own, that has the level's resolutions and nothing of the others. */
    readonly codestream: Uint8Array;
  }
  | WalkStop;

/** What a main header may tell without changing where packets end (ISO/IEC 15444-1 table A.2). */
const harmless: readonly number[] = [
  Marker.capabilities,
  Marker.size,
  Marker.codingStyle,
  Marker.tilePartLengths,
  Marker.profile,
  Marker.packetLengthsOfMainHeader,
  Marker.correspondingProfile,
  Marker.quantization,
  Marker.quantizationOfComponent,
  Marker.regionOfInterest,
  Marker.registration,
  Marker.comment,
];
/** Layers that a tag tree has room for. */
const mostLayers = 254;

const whole = { kind: "whole" } as const;

/**
 * Plans how much of a JPEG 2000 or HTJ2K frame it takes to decode it at a
 * reduced resolution, from its first bytes, without reading anything: pure.
 *
 * It walks over the packets by their headers, and answers a prefix only where it is proved to hold
 * all packets that the level needs: those of one tile, in an order with the lowest resolutions
 * first. The prefix comes as a codestream that is whole by the standard, in which the packets of
 * the other resolutions are empty.
 *
 * @param frame The first bytes of the frame.
 * @param level How often to halve the resolution; as often as the stream can at most.
 * @param length Bytes of the whole frame, or of its first fragment.
 * @returns The prefix; how many bytes of the frame are needed at least to go on; or that only the
 * whole frame will do, for a decoder to tell what it is.
 */
export function planJpeg2000Prefix(
  frame: Uint8Array,
  level: number,
  length: number,
): Jpeg2000Prefix {
  const at = findCodestream(frame);
  if (at === null) return whole;
  const bytes = frame.subarray(at);
  const plan = planCodestream(bytes, level, length - at);
  switch (plan.kind) {
    case "whole":
      return plan;
    case "more": {
      const bytesNeeded = plan.bytesNeeded + at;
      return bytesNeeded > length ? whole : { ...plan, bytesNeeded };
    }
    case "prefix":
      return { ...plan, end: plan.end + at };
  }
}

function findCodestream(frame: Uint8Array): number | null {
  try {
    return findJpeg2000Codestream("JPEG 2000", frame).byteOffset - frame.byteOffset;
  } catch (error) {
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

function planCodestream(bytes: Uint8Array, level: number, length: number): Jpeg2000Prefix {
  const main = listMarkerSegments(bytes, 2, Marker.startOfTilePart);
  if (main.ending === "cut") return { kind: "more", bytesNeeded: main.at, enough: false };
  const header = main.ending === "ended" ? readHeader(bytes) : null;
  if (header === null || !isHarmless(header, main.segments)) return whole;
  const resolutions = header.levels + 1 - Math.min(level, header.levels);
  const packets = countPackets(header);
  if (resolutions > header.levels || packets > length) return whole;
  const walk = new PacketWalk(bytes, header, length);
  const stop = walk.walk(resolutions);
  if (stop?.kind === "more" && !stop.enough) {
    const end = header.tilePartsAt + sumTilePartLengths(bytes, main.segments, header, resolutions);
    return end > stop.bytesNeeded ? { kind: "more", bytesNeeded: end, enough: true } : stop;
  }
  if (stop !== null) return stop;
  const missing = packets - countPackets(header, resolutions);
  const codestream = writeJpeg2000Prefix(bytes, header, main.segments, walk, missing);
  return { kind: "prefix", end: walk.end, codestream };
}

function readHeader(bytes: Uint8Array): Jpeg2000Header | null {
  try {
    return readJpeg2000Header("JPEG 2000", bytes);
  } catch (error) {
    // The whole frame will tell what it is.
    if (error instanceof DecodeError) return null;
    throw error;
  }
}

/** Whether the walk knows where packets are, and all of a resolution come before those of the next. */
function isHarmless(header: Jpeg2000Header, segments: readonly MarkerSegment[]): boolean {
  const { tiles, atOrigin, uneven, layers, levels, codeBlock } = header;
  const once = (marker: number) => segments.filter((each) => each.marker === marker).length === 1;
  if (!segments.every(({ marker }) => harmless.includes(marker))) return false;
  if (!once(Marker.size) || !once(Marker.codingStyle)) return false;
  if (tiles !== 1 || !atOrigin || uneven || layers > mostLayers) return false;
  if (!isKnownStyle(codeBlock.style, layers)) return false;
  for (let resolution = 1; resolution <= levels; resolution++) {
    const { width, height } = precinctSize(header, resolution);
    if (width === 0 || height === 0) return false;
  }
  return isResolutionFirst(header);
}
