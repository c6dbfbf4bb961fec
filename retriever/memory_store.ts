import { NotFoundError, ObjectChangedError } from "../errors.ts";
import { checkRange } from "./check_range.ts";
import { compareKeys } from "./compare_keys.ts";
import { decodeKey, encodeKey } from "./key_path.ts";
import { sliceRange } from "./slice_range.ts";
import type { ByteRange, ObjectEntry, ReadOptions, Store, StoreReply } from "./store.ts";
import type { StoreOptions } from "./store_options.ts";
import { createTransferStats, type TransferStats } from "./transfer_stats.ts";

/** What a {@linkcode MemoryStore} takes. */
export interface MemoryStoreOptions extends Pick<StoreOptions, "stats"> {
  /** What addresses start with; `memory:` by default. */
  readonly base?: string | undefined;
}

/**
 * Objects in memory, by key.
 *
 * @example
 * ```ts
 * import { MemoryStore } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const store = new MemoryStore(new Map([["a/1.dcm", new Uint8Array([1, 2, 3])]]));
 * const { bytes, totalSize } = await store.getRange("a/1.dcm", { suffix: 2 });
 * assertEquals([...bytes], [2, 3]);
 * assertEquals(totalSize, 3);
 * ```
 */
export class MemoryStore implements Store {
  readonly #objects: ReadonlyMap<string, Uint8Array>;
  readonly #base: string;
  readonly #stats: TransferStats;

  /** Makes a store over a map, which may change later. */
  constructor(objects: ReadonlyMap<string, Uint8Array>, options: MemoryStoreOptions = {}) {
    this.#objects = objects;
    this.#base = options.base ?? "memory:";
    this.#stats = options.stats ?? createTransferStats();
  }

  /**
   * Reads a range of an object.
   *
   * @throws {NotFoundError} Nothing is at the key.
   * @throws {ObjectChangedError} The object has another ETag than the one asked for.
   * @throws {UsageError} The range is none.
   */
  async getRange(key: string, range: ByteRange, options: ReadOptions = {}): Promise<StoreReply> {
    checkRange(range);
    return await this.#read(key, range, options);
  }

  /**
   * Reads a whole object.
   *
   * @throws {NotFoundError} Nothing is at the key.
   * @throws {ObjectChangedError} The object has another ETag than the one asked for.
   */
  async get(key: string, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.#read(key, { offset: 0, length: Number.MAX_SAFE_INTEGER }, options);
  }

  /** Lists the objects whose keys start with the prefix. */
  async *list(prefix: string, { signal }: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    signal?.throwIfAborted();
    this.#stats.requests++;
    for (const key of this.#keys(prefix)) {
      signal?.throwIfAborted();
      const object = this.#objects.get(key);
      if (object !== undefined) {
        yield { key, size: object.length, etag: await etagOf(object) };
      }
    }
  }

  /** Lists the folders right below a prefix, each ending in `/`. */
  async *listFolders(prefix: string, { signal }: ReadOptions = {}): AsyncGenerator<string> {
    signal?.throwIfAborted();
    this.#stats.requests++;
    const folders = new Set<string>();
    for (const key of this.#keys(prefix)) {
      const end = key.indexOf("/", prefix.length);
      if (end !== -1) folders.add(key.slice(0, end + 1));
    }
    for (const folder of folders) {
      signal?.throwIfAborted();
      yield await Promise.resolve(folder);
    }
  }

  /** The address of a key. */
  url(key: string): string {
    return this.#base + encodeKey(key);
  }

  /** The key of an address, or null when it is not in this store. */
  key(url: string): string | null {
    return url.startsWith(this.#base) && url !== this.#base
      ? decodeKey(url.slice(this.#base.length))
      : null;
  }

  async #read(
    key: string,
    range: ByteRange,
    { signal, etag: expected }: ReadOptions,
  ): Promise<StoreReply> {
    signal?.throwIfAborted();
    this.#stats.requests++;
    const object = this.#objects.get(key);
    const address = this.url(key);
    if (object === undefined) throw new NotFoundError(`nothing at ${address}`, { address });
    const etag = await etagOf(object);
    if (expected && expected !== etag) {
      throw new ObjectChangedError(`${address} is not the object it was`, { address });
    }
    const { start, end } = sliceRange(range, object.length);
    this.#stats.bytesFetched += end - start;
    return { bytes: new Uint8Array(object.subarray(start, end)), totalSize: object.length, etag };
  }

  #keys(prefix: string): string[] {
    return [...this.#objects.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
  }
}

const etags = new WeakMap<Uint8Array, string>();

/** The ETag of an object's bytes, made once: they do not change, only the object at a key does. */
async function etagOf(object: Uint8Array): Promise<string> {
  const known = etags.get(object);
  if (known !== undefined) return known;
  const digest = await crypto.subtle.digest("SHA-256", new Uint8Array(object));
  const hex = Array.from(
    new Uint8Array(digest, 0, 16),
    (byte) => byte.toString(16).padStart(2, "0"),
  );
  const etag = `"${hex.join("")}"`;
  etags.set(object, etag);
  return etag;
}
