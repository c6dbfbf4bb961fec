import type { ByteRange } from "./store.ts";

/** The first and one past the last byte that a range has in an object of that size. */
export function sliceRange(range: ByteRange, totalSize: number): { start: number; end: number } {
  if ("suffix" in range) return { start: Math.max(0, totalSize - range.suffix), end: totalSize };
  const start = Math.min(range.offset, totalSize);
  return { start, end: Math.min(start + range.length, totalSize) };
}
