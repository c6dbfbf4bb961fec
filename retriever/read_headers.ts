import { NetworkError } from "../errors.ts";
import type { Outcome } from "./outcome.ts";
import {
  type LearnedHeaderSize,
  readHeader,
  type ReadHeaderOptions,
  type RetrievedHeader,
} from "./read_header.ts";
import { readInOrder, type ReadInOrderOptions } from "./read_in_order.ts";
import type { Store } from "./store.ts";

/** Options of {@linkcode readHeaders}. */
export interface ReadHeadersOptions
  extends ReadInOrderOptions, Pick<ReadHeaderOptions, "learned" | "limits"> {}

/** Objects read one by one in search of a first header to learn from. */
const learningAttempts = 8;

/**
 * Reads the headers of many instances at once, in the order of their keys.
 *
 * The first is read by itself, so that the others can ask for as much as
 * headers of this series take and need one request each. Where it is no
 * instance the next one is, up to eight. Where the host fails, all others are
 * tried at once: each by itself would take its whole deadline.
 *
 * @param store The store that holds the instances.
 * @param keys The instances' keys.
 * @returns An outcome for each key, in order.
 */
export function readHeaders(
  store: Store,
  keys: readonly string[],
  options: ReadHeadersOptions = {},
): AsyncGenerator<Outcome<RetrievedHeader>, void, unknown> {
  const learned: LearnedHeaderSize = options.learned ?? { longest: null };
  const { limits } = options;
  let attempts = 0;
  let learning: Promise<unknown> | null = null;
  const read = async (key: string, signal: AbortSignal): Promise<RetrievedHeader> => {
    while (learning !== null) await learning;
    const header = readHeader(store, key, { signal, limits, learned });
    if (learned.longest === null && attempts++ < learningAttempts) {
      const stopIfDown = (error: unknown) => {
        if (error instanceof NetworkError) attempts = learningAttempts;
      };
      learning = header.then(() => {}, stopIfDown).finally(() => learning = null);
    }
    return await header;
  };
  return readInOrder(keys, (key) => store.url(key), read, options);
}
