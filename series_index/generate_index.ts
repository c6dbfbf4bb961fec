import type { DecodeLimits } from "../dicom/decode_limits.ts";
import type { HeaderLimits } from "../dicom/header_limits.ts";
import { AmbiguousSeriesError, EmptySeriesError, NotFoundError } from "../errors.ts";
import {
  IndexBuilder,
  type IndexedInstance,
  type SeriesTable,
  type SkippedObject,
} from "../index_cache/mod.ts";
import type { LocatedSeries } from "../retriever/locate_series.ts";
import { defaultConcurrency } from "../retriever/read_in_order.ts";
import type { ObjectEntry } from "../retriever/store.ts";
import { cutBeforeImage } from "./cut_before_image.ts";
import { type Failure, missingSeriesUID, namedFailures, throwIfHostIsDown } from "./failures.ts";
import { listEntries } from "./list_entries.ts";
import { type FoundInstance, readObjects } from "./read_objects.ts";

/** Options of {@linkcode generateIndex}. */
export interface GenerateIndexOptions {
  /** What the index calls the series; see `seriesName`. */
  readonly seriesUID: string;
  /** The Series Instance UID to take where a folder holds several series. */
  readonly series?: string | undefined;
  /** What a listing has told, where there was one already. */
  readonly entries?: readonly ObjectEntry[] | undefined;
  readonly limits?: Partial<HeaderLimits> | undefined;
  readonly decodeLimits?: Partial<DecodeLimits> | undefined;
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Series that an error names at most. */
const maxNamed = 10;

/** What is held of an instance without an image beside its columns. */
interface Imageless extends Pick<IndexedInstance, "url" | "fileSize" | "frameCount"> {
  readonly sopClass: string;
}

/** One of the series that the objects of a folder belong to. */
interface FoundSeries {
  readonly uid: string;
  readonly modality: string;
  readonly urls: string[];
  readonly builder: IndexBuilder;
  /** The SOP classes of its images. */
  readonly imageClasses: Set<string>;
  /** Its instances without an image, of which it is not known yet which are cut. */
  readonly imageless: Imageless[];
}

/**
 * Lists a series, reads its headers and makes its index. Every object listed
 * is a row, a named failure, or skipped with a reason.
 *
 * @throws {NotFoundError} When nothing is at the address.
 * @throws {EmptySeriesError} When there is no instance, or none could be read.
 * @throws {AmbiguousSeriesError} When there are several series and none was chosen.
 * @throws {NetworkError} When the host failed so often that the run stopped.
 */
export async function generateIndex(
  location: LocatedSeries,
  options: GenerateIndexOptions,
): Promise<SeriesTable> {
  const { store, address } = location;
  const { signal, seriesUID } = options;
  const entries = options.entries ?? await listEntries(location, { signal });
  const keys = entries.map(({ key }) => key);
  const series = new Map<string, FoundSeries>();
  const failures: Failure[] = [];
  const skipped: SkippedObject[] = [];
  const { concurrency = defaultConcurrency } = options;
  const listedSizes = new Map(entries.map(({ key, size }) => [key, size]));
  // Headers that wait to be taken live long enough to cost the heap their room many times over.
  const reads = { ...options, listedSizes, ahead: 2 * concurrency };
  for await (const object of readObjects(store, keys, reads)) {
    if ("found" in object) addInstance(series, object.found);
    else if ("skipped" in object) skipped.push(object.skipped);
    else failures.push(object.failure);
  }
  throwIfHostIsDown(failures, keys.length, "headers", address);
  for (const each of series.values()) failures.push(...settleImageless(each));
  const unnamed = series.get("");
  if (unnamed !== undefined && series.size > 1) {
    series.delete("");
    failures.push(...unnamed.urls.map((url) => ({ url, cause: missingSeriesUID(url) })));
  }
  const chosen = series.size === 0
    ? throwEmpty(address, failures, skipped)
    : chooseSeries(address, series, options.series);
  for (const other of series.values()) {
    if (other === chosen) continue;
    const reason = `of another series, ${other.uid}`;
    skipped.push(...other.urls.map((url) => ({ url, reason })));
  }
  return await chosen.builder.build({
    seriesUID,
    address,
    listed: keys.length,
    failed: namedFailures(failures),
    skipped,
    leaveOut: new Set(failures.map(({ url }) => url)),
    plain: true,
    ...(signal === undefined ? {} : { signal }),
  });
}

function addInstance(all: Map<string, FoundSeries>, found: FoundInstance): void {
  const { instance, seriesUID: uid, modality, sopClass } = found;
  let series = all.get(uid);
  if (series === undefined) {
    series = {
      uid,
      modality,
      urls: [],
      builder: new IndexBuilder(),
      imageClasses: new Set(),
      imageless: [],
    };
    all.set(uid, series);
  }
  const { url, fileSize, frameCount } = instance;
  series.builder.add(instance);
  if (frameCount === 0) {
    series.imageless.push({ url, fileSize, frameCount, sopClass });
    return;
  }
  series.imageClasses.add(sopClass);
  series.urls.push(url);
}

/** Tells the instances without an image from those that are cut before theirs, which fail. */
function settleImageless({ urls, imageClasses, imageless }: FoundSeries): Failure[] {
  const failures: Failure[] = [];
  for (const instance of imageless) {
    const cause = cutBeforeImage(instance, instance.sopClass, imageClasses);
    if (cause === null) urls.push(instance.url);
    else failures.push({ url: instance.url, cause });
  }
  return failures;
}

function throwEmpty(
  address: string,
  failures: readonly Failure[],
  skipped: readonly SkippedObject[],
): never {
  const [first] = failures;
  const objects = skipped.length === 1
    ? "the only object there is not DICOM"
    : `none of the ${skipped.length} objects there is DICOM`;
  throw new EmptySeriesError(
    first === undefined
      ? `no DICOM instance in ${address}: ${objects}; check the address`
      : failures.length === 1
      ? `the one instance in ${address} could not be read: ${first.cause.message}`
      : `none of the ${failures.length} instances in ${address} could be read; ` +
        `the first: ${first.cause.message}`,
    { address, failed: namedFailures(failures), cause: first?.cause },
  );
}

function chooseSeries(
  address: string,
  found: ReadonlyMap<string, FoundSeries>,
  uid: string | undefined,
): FoundSeries {
  const all = [...found.values()];
  const more = all.length - maxNamed;
  const listing =
    all.slice(0, maxNamed).map(({ uid, modality, urls }) =>
      `${uid || "(no UID)"} (${modality || "no modality"}, ${urls.length})`
    ).join(", ") + (more > 0 ? `, and ${more} more` : "");
  if (uid !== undefined) {
    const chosen = found.get(uid);
    if (chosen !== undefined) return chosen;
    throw new NotFoundError(`no series ${uid} in ${address}; there are: ${listing}`, { address });
  }
  if (all.length > 1) {
    throw new AmbiguousSeriesError(
      `${address} holds ${all.length} series, choose one with --series UID: ${listing}`,
      all.map((series) => series.uid),
      { address },
    );
  }
  return all[0]!;
}
