import { DecodeError } from "../../errors.ts";
import { Jpeg2000Marker } from "./jpeg2000_marker.ts";
import { listMarkerSegments } from "./list_marker_segments.ts";
import type { StreamHeader } from "./stream_frame.ts";

/** What the main header of a JPEG 2000 codestream tells (ISO/IEC 15444-1 annex A, 15444-15). */
export interface Jpeg2000Header extends StreamHeader {
  /** Whether a component is sampled less than others, or of another precision or sign. */
  readonly uneven: boolean;
  /** Whether components are signed. */
  readonly signed: boolean;
  /** How often resolution is halved. */
  readonly levels: number;
  /** Order of packets: 0 LRCP, 1 RLCP, 2 RPCL, 3 PCRL, 4 CPRL. */
  readonly progressionOrder: number;
  /** Quality layers. */
  readonly layers: number;
  /** Exponents of the sizes of precincts, from the lowest resolution on; empty for the largest. */
  readonly precincts: readonly { readonly width: number; readonly height: number }[];
  /** Exponents of the size of code-blocks, and the flags of how they are coded. */
  readonly codeBlock: { readonly width: number; readonly height: number; readonly style: number };
  /** Whether a marker may come before each packet. */
  readonly mayMarkPackets: boolean;
  /** Whether a marker ends the header of each packet. */
  readonly marksPacketHeaders: boolean;
  /** Whether components were transformed to luma and chroma, as RGB is. */
  readonly colorTransform: boolean;
  /** Tiles of the image. */
  readonly tiles: number;
  /** Whether the image starts at the reference grid's origin. */
  readonly atOrigin: boolean;
  /** Offset of the components' depths in SIZ, each of three bytes. */
  readonly componentsAt: number;
  /** Offset of the first tile-part. */
  readonly tilePartsAt: number;
}

type SizeSegment = Omit<Jpeg2000Header, keyof StyleSegment | "componentsAt" | "tilePartsAt">;
type StyleSegment = Pick<
  Jpeg2000Header,
  | "levels"
  | "progressionOrder"
  | "layers"
  | "precincts"
  | "codeBlock"
  | "mayMarkPackets"
  | "marksPacketHeaders"
  | "colorTransform"
>;

const mostLevels = 32;

/**
 * Reads the main header of a codestream.
 *
 * @param name The name of the stream's format, for errors.
 * @param codestream From its marker FF4F on.
 * @throws {DecodeError} When the stream is no such codestream, or is cut in its header.
 */
export function readJpeg2000Header(name: string, codestream: Uint8Array): Jpeg2000Header {
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.length);
  if (codestream.length < 4 || view.getUint16(0) !== Jpeg2000Marker.startOfCodestream) {
    throw new DecodeError(`the frame is no ${name} codestream: it does not start with FF4F`);
  }
  const broken = (at: number) =>
    new DecodeError(`the ${name} frame is corrupt or cut in its header, at byte ${at}`);
  const { segments, ending, at } = listMarkerSegments(
    codestream,
    2,
    Jpeg2000Marker.startOfTilePart,
  );
  let size: SizeSegment | null = null;
  let style: StyleSegment | null = null;
  let componentsAt = 0;
  for (const { marker, start, end } of segments) {
    const body = new DataView(
      codestream.buffer,
      codestream.byteOffset + start + 4,
      end - start - 4,
    );
    if (marker === Jpeg2000Marker.size) {
      if (size !== null) throw broken(start);
      size = readSize(body);
      if (size === null) throw broken(start);
      componentsAt = start + 40;
    }
    if (marker === Jpeg2000Marker.codingStyle) {
      if (style !== null) throw broken(start);
      style = readStyle(body);
      if (style === null) throw broken(start);
    }
  }
  if (ending !== "ended" || size === null || style === null) throw broken(at);
  return { ...size, ...style, componentsAt, tilePartsAt: at };
}

/** SIZ (A.5.1), but for its capabilities. */
function readSize(body: DataView): SizeSegment | null {
  if (body.byteLength < 36) return null;
  const [right, bottom, left, top, tileWidth, tileHeight, tileLeft, tileTop] = Array.from(
    { length: 8 },
    (_, i) => body.getUint32(2 + 4 * i),
  ) as [number, number, number, number, number, number, number, number];
  const samplesPerPixel = body.getUint16(34);
  if (samplesPerPixel === 0 || body.byteLength < 36 + 3 * samplesPerPixel) return null;
  if (right <= left || bottom <= top || tileWidth === 0 || tileHeight === 0) return null;
  // The first tile covers the image's first pixel.
  if (tileLeft > left || tileTop > top) return null;
  if (tileLeft + tileWidth <= left || tileTop + tileHeight <= top) return null;
  const depth = body.getUint8(36);
  const uneven = Array.from(
    { length: samplesPerPixel },
    (_, i) => body.getUint8(36 + 3 * i) !== depth || body.getUint16(37 + 3 * i) !== 0x0101,
  ).includes(true);
  return {
    rows: bottom - top,
    columns: right - left,
    samplesPerPixel,
    precision: (depth & 0x7f) + 1,
    signed: depth >> 7 === 1,
    uneven,
    atOrigin: left === 0 && top === 0,
    tiles: Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight),
  };
}

/** COD (A.6.1). */
function readStyle(body: DataView): StyleSegment | null {
  if (body.byteLength < 10) return null;
  const levels = body.getUint8(5);
  const layers = body.getUint16(2);
  const flags = body.getUint8(0);
  const hasPrecincts = (flags & 1) === 1;
  if (levels > mostLevels || layers === 0) return null;
  if (hasPrecincts && body.byteLength < 11 + levels) return null;
  const precincts = Array.from({ length: hasPrecincts ? levels + 1 : 0 }, (_, i) => {
    const sizes = body.getUint8(10 + i);
    return { width: sizes & 15, height: sizes >> 4 };
  });
  return {
    precincts,
    progressionOrder: body.getUint8(1),
    layers,
    codeBlock: {
      width: (body.getUint8(6) & 15) + 2,
      height: (body.getUint8(7) & 15) + 2,
      style: body.getUint8(8),
    },
    mayMarkPackets: (flags & 2) !== 0,
    marksPacketHeaders: (flags & 4) !== 0,
    colorTransform: body.getUint8(4) === 1,
    levels,
  };
}
