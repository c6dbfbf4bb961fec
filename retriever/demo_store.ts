import { NotFoundError, ObjectChangedError } from "../errors.ts";
import { nextTurn } from "../runtime/next_turn.ts";
import { checkRange } from "./check_range.ts";
import { DEMO_GRID } from "./demo/demo_grid.ts";
import { DemoSlice } from "./demo/demo_slice.ts";
import { writeDemoHeader } from "./demo/write_demo_header.ts";
import { sliceRange } from "./slice_range.ts";
import type { ByteRange, ObjectEntry, ReadOptions, Store, StoreReply } from "./store.ts";
import { createTransferStats, type TransferStats } from "./transfer_stats.ts";

const SCHEME = "demo:";
const FOLDER = "ct/";
const LAST = DEMO_GRID.slices - 1;
/** Part of every ETag: an index made of other pixels or headers than these must not be used. */
const VERSION = "1";
/** How many slices are kept, so that one read in pieces is computed once. */
const KEPT_SLICES = 4;

/** Options of {@linkcode DemoStore}. */
export interface DemoStoreOptions {
  /** Counters to add to. */
  stats?: TransferStats | undefined;
  /**
   * Cuts what is in the pictures at a height in mm: answers the function that tells Hounsfield
   * units at x and y in mm, LPS. A torso by default; tests put in what is cheap and counted.
   */
  createSampler?: ((z: number) => (x: number, y: number) => number) | undefined;
}

/**
 * A synthetic CT of a torso, made in memory: 120 axial slices that are nowhere stored, read
 * through the interface that real ones are. Address `demo:ct`, keys `ct/0001.dcm`, nearest to the
 * feet, to `ct/0120.dcm`.
 *
 * Every byte is a function of its place: instances are the same in every process, and a read
 * computes no more rows of pixels than it answers. The pixels of a slice cost some forty
 * milliseconds, a header next to nothing.
 *
 * @example
 * ```ts
 * import { locateSeries } from "@dicom/series-preview/retriever";
 * import { assert, assertEquals } from "@std/assert";
 *
 * const { store } = await locateSeries("demo:ct");
 * const { bytes, totalSize } = await store.getRange("ct/0060.dcm", { offset: 128, length: 4 });
 * assertEquals(new TextDecoder().decode(bytes), "DICM");
 * assert(totalSize! > 2 * 512 * 512);
 * ```
 */
export class DemoStore implements Store {
  readonly #stats: TransferStats;
  readonly #createSampler: DemoStoreOptions["createSampler"];
  readonly #headers = new Map<number, Uint8Array>();
  /** Slices by number, the least recently used first. */
  readonly #slices = new Map<number, DemoSlice>();

  /** Makes a store; nothing is computed yet. */
  constructor(options: DemoStoreOptions = {}) {
    this.#stats = options.stats ?? createTransferStats();
    this.#createSampler = options.createSampler;
  }

  /**
   * Reads a range of an instance.
   *
   * @throws {NotFoundError} When there is no such key.
   * @throws {ObjectChangedError} When `options.etag` is not the instance's.
   * @throws {UsageError} When the range is not made of whole numbers from 0 up.
   */
  async getRange(key: string, range: ByteRange, options: ReadOptions = {}): Promise<StoreReply> {
    checkRange(range);
    const { signal, etag: expected } = options;
    signal?.throwIfAborted();
    this.#stats.requests++;
    const address = this.url(key);
    const slice = sliceOf(key);
    if (slice === null) {
      throw new NotFoundError(
        `nothing is at ${address}; the demo has ${this.url(keyOf(0))} to ${this.url(keyOf(LAST))}`,
        { address },
      );
    }
    const etag = etagOf(slice);
    if (expected != null && expected !== etag) {
      throw new ObjectChangedError(
        `${address} is not the object it was; build the index of the series anew`,
        { address },
      );
    }
    const header = this.#header(slice);
    const totalSize = header.length + DEMO_GRID.frameBytes;
    const { start, end } = sliceRange(range, totalSize);
    const bytes = new Uint8Array(end - start);
    if (start < header.length) bytes.set(header.subarray(start, end));
    const first = Math.max(start, header.length);
    if (first < end) {
      const pixels = await this.#pixels(slice, first - header.length, end - header.length, signal);
      bytes.set(pixels, first - start);
    }
    this.#stats.bytesFetched += bytes.length;
    return { bytes, totalSize, etag };
  }

  /**
   * Reads a whole instance.
   *
   * @throws {NotFoundError} When there is no such key.
   * @throws {ObjectChangedError} When `options.etag` is not the instance's.
   */
  async get(key: string, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.getRange(key, { offset: 0, length: Number.MAX_SAFE_INTEGER }, options);
  }

  /** Lists the instances whose keys start with the prefix, from the feet upward. */
  async *list(prefix: string, { signal }: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    signal?.throwIfAborted();
    this.#stats.requests++;
    for (let slice = 0; slice <= LAST; slice++) {
      const key = keyOf(slice);
      if (!key.startsWith(prefix)) continue;
      signal?.throwIfAborted();
      const { length } = this.#header(slice);
      yield { key, size: length + DEMO_GRID.frameBytes, etag: etagOf(slice) };
    }
  }

  /** Lists the folders right below a prefix: `ct/` below the root, none elsewhere. */
  async *listFolders(prefix: string, { signal }: ReadOptions = {}): AsyncGenerator<string> {
    signal?.throwIfAborted();
    this.#stats.requests++;
    if (FOLDER.startsWith(prefix) && prefix !== FOLDER) yield await Promise.resolve(FOLDER);
  }

  /** The address of a key, as in `demo:ct/0001.dcm`. */
  url(key: string): string {
    return SCHEME + key;
  }

  /** The key of an address, or null when it is not in this store. */
  key(url: string): string | null {
    return url.startsWith(SCHEME) && url !== SCHEME ? url.slice(SCHEME.length) : null;
  }

  #header(slice: number): Uint8Array {
    let header = this.#headers.get(slice);
    if (!header) {
      header = writeDemoHeader(slice);
      this.#headers.set(slice, header);
    }
    return header;
  }

  async #pixels(
    number: number,
    start: number,
    end: number,
    signal: AbortSignal | undefined,
  ): Promise<Uint8Array> {
    const slice = this.#slices.get(number) ?? new DemoSlice(number, this.#createSampler);
    this.#slices.delete(number);
    this.#slices.set(number, slice);
    for (const oldest of this.#slices.keys()) {
      if (this.#slices.size <= KEPT_SLICES) break;
      this.#slices.delete(oldest);
    }
    if (!slice.has(start, end)) {
      // Computing keeps the thread busy: others, and whoever may abort, get their turn before it.
      await nextTurn();
      signal?.throwIfAborted();
    }
    return slice.read(start, end);
  }
}

function keyOf(slice: number): string {
  return `${FOLDER}${String(slice + 1).padStart(4, "0")}.dcm`;
}

function sliceOf(key: string): number | null {
  const number = /^ct\/(\d{4})\.dcm$/.exec(key)?.[1];
  if (number === undefined) return null;
  const slice = Number(number) - 1;
  return slice >= 0 && slice <= LAST ? slice : null;
}

function etagOf(slice: number): string {
  return `"demo-ct-${VERSION}-${slice + 1}"`;
}
