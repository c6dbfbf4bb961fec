import { NotFoundError } from "../errors.ts";
import type { LocatedSeries } from "../retriever/located_series.ts";
import type { ObjectEntry } from "../retriever/store.ts";

/**
 * Lists the objects of a series, in ascending order of their keys.
 *
 * @throws {NotFoundError} When there is none.
 */
export async function listEntries(
  { store, prefix, address }: LocatedSeries,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<ObjectEntry[]> {
  const entries = await Array.fromAsync(store.list(prefix, options));
  if (entries.length > 0) return entries;
  throw new NotFoundError(`nothing is in ${address}; check the address`, { address });
}
