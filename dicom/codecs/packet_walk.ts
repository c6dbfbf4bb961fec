import type { Jpeg2000Header } from "./jpeg2000_header.ts";
import { Jpeg2000Marker as Marker } from "./jpeg2000_marker.ts";
import { Jpeg2000Resolution } from "./jpeg2000_resolution.ts";
import { listMarkerSegments, type MarkerSegment } from "./list_marker_segments.ts";
import { PacketBits } from "./packet_bits.ts";
import { packetsOfResolution } from "./packet_order.ts";
import { PacketPrecinct } from "./packet_precinct.ts";

/** Why a walk ended before the packets that were asked for. */
export type WalkStop =
  | {
    /** Bytes are missing. */
    readonly kind: "more";
    /** How many it takes at least, from the first one on. */
    readonly bytesNeeded: number;
    /** Whether they suffice, or are expected to, so that asking for more would be in vain. */
    readonly enough: boolean;
  }
  | {
    /** There are no such packets, or none that can be told. */
    readonly kind: "whole";
  };

/** From the first byte to behind the last one. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const tilePartHead = 12;
const packetMark = 6;
/** Most code-blocks that are looked at: as many as 16,384² samples have in blocks of the usual size. */
const mostBlocks = 2 ** 18;
/** What a tile-part may tell before its packets without changing where they end. */
const harmless: readonly number[] = [Marker.packetLengthsOfTilePart, Marker.comment];
/** What the first one may tell beside: nothing of packets. */
const harmlessInFirst: readonly number[] = [
  Marker.quantization,
  Marker.quantizationOfComponent,
  Marker.regionOfInterest,
];

/**
 * Walks over the packets of a codestream of one tile from the first on, by
 * their headers alone, through as many tile-parts as they are in.
 */
export class PacketWalk {
  /** The marker segments of the first tile-part's header. */
  tileSegments: readonly MarkerSegment[] = [];
  /** Where the packets are that were walked over. */
  readonly spans: Span[] = [];
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #header: Jpeg2000Header;
  readonly #length: number;
  #at: number;
  #partStart: number;
  #partEnd: number;
  #parts = 0;

  /**
   * @param bytes The codestream, maybe not to its last byte.
   * @param header Its header: of one tile at the origin, of components that are alike.
   * @param length Bytes that the codestream has at most.
   */
  constructor(bytes: Uint8Array, header: Jpeg2000Header, length: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#header = header;
    this.#length = length;
    this.#at = this.#partStart = this.#partEnd = header.tilePartsAt;
  }

  /** Offset behind the last packet that was walked over. */
  get end(): number {
    return this.#at;
  }

  /**
   * Walks over all packets of the lowest resolutions.
   *
   * @param resolutions How many.
   * @returns Null when it has got there; else why it has not.
   */
  walk(resolutions: number): WalkStop | null {
    let blocks = 0;
    for (let number = 0; number < resolutions; number++) {
      const resolution = new Jpeg2000Resolution(this.#header, number);
      blocks += resolution.blocks * this.#header.samplesPerPixel;
      if (blocks > mostBlocks) return { kind: "whole" };
      const stop = this.#walkResolution(resolution);
      if (stop !== null) return stop;
    }
    this.#closePart();
    return this.#at > this.#bytes.length ? more(this.#at, true) : null;
  }

  #walkResolution(resolution: Jpeg2000Resolution): WalkStop | null {
    const { count } = resolution.precincts;
    const precincts = new Map<number, PacketPrecinct>();
    for (const { layer, component, precinct } of packetsOfResolution(this.#header, count)) {
      const key = component * count + precinct;
      const known = precincts.get(key) ??
        new PacketPrecinct(resolution.blocksOf(precinct), this.#header.codeBlock.style);
      precincts.set(key, known);
      const stop = this.#readPacket(known, layer);
      if (stop !== null) return stop;
    }
    return null;
  }

  #readPacket(precinct: PacketPrecinct, layer: number): WalkStop | null {
    while (this.#at === this.#partEnd) {
      const stop = this.#openPart();
      if (stop !== null) return stop;
    }
    const { mayMarkPackets, marksPacketHeaders } = this.#header;
    if (mayMarkPackets) {
      if (this.#lacks(packetMark)) return more(this.#at + packetMark);
      if (this.#view.getUint16(this.#at) === Marker.startOfPacket) this.#at += packetMark;
    }
    const bits = new PacketBits(this.#bytes, this.#at, this.#partEnd);
    const length = precinct.readHeader(layer, bits);
    if (bits.broken) return { kind: "whole" };
    if (bits.cut) return more(bits.at + 1);
    if (length === null) return { kind: "whole" };
    this.#at = bits.at;
    if (marksPacketHeaders) {
      if (this.#lacks(2)) return more(this.#at + 2);
      if (this.#view.getUint16(this.#at) !== Marker.endOfPacketHeader) return { kind: "whole" };
      this.#at += 2;
    }
    this.#at += length;
    return this.#at > this.#partEnd ? { kind: "whole" } : null;
  }

  /** Goes into the tile-part that begins here (ISO/IEC 15444-1 A.4.2), up to its first packet. */
  #openPart(): WalkStop | null {
    this.#closePart();
    const start = this.#at;
    if (this.#lacks(tilePartHead)) return more(start + tilePartHead);
    const length = this.#view.getUint32(start + 6);
    // 0: it goes to the end of the codestream.
    const end = length === 0 ? this.#length : start + length;
    if (
      this.#view.getUint16(start) !== Marker.startOfTilePart ||
      this.#view.getUint16(start + 2) !== tilePartHead - 2 ||
      this.#view.getUint16(start + 4) !== 0 ||
      this.#view.getUint8(start + 10) !== this.#parts || end > this.#length
    ) return { kind: "whole" };
    const listed = listMarkerSegments(this.#bytes, start + tilePartHead, Marker.startOfData);
    if (listed.ending === "cut" && listed.at <= end) return more(listed.at);
    const allowed = this.#parts === 0 ? [...harmless, ...harmlessInFirst] : harmless;
    if (
      listed.ending !== "ended" || listed.at + 2 > end ||
      listed.segments.some(({ marker }) => !allowed.includes(marker))
    ) return { kind: "whole" };
    if (this.#parts === 0) this.tileSegments = listed.segments;
    this.#parts++;
    this.#at = this.#partStart = listed.at + 2;
    this.#partEnd = end;
    return null;
  }

  #closePart(): void {
    if (this.#at > this.#partStart) this.spans.push({ start: this.#partStart, end: this.#at });
  }

  #lacks(bytes: number): boolean {
    return this.#at + bytes > this.#bytes.length;
  }
}

function more(bytesNeeded: number, enough = false): WalkStop {
  return { kind: "more", bytesNeeded, enough };
}
