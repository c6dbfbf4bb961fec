/** A number in a stream's headers. */
export interface StreamField {
  readonly offset: number;
  /** Bytes: 1, 2 or 4. */
  readonly size: number;
  readonly littleEndian: boolean;
}

/** A segment that a marker starts: what decoders take lengths, sizes and counts from. */
export interface StreamSegment {
  /** Offset of the marker. */
  readonly start: number;
  /** Offset of what follows the segment, by the segment's own length. */
  readonly end: number;
}

/** How far to look for headers: behind them lies entropy-coded data. */
const reach = 4096;

const frame = [2, 1, 2, 2, 1];
/** Bytes of the numbers that follow a marker, its length first; what follows those is single bytes. */
const layouts: Readonly<Record<number, readonly number[]>> = {
  0x51: [2, 2, 4, 4, 4, 4, 4, 4, 4, 4, 2], // SIZ
  0x50: [2, 4, 2], // CAP
  0x52: [2, 1, 1, 2, 1, 1, 1, 1, 1, 1], // COD
  0x55: [2, 1, 1, 4, 4], // TLM
  0x5c: [2, 1], // QCD
  0x5d: [2, 1, 1], // QCC
  0x90: [2, 2, 4, 1, 1], // SOT
  0xc0: frame,
  0xc1: frame,
  0xc2: frame,
  0xc3: frame,
  0xc4: [2, 1], // DHT
  0xda: [2, 1], // SOS
  0xdb: [2, 1], // DQT
  0xdd: [2, 2], // DRI
  0xee: [2, 4, 1], // APP14
  0xf7: frame, // SOF55
  0xf8: [2, 1, 2, 2, 2, 2, 2], // LSE
};

/** Lists the segments of a stream of the JPEG family, JPEG-LS and JPEG 2000 included. */
export function listSegments(stream: Uint8Array): StreamSegment[] {
  const segments: StreamSegment[] = [];
  for (let at = 0; at + 4 <= Math.min(stream.length, reach); at++) {
    if (stream[at] !== 0xff || layouts[stream[at + 1]!] === undefined) continue;
    const end = at + 2 + (stream[at + 2]! << 8 | stream[at + 3]!);
    segments.push({ start: at, end: Math.min(end, stream.length) });
  }
  return segments;
}

/** Lists the numbers of a segment. */
export function listSegmentFields(stream: Uint8Array, segment: StreamSegment): StreamField[] {
  const sizes = layouts[stream[segment.start + 1]!] ?? [2];
  const fields: StreamField[] = [];
  let offset = segment.start + 2;
  for (let i = 0; offset < segment.end; i++) {
    const size = sizes[i] ?? 1;
    fields.push({ offset, size, littleEndian: false });
    offset += size;
  }
  return fields.filter(({ offset, size }) => offset + size <= stream.length);
}

/** Lists the numbers of an RLE header (PS3.5 G.5): how many segments there are, and their offsets. */
export function listRleFields(stream: Uint8Array): StreamField[] {
  return Array.from({ length: 16 }, (_, i) => ({ offset: 4 * i, size: 4, littleEndian: true }))
    .filter(({ offset }) => offset + 4 <= stream.length);
}
