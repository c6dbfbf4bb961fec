import type { AbortOptions } from "../runtime/abort_options.ts";

/** The bytes asked of an object: from an offset, or its last ones. */
export type ByteRange =
  | { readonly offset: number; readonly length: number }
  | { readonly suffix: number };

/** What a read answers. */
export interface StoreReply {
  /**
   * The bytes; fewer than asked for only where the object ends. They are the caller's, and the values
   * of a frame may come to lie in them: a store that keeps bytes answers a copy.
   */
  readonly bytes: Uint8Array;
  /** Size of the whole object in bytes, as the same reply told it; null when it did not. */
  readonly totalSize: number | null;
  /** The object's ETag as the same reply told it. */
  readonly etag: string | null;
}

/** One object of a listing. */
export interface ObjectEntry {
  /** Its key. */
  readonly key: string;
  /** Size in bytes, when the listing tells. */
  readonly size: number | null;
  /** Its ETag, when the listing tells. */
  readonly etag: string | null;
}

/** Options of a read. */
export interface ReadOptions extends AbortOptions {
  /** The ETag the object must still have; another one is an `ObjectChangedError`. */
  readonly etag?: string | null | undefined;
}

/**
 * A place that holds objects by key and is only read: a bucket, a web folder,
 * a local folder, memory.
 *
 * A read that fails throws a tagged error of `errors.ts` that names the
 * object's address. A range that starts at or beyond the end of the object
 * answers no bytes and the object's size; it is no error.
 *
 * @example
 * ```ts
 * import type { Store } from "@dicom/series-preview/retriever";
 * import { MemoryStore, readHeader } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * // Tells of every read, and leaves the rest to another store.
 * function told(store: Store, tell: (line: string) => void): Store {
 *   return {
 *     variant: store.variant,
 *     getRange(key, range, options) {
 *       tell(`${key} ${JSON.stringify(range)}`);
 *       return store.getRange(key, range, options);
 *     },
 *     get: (key, options) => store.get(key, options),
 *     list: (prefix, options) => store.list(prefix, options),
 *     listFolders: (prefix, options) => store.listFolders(prefix, options),
 *     url: (key) => store.url(key),
 *     key: (url) => store.key(url),
 *   };
 * }
 *
 * const instance = new Uint8Array([8, 0, 0x60, 0, 2, 0, 0, 0, 0x43, 0x54]);
 * const lines: string[] = [];
 * const store = told(new MemoryStore(new Map([["1.dcm", instance]])), (line) => lines.push(line));
 * await readHeader(store, "1.dcm");
 * assertEquals(lines, ['1.dcm {"offset":0,"length":5120}']);
 * ```
 */
export interface Store {
  /**
   * What follows an address to tell the store from others with the same addresses: the query of a
   * web folder, as in `?token=x`, or `#` and the address of a server of one's own; absent where the
   * addresses tell all. May hold a secret, so that it is never shown.
   */
  readonly variant?: string | undefined;
  /**
   * Reads a range of an object.
   *
   * @param key The object's key.
   * @param range The bytes: `offset` from 0 on and `length`, or the last ones by `suffix`.
   * @throws {NotFoundError} Nothing is at the key.
   * @throws {AccessDeniedError} The source, or the runtime's permissions, refuse.
   * @throws {ObjectChangedError} The object has another ETag than the one asked for.
   * @throws {NetworkError} The host failed to the last try.
   * @throws {UsageError} The range is none.
   */
  getRange(key: string, range: ByteRange, options?: ReadOptions): Promise<StoreReply>;
  /**
   * Reads a whole object.
   *
   * @throws {SeriesPreviewError} As {@linkcode Store.getRange} does.
   */
  get(key: string, options?: ReadOptions): Promise<StoreReply>;
  /**
   * Lists the objects whose keys start with the prefix, in ascending key order, folders descended.
   *
   * @throws {AccessDeniedError} The source, or the runtime's permissions, refuse.
   * @throws {NetworkError} The host failed to the last try.
   */
  list(prefix: string, options?: ReadOptions): AsyncIterable<ObjectEntry>;
  /**
   * Lists the folders right below a prefix, each ending in `/`.
   *
   * @throws {SeriesPreviewError} As {@linkcode Store.list} does.
   */
  listFolders(prefix: string, options?: ReadOptions): AsyncIterable<string>;
  /** The absolute address of a key, without credentials. */
  url(key: string): string;
  /** The key of an absolute address, or null when it is not in this store. */
  key(url: string): string | null;
}
