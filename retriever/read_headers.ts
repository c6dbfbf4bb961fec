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

/**
 * Reads the headers of many instances at once, in the order of their keys.
 *
 * The first is read by itself, so that the others can ask for as much as
 * headers of this series take and need one request each.
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
  const { signal, limits } = options;
  const first = Promise.withResolvers<void>();
  const read = async (key: string, index: number): Promise<RetrievedHeader> => {
    if (index > 0 && learned.longest === null) await first.promise;
    try {
      return await readHeader(store, key, { signal, limits, learned });
    } finally {
      first.resolve();
    }
  };
  return readInOrder(keys, (key) => store.url(key), read, options);
}
