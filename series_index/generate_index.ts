import type { HeaderLimits } from "../dicom/header_limits.ts";
import {
  AmbiguousSeriesError,
  EmptySeriesError,
  NotDicomError,
  NotFoundError,
  SeriesPreviewError,
} from "../errors.ts";
import {
  IndexBuilder,
  type IndexedInstance,
  type SeriesTable,
  type SkippedObject,
} from "../index_cache/mod.ts";
import type { LocatedSeries } from "../retriever/locate_series.ts";
import type { RetrievedHeader } from "../retriever/read_header.ts";
import { readHeaders } from "../retriever/read_headers.ts";
import { cutBeforeImage } from "./cut_before_image.ts";
import { type Failure, missingSeriesUID, namedFailures, throwIfHostIsDown } from "./failures.ts";
import {
  headerText,
  mediaStorageSOPClassUID,
  modality,
  seriesInstanceUID,
  sopClassUID,
} from "./header_text.ts";
import { toIndexedInstance } from "./to_indexed_instance.ts";

/** Options of {@linkcode generateIndex}. */
export interface GenerateIndexOptions {
  /** What the index calls the series; see `seriesName`. */
  readonly seriesUID: string;
  /** The Series Instance UID to take where a folder holds several series. */
  readonly series?: string | undefined;
  readonly limits?: Partial<HeaderLimits> | undefined;
  readonly concurrency?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Media Storage Directory Storage: a DICOMDIR, which is no instance of any series. */
const dicomDirectory = "1.2.840.10008.1.3.10";

/** Names by which a file says that it is an instance, so that one that cannot be read is a failure. */
const instanceName = /\.(dcm|dicom|ima)$/i;

/** Series that an error names at most. */
const maxNamed = 10;

/** One of the series that the objects of a folder belong to. */
interface FoundSeries {
  readonly uid: string;
  readonly modality: string;
  readonly urls: string[];
  readonly builder: IndexBuilder;
  /** The SOP classes of its images. */
  readonly imageClasses: Set<string>;
  /** Its instances without an image, held back until all images are known. */
  readonly imageless: { readonly instance: IndexedInstance; readonly sopClass: string }[];
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
  const { store, prefix, address } = location;
  const { signal, seriesUID } = options;
  const keys: string[] = [];
  for await (const { key } of store.list(prefix, { signal })) keys.push(key);
  if (keys.length === 0) {
    throw new NotFoundError(`nothing is in ${address}; check the address`, { address });
  }
  const found = new Map<string, FoundSeries>();
  const failures: Failure[] = [];
  const skipped: SkippedObject[] = [];
  for await (const { url, value, error } of readHeaders(store, keys, options)) {
    try {
      if (error !== undefined) throw error;
      if (isDirectory(value)) skipped.push({ url, reason: "a DICOMDIR" });
      else await addInstance(found, value);
    } catch (cause) {
      if (cause instanceof NotDicomError && !instanceName.test(url)) {
        skipped.push({ url, reason: "not DICOM" });
        continue;
      }
      // Anything else is a fault of the program, not of the instance.
      if (!(cause instanceof SeriesPreviewError)) throw cause;
      failures.push({ url, cause });
    }
  }
  throwIfHostIsDown(failures, keys.length, "headers", address);
  for (const series of found.values()) failures.push(...settleImageless(series));
  const unnamed = found.get("");
  if (unnamed !== undefined && found.size > 1) {
    found.delete("");
    failures.push(...unnamed.urls.map((url) => ({ url, cause: missingSeriesUID(url) })));
  }
  const chosen = found.size === 0
    ? throwEmpty(address, failures, skipped)
    : chooseSeries(address, found, options.series);
  for (const other of found.values()) {
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
    ...(signal === undefined ? {} : { signal }),
  });
}

function isDirectory({ header }: RetrievedHeader): boolean {
  return headerText(header, mediaStorageSOPClassUID) === dicomDirectory;
}

async function addInstance(
  found: Map<string, FoundSeries>,
  retrieved: RetrievedHeader,
): Promise<void> {
  const uid = headerText(retrieved.header, seriesInstanceUID);
  const instance = await toIndexedInstance(retrieved);
  let series = found.get(uid);
  if (series === undefined) {
    series = {
      uid,
      modality: headerText(retrieved.header, modality),
      urls: [],
      builder: new IndexBuilder(),
      imageClasses: new Set(),
      imageless: [],
    };
    found.set(uid, series);
  }
  const sopClass = headerText(retrieved.header, sopClassUID);
  if (instance.frameCount === 0) {
    series.imageless.push({ instance, sopClass });
    return;
  }
  series.imageClasses.add(sopClass);
  series.urls.push(instance.url);
  series.builder.add(instance);
}

/** Takes the instances without an image into their series, save those that are cut before theirs. */
function settleImageless({ urls, builder, imageClasses, imageless }: FoundSeries): Failure[] {
  const failures: Failure[] = [];
  for (const { instance, sopClass } of imageless) {
    const cause = cutBeforeImage(instance, sopClass, imageClasses);
    if (cause !== null) {
      failures.push({ url: instance.url, cause });
      continue;
    }
    urls.push(instance.url);
    builder.add(instance);
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
    ? "its one object is none"
    : `none of its ${skipped.length} objects is one`;
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
