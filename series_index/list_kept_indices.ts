import { InvalidIndexError } from "../errors.ts";
import type { IndexCache, SeriesTable } from "../index_cache/mod.ts";
import { readIndex } from "../index_cache/read_index.ts";

/** An index that a cache keeps. */
export interface KeptIndex {
  /** The name that it is kept under. */
  readonly name: string;
  /** Its size in bytes. */
  readonly bytes: number;
  /** What it is of; null for one that cannot be read. */
  readonly content: KeptContent | null;
}

/** What a kept index is of. */
export interface KeptContent {
  /** The address of the series. */
  readonly address: string;
  readonly modality: string | null;
  readonly instances: number;
  readonly slices: number;
}

/** Lists the indices that a cache keeps, by name, and what each is of. */
export async function* listKeptIndices(
  cache: IndexCache,
  options: { readonly signal?: AbortSignal | undefined } = {},
): AsyncGenerator<KeptIndex> {
  for (const name of await cache.list(options)) {
    const bytes = await cache.get(name, options);
    // Another program may have removed it meanwhile.
    if (bytes === null) continue;
    yield { name, bytes: bytes.length, content: await readContent(bytes, options.signal) };
  }
}

async function readContent(
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<KeptContent | null> {
  let table: SeriesTable;
  try {
    table = await readIndex(bytes, { columns: ["Modality"], signal });
  } catch (error) {
    if (error instanceof InvalidIndexError) return null;
    throw error;
  }
  const { metadata: { address }, instanceCount: instances, sliceCount: slices } = table;
  const modality = instances === 0 ? null : table.value(0, "Modality") as string | null;
  return { address, modality, instances, slices };
}
