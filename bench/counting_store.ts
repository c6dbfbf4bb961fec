import type { ByteRange, ReadOptions, Store, StoreReply } from "../retriever/store.ts";

/** A store that counts what is read through it. */
export class CountingStore implements Store {
  readonly #inner: Store;
  /** Reads so far. */
  requests = 0;
  /** Bytes that came. */
  bytes = 0;

  /** Counts the reads of another store. */
  constructor(inner: Store) {
    this.#inner = inner;
  }

  async getRange(key: string, range: ByteRange, options?: ReadOptions): Promise<StoreReply> {
    return this.#count(await this.#inner.getRange(key, range, options));
  }

  async get(key: string, options?: ReadOptions): Promise<StoreReply> {
    return this.#count(await this.#inner.get(key, options));
  }

  list(prefix: string, options?: ReadOptions) {
    return this.#inner.list(prefix, options);
  }

  listFolders(prefix: string, options?: ReadOptions) {
    return this.#inner.listFolders(prefix, options);
  }

  url(key: string): string {
    return this.#inner.url(key);
  }

  key(url: string): string | null {
    return this.#inner.key(url);
  }

  #count(reply: StoreReply): StoreReply {
    this.requests++;
    this.bytes += reply.bytes.length;
    return reply;
  }
}
