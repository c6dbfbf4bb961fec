import { NetworkError } from "../errors.ts";
import { HeaderSizes } from "./header_sizes.ts";
import { LearningGate } from "./learning_gate.ts";
import type { Outcome } from "./outcome.ts";
import { readHeader, type ReadHeaderOptions, type RetrievedHeader } from "./read_header.ts";
import { readInOrder, type ReadInOrderOptions } from "./read_in_order.ts";
import type { Store } from "./store.ts";

/** Options of {@linkcode readHeaders}. */
export interface ReadHeadersOptions
  extends ReadInOrderOptions, Pick<ReadHeaderOptions, "learned" | "limits"> {
  /** Sizes of the objects in bytes by their keys, as a listing tells them. */
  readonly listedSizes?: ReadonlyMap<string, number | null> | undefined;
}

/**
 * Reads the headers of many instances at once, in the order of their keys.
 *
 * The first is read by itself, so that the others can ask for as much as
 * headers of this series take and need one request each. Where it is no
 * instance, or one that tells little of the others, the next one is, and so
 * on; {@linkcode HeaderSizes} says what is learned. Where the host fails, all
 * others are tried at once: each by itself would take its whole deadline.
 *
 * @param store The store that holds the instances.
 * @param keys The instances' keys.
 * @returns An outcome for each key, in order.
 *
 * @example
 * ```ts
 * import { openStore, readHeaders } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const { store, prefix } = await openStore("demo:ct");
 * const keys = ["0001.dcm", "none.dcm"].map((name) => prefix + name);
 * const outcomes = await Array.fromAsync(readHeaders(store, keys));
 * assertEquals(outcomes.map(({ error }) => error?.name), [undefined, "NotFoundError"]);
 * assertEquals(outcomes[0]!.value?.header.pixelData?.vr, "OW");
 * ```
 */
export function readHeaders(
  store: Store,
  keys: readonly string[],
  options: ReadHeadersOptions = {},
): AsyncGenerator<Outcome<RetrievedHeader>, void, unknown> {
  const { limits, listedSizes, learned = new HeaderSizes() } = options;
  const instances = keys.length;
  let hostFailed = false;
  const gate = new LearningGate(() => learned.settled || hostFailed);
  const readOne = async (key: string, signal: AbortSignal): Promise<RetrievedHeader> => {
    const listedSize = listedSizes?.get(key);
    try {
      return await readHeader(store, key, { signal, limits, learned, listedSize, instances });
    } catch (error) {
      if (error instanceof NetworkError) hostFailed = true;
      throw error;
    }
  };
  const read = (key: string, signal: AbortSignal) => gate.run(() => readOne(key, signal));
  return readInOrder(keys, (key) => store.url(key), read, options);
}
