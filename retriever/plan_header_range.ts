/** Where the reading of one header stands. */
export interface HeaderProgress {
  /** Bytes of the object already fetched, from its start. */
  readonly fetched: number;
  /** Requests already made. */
  readonly requests: number;
  /** Bytes that the reader needs at least; 0 before the first request. */
  readonly bytesNeeded: number;
  /** Size of the object, when known. */
  readonly totalSize: number | null;
}

/** Steps of the ladder while nothing has been learned, in bytes. */
const ladder: readonly number[] = [5120, 7680, 10240];
/** A header that needs more than the ladder gives rarely ends where the element does that it stopped in. */
const slack = 2048;
/** Each request beyond the ladder reaches this many times as far as the last. */
const growth = 4;
/** A header may be longer than the longest one seen by this part of it. */
const margin = 10;

/**
 * Plans the next range of a header, without reading anything: pure.
 *
 * The first instance of a series climbs the ladder. Once a header has been
 * seen, the longest one and a tenth is asked for at once. What the reader
 * needs is always covered; beyond the ladder each step reaches four times as
 * far, so that a header of any length takes few requests, and small objects
 * come whole.
 *
 * @param progress Where the reading stands.
 * @param learned Longest header of the series so far in bytes, or null.
 * @returns Offset and length of the next range; its length is at least 1.
 *
 * @example
 * ```ts
 * import { planHeaderRange } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const start = { fetched: 0, requests: 0, bytesNeeded: 0, totalSize: null };
 * assertEquals(planHeaderRange(start, null), { offset: 0, length: 5120 });
 * assertEquals(planHeaderRange(start, 3000), { offset: 0, length: 3300 });
 * ```
 */
export function planHeaderRange(
  progress: HeaderProgress,
  learned: number | null,
): { offset: number; length: number } {
  const { fetched, requests, bytesNeeded, totalSize } = progress;
  const step = requests === 0 && learned !== null
    ? learned + Math.ceil(learned / margin)
    : ladder[requests] ?? fetched * (growth - 1);
  const missing = bytesNeeded - fetched;
  const length = missing > step ? missing + slack : step;
  const left = totalSize === null ? Infinity : totalSize - fetched;
  return { offset: fetched, length: Math.max(1, Math.min(length, left)) };
}
