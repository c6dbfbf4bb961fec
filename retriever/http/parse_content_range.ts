/** A `Content-Range` header, read. */
export interface ContentRange {
  /** First and last byte of the reply's body; null when the range could not be satisfied. */
  readonly range: { readonly start: number; readonly end: number } | null;
  /** Size of the whole object in bytes; null when the server did not tell. */
  readonly totalSize: number | null;
}

/**
 * Reads a `Content-Range` header (RFC 9110, 14.4); null when it breaks the
 * rules: another unit than bytes, an end before the start or beyond the size.
 */
export function parseContentRange(header: string): ContentRange | null {
  const match = /^\s*bytes +(?:(\d+)-(\d+)|\*)\/(\d+|\*)\s*$/i.exec(header);
  if (match === null) return null;
  const totalSize = match[3] === "*" ? null : Number(match[3]);
  if (totalSize !== null && !Number.isSafeInteger(totalSize)) return null;
  if (match[1] === undefined) return totalSize === null ? null : { range: null, totalSize };
  const start = Number(match[1]);
  const end = Number(match[2]);
  if (!Number.isSafeInteger(end) || start > end) return null;
  if (totalSize !== null && end >= totalSize) return null;
  return { range: { start, end }, totalSize };
}
