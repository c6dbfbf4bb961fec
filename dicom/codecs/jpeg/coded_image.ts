import { DecodeError } from "../../../errors.ts";
import { CodingTables } from "./coding_tables.ts";
import { decodeScan } from "./decode_scan.ts";
import { EntropyReader } from "./entropy_reader.ts";
import { type FrameHeader, isFrameHeader, readFrameHeader } from "./frame_header.ts";
import {
  type FrameLayout,
  isComplete,
  type JpegComponent,
  layOutFrame,
  makeComponents,
} from "./jpeg_component.ts";
import { type JpegLimits, requireAllowedFrame, requireAllowedScans } from "./jpeg_limits.ts";
import { Marker, MarkerReader, type Segment } from "./marker_reader.ts";
import { readScanHeader } from "./scan_header.ts";
import type { SegmentReader } from "./segment_reader.ts";

/** A frame's header, and its components with their coefficients. */
interface CodedFrame {
  readonly header: FrameHeader;
  readonly layout: FrameLayout;
  readonly components: readonly JpegComponent[];
}

/** A JPEG stream read as far as its last coefficient. */
export class CodedImage {
  readonly #bytes: Uint8Array;
  readonly #limits: JpegLimits;
  readonly #markers: MarkerReader;
  readonly #tables = new CodingTables();
  readonly #entropy: EntropyReader;
  #frame: CodedFrame | null = null;
  #scans = 0;
  /** The transform that an Adobe segment names. */
  adobeTransform: number | null = null;
  /** Whether there is a JFIF segment. */
  hasJfif = false;

  /**
   * Starts to read a stream.
   *
   * @throws {DecodeError} When it does not start with a start of image.
   */
  constructor(bytes: Uint8Array, limits: JpegLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
    this.#markers = new MarkerReader(bytes);
    this.#entropy = new EntropyReader(bytes);
  }

  /**
   * Reads segments until no coefficient is left open; what comes after is not looked at.
   *
   * @throws {DecodeError} When it cannot, or a limit is exceeded.
   */
  read(): CodedFrame {
    for (;;) {
      const segment = this.#markers.next();
      if (segment === null || segment.marker === Marker.EOI) {
        throw new DecodeError("the JPEG stream ends before all of its image: scans are missing");
      }
      this.#take(segment);
      if (this.#frame?.components.every(isComplete)) return this.#frame;
    }
  }

  #take(segment: Segment): void {
    const { marker, parameters } = segment;
    if (isFrameHeader(marker)) {
      this.#startFrame(readFrameHeader(segment));
    } else if (marker === Marker.SOS) {
      this.#readScan(segment);
    } else if (marker === Marker.APP0) {
      this.hasJfif ||= startsWith(parameters, "JFIF\0");
    } else if (marker === Marker.APP14 && startsWith(parameters, "Adobe") && parameters.left >= 7) {
      // Version and two words of flags come before it.
      parameters.bytes(6);
      this.adobeTransform = parameters.uint8();
    } else {
      this.#tables.define(segment);
    }
  }

  #startFrame(header: FrameHeader): void {
    if (this.#frame !== null) throw new DecodeError("the JPEG stream has more than one frame");
    const rows = header.rows || this.#markers.findNumberOfLines();
    if (rows === 0) throw new DecodeError("the JPEG stream does not tell its number of lines");
    const whole = { ...header, rows };
    const layout = layOutFrame(whole);
    requireAllowedFrame(whole, layout, this.#bytes.length, this.#limits);
    this.#frame = { header: whole, layout, components: makeComponents(whole, layout) };
  }

  #readScan({ parameters }: Segment): void {
    if (this.#frame === null) throw new DecodeError("the JPEG stream has a scan before its frame");
    const { header, layout, components } = this.#frame;
    requireAllowedScans(++this.#scans, layout.blocks, this.#bytes.length, this.#limits);
    const scan = readScanHeader(parameters, components, this.#tables, header.progressive);
    const { restartInterval } = this.#tables;
    decodeScan(scan, layout, this.#entropy, this.#markers.position, restartInterval);
    this.#markers.position = this.#entropy.sourceEnd;
  }
}

function startsWith(parameters: SegmentReader, name: string): boolean {
  if (parameters.left < name.length) return false;
  const bytes = parameters.bytes(name.length);
  return bytes.every((byte, i) => byte === name.charCodeAt(i));
}
