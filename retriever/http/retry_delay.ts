/** The shortest wait before a request is made again, in milliseconds. */
const BASE = 100;
/** The longest wait that jitter alone makes, in milliseconds. */
const CAP = 20_000;

/** What a wait depends on. */
export interface RetryDelayOptions {
  /** The wait before the last try in milliseconds; 0 before the first retry. */
  previous?: number | undefined;
  /** A random number in [0, 1). */
  random: number;
  /** The wait that the server asked for in milliseconds, if it did. */
  retryAfter?: number | null | undefined;
}

/**
 * Tells how long to wait before a request is made again, in milliseconds.
 *
 * Decorrelated jitter: a random time between 100 ms and three times the wait
 * before, so that many readers that failed together do not come back together.
 * A server that asked for a longer wait by `Retry-After` gets it.
 */
export function retryDelay(options: RetryDelayOptions): number {
  const { previous = 0, random, retryAfter } = options;
  const high = Math.max(previous, BASE) * 3;
  const jitter = Math.min(CAP, BASE + random * (high - BASE));
  return Math.max(jitter, retryAfter ?? 0);
}
