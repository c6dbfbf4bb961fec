import { NetworkError, NotTriedError } from "../errors.ts";
import type { ManyReadsOptions } from "./many_reads_options.ts";
import type { Outcome } from "./outcome.ts";

/** Options of {@linkcode readInOrder}. */
export interface ReadInOrderOptions extends ManyReadsOptions {
  /** Most outcomes that may wait for an earlier one; four times the concurrency by default. */
  readonly ahead?: number | undefined;
}

/** Reads under way at once when nothing else is asked for. */
export const defaultConcurrency = 32;

/** Reads in a row that may fail for the host's reasons before the run stops. */
const hostFailureLimit = 8;

/**
 * Reads many objects at once and answers an outcome for each in the order of
 * the input: a value or the error that names why there is none.
 *
 * After eight reads in a row, on different objects, have failed for the
 * host's reasons, the rest are not tried: their outcomes are a
 * `NotTriedError`. An abort throws.
 *
 * @param items What to read.
 * @param urlOf The address of an item.
 * @param read Reads one item; its signal also aborts when the outcomes are no longer wanted.
 *
 * @example
 * ```ts
 * import { readInOrder } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const read = (number: number) =>
 *   number === 2 ? Promise.reject(new Error("broken")) : Promise.resolve(number * 10);
 * const answers: string[] = [];
 * for await (const { url, value, error } of readInOrder([1, 2, 3], String, read)) {
 *   answers.push(`${url}: ${error?.message ?? value}`);
 * }
 * assertEquals(answers, ["1: 10", "2: broken", "3: 30"]);
 * ```
 */
export async function* readInOrder<T, R>(
  items: readonly T[],
  urlOf: (item: T) => string,
  read: (item: T, signal: AbortSignal) => Promise<R>,
  options: ReadInOrderOptions = {},
): AsyncGenerator<Outcome<R>, void, unknown> {
  const { signal, onProgress } = options;
  const concurrency = Math.max(1, options.concurrency ?? defaultConcurrency);
  const ahead = Math.max(concurrency, options.ahead ?? concurrency * 4);
  const pending = new Map<number, Promise<Outcome<R>>>();
  let next = 0;
  let yielded = 0;
  let done = 0;
  let running = 0;
  let hostFailures = 0;
  const unwanted = new AbortController();
  const joined = AbortSignal.any([unwanted.signal, ...(signal ? [signal] : [])]);

  async function run(index: number): Promise<Outcome<R>> {
    const item = items[index]!;
    const url = urlOf(item);
    try {
      if (hostFailures >= hostFailureLimit) throw notTried(url);
      const value = await read(item, joined);
      count(false);
      return { url, value };
    } catch (error) {
      signal?.throwIfAborted();
      count(error instanceof NetworkError);
      return { url, error: error instanceof Error ? error : new Error(String(error)) };
    } finally {
      onProgress?.(++done, items.length);
    }
  }

  function count(hostFailed: boolean): void {
    // Reads that were under way when the run stopped do not start it again.
    if (hostFailures < hostFailureLimit) hostFailures = hostFailed ? hostFailures + 1 : 0;
  }

  function fill(): void {
    while (
      !joined.aborted && next < items.length && running < concurrency && next < yielded + ahead
    ) {
      running++;
      const index = next++;
      const outcome = run(index).finally(() => {
        running--;
        fill();
      });
      // An abort is thrown where the outcome is awaited, which may be never.
      outcome.catch(() => {});
      pending.set(index, outcome);
    }
  }

  try {
    for (; yielded < items.length; yielded++) {
      signal?.throwIfAborted();
      fill();
      const outcome = await pending.get(yielded)!;
      pending.delete(yielded);
      yield outcome;
    }
  } finally {
    unwanted.abort();
  }
}

function notTried(url: string): NotTriedError {
  return new NotTriedError(
    `not tried: ${hostFailureLimit} reads in a row failed for the host's reasons`,
    { address: url, attempts: 0 },
  );
}
