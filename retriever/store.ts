/** The bytes asked of an object: from an offset, or its last ones. */
export type ByteRange =
  | { readonly offset: number; readonly length: number }
  | { readonly suffix: number };

/** What a read answers. */
export interface StoreReply {
  /** The bytes; fewer than asked for only where the object ends. */
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
export interface ReadOptions {
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
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
 */
export interface Store {
  /**
   * What follows an address to tell the store from others with the same addresses: the query of a
   * web folder, as in `?token=x`, or `#` and the address of a server of one's own; absent where the
   * addresses tell all. May hold a secret, so that it is never shown.
   */
  readonly variant?: string | undefined;
  /** Reads a range of an object. */
  getRange(key: string, range: ByteRange, options?: ReadOptions): Promise<StoreReply>;
  /** Reads a whole object. */
  get(key: string, options?: ReadOptions): Promise<StoreReply>;
  /** Lists the objects whose keys start with the prefix, in ascending key order, folders descended. */
  list(prefix: string, options?: ReadOptions): AsyncIterable<ObjectEntry>;
  /** Lists the folders right below a prefix, each ending in `/`. */
  listFolders(prefix: string, options?: ReadOptions): AsyncIterable<string>;
  /** The absolute address of a key, without credentials. */
  url(key: string): string;
  /** The key of an absolute address, or null when it is not in this store. */
  key(url: string): string | null;
}
