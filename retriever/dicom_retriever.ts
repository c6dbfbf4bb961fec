import type { HeaderLimits } from "../dicom/header_limits.ts";
import { NotFoundError, UsageError } from "../errors.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { HeaderSizes } from "./header_sizes.ts";
import { locateSeries, type LocateSeriesOptions } from "./locate_series.ts";
import type { ManyReadsOptions } from "./many_reads_options.ts";
import type { OpenedFolder } from "./open_store.ts";
import type { Outcome } from "./outcome.ts";
import type { ReadHeaderOptions, RetrievedHeader } from "./read_header.ts";
import { readHeaders } from "./read_headers.ts";
import { defaultConcurrency, readInOrder } from "./read_in_order.ts";
import { readInstance } from "./read_instance.ts";
import type { ObjectEntry, Store } from "./store.ts";

/** Options of {@linkcode DicomRetriever}. */
export interface DicomRetrieverOptions extends Pick<ReadHeaderOptions, "limits"> {}

/** An object of a series' listing. */
export interface ListedInstance extends ObjectEntry {
  /** Its absolute address. */
  readonly url: string;
}

/** An instance as it was read. */
export interface RetrievedInstance extends RetrievedHeader {
  /** The whole object as it is stored; null where only headers were asked for. */
  readonly bytes: Uint8Array | null;
}

/** Options of {@linkcode DicomRetriever.getInstance}. */
export interface RetrieveInstanceOptions extends AbortOptions {
  /** Read no further than the header, by range requests; false by default. */
  readonly headersOnly?: boolean | undefined;
}

/** Options of {@linkcode DicomRetriever.getInstances}. */
export interface RetrieveInstancesOptions extends RetrieveInstanceOptions, ManyReadsOptions {}

/**
 * Reads the instances of a series by their addresses, with no index of it: headers by range
 * requests, or whole objects.
 *
 * What one call learns of the length of the series' headers spares the next its first steps.
 *
 * @example
 * ```ts
 * import { DicomRetriever } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const retriever = await DicomRetriever.open("demo:ct");
 * const urls: string[] = [];
 * for await (const { url } of retriever.listInstances()) urls.push(url);
 * assertEquals(urls.length, 120);
 *
 * const { bytes, size } = await retriever.getInstance(urls[0]!);
 * assertEquals(bytes?.length, size);
 * ```
 */
export class DicomRetriever {
  readonly #store: Store;
  readonly #prefix: string;
  readonly #limits: Partial<HeaderLimits> | undefined;
  readonly #learned = new HeaderSizes();

  /** Makes a retriever of what is under a prefix of a store, as `openStore` answers them. */
  constructor({ store, prefix }: OpenedFolder, options: DicomRetrieverOptions = {}) {
    this.#store = store;
    this.#prefix = prefix;
    this.#limits = options.limits;
  }

  /**
   * Finds a series by any words that {@linkcode locateSeries} takes.
   *
   * @throws {SeriesPreviewError} What that throws.
   *
   * @example
   * ```ts
   * import { DicomRetriever } from "@dicom/series-preview/retriever";
   * import { assertEquals } from "@std/assert";
   *
   * const retriever = await DicomRetriever.open("38902e14-b11f-4548-910e-771ee757dc82");
   * assertEquals(retriever.address, "s3://idc-open-data/38902e14-b11f-4548-910e-771ee757dc82/");
   * ```
   */
  static async open(
    series: string,
    options: LocateSeriesOptions & DicomRetrieverOptions = {},
  ): Promise<DicomRetriever> {
    return new DicomRetriever(await locateSeries(series, options), options);
  }

  /** The series' address, without credentials and query. */
  get address(): string {
    return this.#store.url(this.#prefix);
  }

  /**
   * Lists the objects of the series in ascending order of their keys, which need not be that of the
   * slices. Nothing is read of them, so that what is no instance is listed too.
   *
   * @throws {NotFoundError} There is none.
   *
   * @example
   * ```ts
   * import { DicomRetriever } from "@dicom/series-preview/retriever";
   * import { assert, assertEquals } from "@std/assert";
   *
   * const retriever = await DicomRetriever.open("demo:ct");
   * for await (const { url, size } of retriever.listInstances()) {
   *   assertEquals(url, "demo:ct/0001.dcm");
   *   assert(size! > 2 * 512 * 512);
   *   break;
   * }
   * ```
   */
  async *listInstances(
    options: AbortOptions = {},
  ): AsyncGenerator<ListedInstance, void, unknown> {
    let isEmpty = true;
    for await (const entry of this.#store.list(this.#prefix, { signal: options.signal })) {
      isEmpty = false;
      yield { ...entry, url: this.#store.url(entry.key) };
    }
    if (!isEmpty) return;
    const { address } = this;
    throw new NotFoundError(`nothing is in ${address}; check the address`, { address });
  }

  /**
   * Reads many instances at once and answers an outcome for each in the order of the input: a value
   * or the error that names why there is none. Headers take one range request each, the first of a
   * series one or two more; whole instances one request each, of which no more than `concurrency`
   * are held at a time.
   *
   * An abort throws. After eight reads in a row have failed for the host's reasons, the rest are
   * not tried: their outcomes are a `NotTriedError`. An address outside the store is a `UsageError`.
   *
   * @param urls Addresses, as {@linkcode DicomRetriever.listInstances} answers them.
   *
   * @example
   * ```ts
   * import { DicomRetriever } from "@dicom/series-preview/retriever";
   * import { assertEquals } from "@std/assert";
   *
   * const retriever = await DicomRetriever.open("demo:ct");
   * const urls = ["demo:ct/0003.dcm", "demo:ct/none.dcm", "demo:ct/0001.dcm"];
   * const names: string[] = [];
   * for await (const { value, error } of retriever.getInstances(urls, { headersOnly: true })) {
   *   names.push(error?.name ?? value!.url);
   * }
   * assertEquals(names, ["demo:ct/0003.dcm", "NotFoundError", "demo:ct/0001.dcm"]);
   * ```
   */
  async *getInstances(
    urls: readonly string[],
    options: RetrieveInstancesOptions = {},
  ): AsyncGenerator<Outcome<RetrievedInstance>, void, unknown> {
    const { signal, onProgress } = options;
    const places = urls.map((url) => this.#keyOf(url));
    const keys = places.filter((place) => typeof place === "string");
    const refused = places.length - keys.length;
    const outcomes = this.#read(keys, {
      ...options,
      onProgress: (done) => onProgress?.(refused + done, urls.length),
    });
    try {
      for (const place of places) {
        signal?.throwIfAborted();
        if (typeof place !== "string") yield { url: place.address!, error: place };
        else yield (await outcomes.next()).value!;
      }
    } finally {
      await outcomes.return();
    }
  }

