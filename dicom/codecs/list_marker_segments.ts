/** A marker segment of a codestream's header. */
export interface MarkerSegment {
  /** Its marker. */
  readonly marker: number;
  /** Offset of the marker. */
  readonly start: number;
  /** Offset behind the segment. */
  readonly end: number;
}

/** The marker segments of a header, and how the listing of them ended. */
export interface MarkerSegments {
  /** The segments in stored order. */
  readonly segments: readonly MarkerSegment[];
  /** Whether the marker was met that ends the header, the bytes ended before, or something else. */
  readonly ending: "ended" | "cut" | "broken";
  /** Offset of the ending marker, of the bytes that broke off, or behind those that are missing. */
  readonly at: number;
}

/**
 * Lists the marker segments of a header (ISO/IEC 15444-1 A.1.3).
 *
 * @param codestream Its bytes from the first on, maybe not to the last.
 * @param at Offset of the first segment.
 * @param last The marker that ends the header; it is not listed.
 */
export function listMarkerSegments(
  codestream: Uint8Array,
  at: number,
  last: number,
): MarkerSegments {
  const view = new DataView(codestream.buffer, codestream.byteOffset, codestream.length);
  const segments: MarkerSegment[] = [];
  let start = at;
  while (start + 2 <= codestream.length) {
    const marker = view.getUint16(start);
    if (marker === last) return { segments, ending: "ended", at: start };
    if (marker >> 8 !== 0xff) return { segments, ending: "broken", at: start };
    if (start + 4 > codestream.length) break;
    const length = view.getUint16(start + 2);
    if (length < 2) return { segments, ending: "broken", at: start };
    const end = start + 2 + length;
    if (end > codestream.length) return { segments, ending: "cut", at: end };
    segments.push({ marker, start, end });
    start = end;
  }
  return { segments, ending: "cut", at: start + 4 };
}
