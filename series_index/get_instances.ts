import type { Dataset } from "../dicom/dataset.ts";
import { NoImageError } from "../errors.ts";
import type { ManyReadsOptions } from "../retriever/many_reads_options.ts";
import type { Outcome } from "../retriever/outcome.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import type { SlicesChoice } from "./choose_slices.ts";
import type { ReadSliceOptions } from "./held_slice.ts";
import { Instance } from "./instance.ts";
import { type InstancePlace, listInstancePlaces } from "./instance_place.ts";
import type { SeriesSource } from "./series_source.ts";
import { type DecodedSlice, SliceReader } from "./slice_reader.ts";
import { Renderer } from "./workers/renderer.ts";
import type { StackChoice } from "./stack_choice.ts";

/** What the instances of a call have in common. */
export interface InstanceOptions extends StackChoice, AbortOptions {
  /** Read no pixels, so that nothing is fetched at all. A series without images can be read so, too. */
  readonly headersOnly?: boolean | undefined;
  /** Read headers from the instances themselves, a range request each, not from the index. */
  readonly freshHeaders?: boolean | undefined;
}

/** Options of `SeriesIndex.getInstances`: either positions or slice numbers. */
export interface GetInstancesOptions extends InstanceOptions, SlicesChoice, ManyReadsOptions {
  /** Answer each slice once, though several positions may be its own. */
  readonly removeDuplicates?: boolean | undefined;
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
  const renderer = new Renderer();
  const rows = places.map(({ row }) => row);
  const fresh = freshHeaders ? await readFresh(source, rows, { concurrency, signal }) : null;
  const toDataset = table.complete && !freshHeaders ? await loadRowToDataset() : null;
  const outcomes: Outcome<Instance>[] = [];
  const frames = headersOnly
    ? null
    : reader.read(places.map(({ slice }) => slice.index), { concurrency, signal, renderer });
  const add = (outcome: Outcome<Instance>) => {
    outcomes.push(outcome);
    onProgress?.(outcomes.length, places.length);
  };
  try {
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
        (toDataset === null ? null : await toDataset(table, row));
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
  } finally {
    await frames?.return();
    renderer.close();
  }
}

/** Loaded here, and what it takes of the dictionary, for pictures do without. */
async function loadRowToDataset() {
  return (await import("./row_to_dataset.ts")).rowToDataset;
}

/** As above, with the reader of headers. */
async function readFresh(
  source: SeriesSource,
  rows: readonly number[],
  options: Pick<ManyReadsOptions, "concurrency" | "signal">,
): Promise<Map<number, Outcome<Dataset>>> {
  const { readDatasets } = await import("./read_datasets.ts");
  return await readDatasets(source, rows, options);
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
