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
  /** Instances of the series whose headers are to be read, this one included; 1 by default. */
  readonly instances?: number | undefined;
}

/** Steps of the ladder while nothing has been learned, in bytes. */
const ladder: readonly number[] = [5120, 7680, 10_240, 69_120, 92_160];
/** Each request beyond the ladder reaches this many times as far as the last. */
const growth = 4;
/** A header that needs more than the step gives rarely ends where the element does that it stopped in. */
const slack = 2048;
/** Where a header turns out to be longer than expected, half as much again is asked for, and this at least. */
const shortestMissed = 1024;
/** A length that is expected only later is asked for where it is this many times what is there. */
const worthwhile = 1.25;
/** The first header of a series may be overshot by this part of what all of them take at least. */
const overshoot = 25;
/** But by no more than this, in bytes. */
const longestOvershoot = 256 * 1024;
/** Hardly any header is shorter than this, in bytes. */
const shortestHeader = 1000;

/**
 * Plans the next range of a header, without reading anything: pure.
 *
 * Where nothing is expected, as of the first instance of a series, it climbs
 * the ladder: to 5, 12.5, 22.5, 90 and 180 KiB, and from there four times as
 * far each time, so that a header of any length takes few requests. In a long
 * series it climbs faster: what it reads too much is little beside what all
 * headers take. Where a length is expected it is asked for at once. What the
 * reader needs is always covered, and nothing beyond the object's end is asked for.
 *
 * @param progress Where the reading stands.
 * @param expected The header's expected length in bytes, or null.
 * @returns Offset and length of the next range; its length is at least 1.
 *
 * @example
 * ```ts
 * import { planHeaderRange } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const start = { fetched: 0, requests: 0, bytesNeeded: 0, totalSize: null };
 * assertEquals(planHeaderRange(start, null), { offset: 0, length: 5120 });
 * assertEquals(planHeaderRange(start, 3000), { offset: 0, length: 3000 });
 *
 * const second = { fetched: 5120, requests: 1, bytesNeeded: 5200, totalSize: 530_000 };
 * assertEquals(planHeaderRange(second, null), { offset: 5120, length: 7680 });
 * assertEquals(planHeaderRange({ ...second, instances: 500 }, null), { offset: 5120, length: 102_400 });
 * ```
 */
export function planHeaderRange(
  progress: HeaderProgress,
  expected: number | null,
): { offset: number; length: number } {
  const { fetched, bytesNeeded, totalSize } = progress;
  const step = planStep(progress, expected);
  const missing = bytesNeeded - fetched;
  const length = missing > step ? missing + slack : step;
  const left = totalSize === null ? Infinity : totalSize - fetched;
  return { offset: fetched, length: Math.max(1, Math.min(length, left)) };
}

function planStep(progress: HeaderProgress, expected: number | null): number {
  const { fetched, requests, instances = 1 } = progress;
  if (expected === null) {
    const spared = Math.floor(Math.max(fetched, shortestHeader) * instances / overshoot);
    const climbed = ladder[requests] ?? fetched * (growth - 1);
    return Math.max(climbed, Math.min(spared, longestOvershoot));
  }
  if (expected >= fetched * worthwhile) return expected - fetched;
  return requests === 1 ? Math.max(shortestMissed, Math.ceil(fetched / 2)) : fetched * (growth - 1);
}
