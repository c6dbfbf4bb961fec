import type { Dataset } from "../dicom/dataset.ts";
import { NoImageError } from "../errors.ts";
import type { Outcome } from "../retriever/outcome.ts";
import type { SlicesChoice } from "./choose_slices.ts";
import type { ReadSliceOptions } from "./held_slice.ts";
import { Instance } from "./instance.ts";
import { type InstancePlace, listInstancePlaces } from "./instance_place.ts";
import { readDatasets } from "./read_datasets.ts";
import { rowToDataset } from "./row_to_dataset.ts";
import type { SeriesSource } from "./series_source.ts";
import { type DecodedSlice, SliceReader } from "./slice_reader.ts";

/** What the instances of a call have in common. */
export interface InstanceOptions {
  /** Choose among the slices of one stack alone, counted from 0; among all by default. */
  readonly stack?: number | undefined;
  /** Read no pixels, so that nothing is fetched at all. A series without images can be read so, too. */
  readonly headersOnly?: boolean | undefined;
  /** Read headers from the instances themselves, a range request each, not from the index. */
  readonly freshHeaders?: boolean | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of `SeriesIndex.getInstances`: either positions or slice numbers. */
export interface GetInstancesOptions extends InstanceOptions, SlicesChoice {
  /** Answer each slice once, though several positions may be its own. */
  readonly removeDuplicates?: boolean | undefined;
  /** Most reads under way at once; 32 by default. */
  readonly concurrency?: number | undefined;
  /** Called after each slice with how many are done, each counted once. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Reads the instances of slices, an outcome each.
 *
 * @param choose Answers the numbers of the slices that are meant, of as many as there are.
 */
export async function getInstances(
  source: SeriesSource,
  choose: (count: number) => readonly number[],
  options: Omit<GetInstancesOptions, "positions" | "sliceNumbers" | "stack">,
): Promise<Outcome<Instance>[]> {
  const { table } = source;
  const { headersOnly = false, removeDuplicates = false } = options;
  // Where no instance has an image, headers can be chosen as if each were a slice.
  const count = table.sliceCount === 0 && headersOnly ? table.instanceCount : table.sliceCount;
  const asked = choose(count);
  const unique = [...new Set(asked)];
  const read = await readPlaces(source, listInstancePlaces(table, unique), options);
  if (removeDuplicates) return read;
  const outcomes = new Map(unique.map((number, i) => [number, read[i]!]));
  return asked.map((number) => outcomes.get(number)!);
}

async function readPlaces(
  source: SeriesSource,
  places: readonly InstancePlace[],
  options: Omit<GetInstancesOptions, "positions" | "sliceNumbers" | "stack">,
): Promise<Outcome<Instance>[]> {
  const { table, store, stats, decodeLimits } = source;
  const { headersOnly, freshHeaders, concurrency, signal, onProgress } = options;
  const reader = new SliceReader(table, store, stats, decodeLimits);
  const rows = places.map(({ row }) => row);
  const fresh = freshHeaders ? await readDatasets(source, rows, { concurrency, signal }) : null;
  const outcomes: Outcome<Instance>[] = [];
  const frames = headersOnly
    ? null
    : reader.read(places.map(({ slice }) => slice.index), { concurrency, signal });
  const add = (outcome: Outcome<Instance>) => {
    outcomes.push(outcome);
    onProgress?.(outcomes.length, places.length);
  };
  for (const place of places) {
    const { slice, row } = place;
    const { url } = slice;
    const header = fresh?.get(row);
    const decoded = (await frames?.next())?.value ?? undefined;
    const error = header?.error ?? decoded?.error;
    if (error !== undefined) {
      add({ url, error });
      continue;
    }
    const dataset: Dataset | null = header?.value ??
      (table.complete ? await rowToDataset(table, row) : null);
    const value = new Instance({
      slice,
      modality: table.value(row, "Modality") as string | null,
      dataset,
      describe() {
        requireImage(place);
        return reader.describe(slice.index);
      },
      read: (options) => readSlice(reader, place, options),
      decoded: decoded?.value ?? null,
    });
    add({ url, value });
  }
  return outcomes;
}

async function readSlice(
  reader: SliceReader,
  place: InstancePlace,
  options: ReadSliceOptions,
): Promise<DecodedSlice> {
  requireImage(place);
  for await (const { value, error } of reader.read([place.slice.index], options)) {
    if (error !== undefined) throw error;
    return value;
  }
  throw new TypeError("a read answers one outcome for each slice");
}

function requireImage({ slice: { url }, hasImage }: InstancePlace): void {
  if (!hasImage) throw new NoImageError(`no image in ${url}`, { address: url });
}
