import type { ByteRange, ObjectEntry, ReadOptions, Store, StoreReply } from "./store.ts";

/** A store cut down to one object: it lists that one only, even where others start with its key. */
export class SingleObjectStore implements Store {
  readonly #store: Store;
  readonly #key: string;

  /** Makes a store of one object of another; whether it is there is told by reading it. */
  constructor(store: Store, key: string) {
    this.#store = store;
    this.#key = key;
  }

  /** As the store's. */
  get variant(): string | undefined {
    return this.#store.variant;
  }

  /** Reads a range of an object. */
  async getRange(key: string, range: ByteRange, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.#store.getRange(key, range, options);
  }

  /** Reads a whole object. */
  async get(key: string, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.#store.get(key, options);
  }

  /** Lists the one object when its key starts with the prefix. */
  async *list(prefix: string, { signal }: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    signal?.throwIfAborted();
    if (this.#key.startsWith(prefix)) {
      yield await Promise.resolve({ key: this.#key, size: null, etag: null });
    }
  }

  /** Lists nothing: one object makes no folder. */
  async *listFolders(): AsyncGenerator<string> {}

  /** The address of a key. */
  url(key: string): string {
    return this.#store.url(key);
  }

  /** The key of the address when it is the object's, else null. */
  key(url: string): string | null {
    const key = this.#store.key(url);
    return key === this.#key ? key : null;
  }
}