  /**
   * Reads one instance.
   *
   * @throws {UsageError} The address is outside the store.
   * @throws {NotFoundError} Nothing is there.
   * @throws {NotDicomError} It is no DICOM.
   * @throws {InvalidHeaderError} Its header breaks a rule.
   * @throws {NetworkError} The host failed.
   *
   * @example
   * ```ts
   * import { DicomRetriever } from "@dicom/series-preview/retriever";
   * import { assertEquals } from "@std/assert";
   *
   * const retriever = await DicomRetriever.open("demo:ct");
   * const { header, bytes } = await retriever.getInstance("demo:ct/0060.dcm", { headersOnly: true });
   * assertEquals(header.pixelData?.vr, "OW");
   * assertEquals(bytes, null);
   * ```
   */
  async getInstance(
    url: string,
    options: RetrieveInstanceOptions = {},
  ): Promise<RetrievedInstance> {
    const [outcome] = await Array.fromAsync(this.getInstances([url], options));
    if (outcome!.error !== undefined) throw outcome!.error;
    return outcome!.value;
  }

  /**
   * Reads the instance at a position from 0, the first, to 1, the last: the nearest one of the
   * addresses, number `round(position·(n−1))`.
   *
   * @param position From 0 to 1.
   * @param urls The series' addresses in the order that positions count by, as an index tells it.
   * @throws {UsageError} The position is not from 0 to 1, or there is no address.
   * @throws {SeriesPreviewError} What {@linkcode DicomRetriever.getInstance} does.
   *
   * @example
   * ```ts
   * import { DicomRetriever } from "@dicom/series-preview/retriever";
   * import { assertEquals } from "@std/assert";
   *
   * const retriever = await DicomRetriever.open("demo:ct");
   * const urls = ["demo:ct/0120.dcm", "demo:ct/0060.dcm", "demo:ct/0001.dcm"];
   * const { url } = await retriever.getInstanceAtPosition(1, urls, { headersOnly: true });
   * assertEquals(url, "demo:ct/0001.dcm");
   * ```
   */
  async getInstanceAtPosition(
    position: number,
    urls: readonly string[],
    options: RetrieveInstanceOptions = {},
  ): Promise<RetrievedInstance> {
    if (!(position >= 0 && position <= 1)) {
      throw new UsageError(`position is ${position}; it must be from 0, the first, to 1, the last`);
    }
    const url = urls[Math.round(position * (urls.length - 1))];
    if (url === undefined) {
      throw new UsageError("there is no address to choose from; give those of the series, sorted");
    }
    return await this.getInstance(url, options);
  }

  #read(
    keys: readonly string[],
    options: RetrieveInstancesOptions,
  ): AsyncGenerator<Outcome<RetrievedInstance>, void, unknown> {
    if (options.headersOnly) {
      return withoutBytes(
        readHeaders(this.#store, keys, {
          ...options,
          learned: this.#learned,
          limits: this.#limits,
        }),
      );
    }
    return readInOrder(
      keys,
      (key) => this.#store.url(key),
      (key, signal) => readInstance(this.#store, key, { signal, limits: this.#limits }),
      // Whole instances are long: none waits beyond those under way.
      { ...options, ahead: options.concurrency ?? defaultConcurrency },
    );
  }

  /** The key of an address, or the error that says that it has none here. */
  #keyOf(url: string): string | UsageError {
    try {
      const key = this.#store.key(url);
      if (key !== null) {
        // Refuses a key that no address can have, as one with a segment `..`.
        this.#store.url(key);
        return key;
      }
    } catch (cause) {
      if (!(cause instanceof UsageError)) throw cause;
    }
    const address = url.replace(/[?#].*$/s, "").replace(/\/\/[^/]*@/, "//");
    return new UsageError(
      `${address} is not in the store of ${this.address}; give an address that a listing answers`,
      { address },
    );
  }
}

async function* withoutBytes(
  outcomes: AsyncIterable<Outcome<RetrievedHeader>>,
): AsyncGenerator<Outcome<RetrievedInstance>, void, unknown> {
  for await (const outcome of outcomes) {
    yield outcome.error === undefined
      ? { url: outcome.url, value: { ...outcome.value, bytes: null } }
      : outcome;
  }
}
