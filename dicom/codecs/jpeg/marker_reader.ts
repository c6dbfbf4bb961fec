import { DecodeError } from "../../../errors.ts";
import { SegmentReader } from "./segment_reader.ts";

/** The markers of T.81 table B.1 that mean something here, by their second byte. */
export const Marker = {
  TEM: 0x01,
  SOF0: 0xc0,
  DHT: 0xc4,
  DAC: 0xcc,
  RST0: 0xd0,
  RST7: 0xd7,
  SOI: 0xd8,
  EOI: 0xd9,
  SOS: 0xda,
  DQT: 0xdb,
  DNL: 0xdc,
  DRI: 0xdd,
  APP0: 0xe0,
  APP14: 0xee,
} as const;

/** A marker and the parameters that follow it. */
export interface Segment {
  /** The marker's second byte. */
  readonly marker: number;
  /** The parameters; none for a marker that stands alone. */
  readonly parameters: SegmentReader;
}

/** Walks a JPEG stream from marker to marker (T.81 B.1.1). */
export class MarkerReader {
  readonly #bytes: Uint8Array;
  /** Where the next marker is looked for. */
  position = 0;

  /**
   * Starts behind the start of image.
   *
   * @throws {DecodeError} When the stream does not start with one.
   */
  constructor(bytes: Uint8Array) {
    if (bytes[0] !== 0xff || bytes[1] !== Marker.SOI) {
      throw new DecodeError("the frame is no JPEG stream: it does not start with FFD8");
    }
    this.#bytes = bytes;
    this.position = 2;
  }

  /**
   * Reads the next marker and its parameters. Fill bytes, bytes that belong to
   * nothing, and restart markers outside a scan are passed over.
   *
   * @returns null at the end of the stream.
   * @throws {DecodeError} When the segment reaches beyond the stream.
   */
  next(): Segment | null {
    const marker = this.#findMarker();
    if (marker === null) return null;
    if (marker === Marker.SOI || marker === Marker.EOI) {
      return { marker, parameters: new SegmentReader(new Uint8Array(0)) };
    }
    const start = this.position;
    const length = (this.#bytes[start] ?? 0) << 8 | (this.#bytes[start + 1] ?? 0);
    const end = start + length;
    if (length < 2 || end > this.#bytes.length) {
      const name = marker.toString(16).toUpperCase();
      throw new DecodeError(`the JPEG stream is cut, or the length of its segment FF${name} wrong`);
    }
    this.position = end;
    return { marker, parameters: new SegmentReader(this.#bytes.subarray(start + 2, end)) };
  }

  /**
   * Looks ahead for the number of lines that a frame header leaves open (T.81 B.2.5).
   *
   * @returns 0 when the stream does not tell it.
   */
  findNumberOfLines(): number {
    const bytes = this.#bytes;
    for (let at = this.position; at + 6 <= bytes.length; at++) {
      at = bytes.indexOf(0xff, at);
      if (at < 0) break;
      if (bytes[at + 1] === Marker.DNL && bytes[at + 2] === 0 && bytes[at + 3] === 4) {
        return (bytes[at + 4] ?? 0) << 8 | (bytes[at + 5] ?? 0);
      }
    }
    return 0;
  }

  #findMarker(): number | null {
    for (;;) {
      const at = this.#bytes.indexOf(0xff, this.position);
      if (at < 0) return null;
      const marker = this.#bytes[at + 1];
      if (marker === undefined) return null;
      // A fill byte may be followed by the marker's own first byte.
      this.position = marker === 0xff ? at + 1 : at + 2;
      const stray = marker === 0 || marker === 0xff || marker === Marker.TEM ||
        (marker >= Marker.RST0 && marker <= Marker.RST7);
      if (!stray) return marker;
    }
  }
}
