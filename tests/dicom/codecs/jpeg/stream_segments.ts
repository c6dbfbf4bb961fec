import { concat } from "../../../support/dicom_fixtures.ts";

/** A part of a well-formed JPEG stream. */
export interface StreamSegment {
  /** The marker's second byte. */
  readonly marker: number;
  /** All bytes from the marker on, with the entropy-coded ones after a start of scan and all after the end. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Divides a well-formed stream at its markers; a scan keeps its restart intervals. */
export function streamSegments(stream: Uint8Array<ArrayBuffer>): StreamSegment[] {
  const segments: StreamSegment[] = [];
  for (let at = 0; at < stream.length;) {
    const marker = stream[at + 1]!;
    let end = at + 2;
    if (marker === 0xd9) end = stream.length;
    else if (marker !== 0xd8) end += stream[at + 2]! << 8 | stream[at + 3]!;
    if (marker === 0xda) {
      const ends = (i: number) =>
        stream[i] === 0xff && stream[i + 1] !== 0 && (stream[i + 1]! & 0xf8) !== 0xd0;
      while (end < stream.length && !ends(end)) end++;
    }
    segments.push({ marker, bytes: stream.slice(at, end) });
    at = end;
  }
  return segments;
}

/** Puts a stream together again, each segment as `edit` answers it. */
export function editStream(
  stream: Uint8Array<ArrayBuffer>,
  edit: (segment: StreamSegment, index: number) => readonly (Uint8Array | readonly number[])[],
): Uint8Array<ArrayBuffer> {
  return concat(...streamSegments(stream).flatMap(edit).map((part) => Uint8Array.from(part)));
}
