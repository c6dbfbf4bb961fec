import type { ByteRange, ObjectEntry, ReadOptions, Store, StoreReply } from "./store.ts";

/** Another store seen as it is: what views of one that show less or more of it start from. */
export class StoreView implements Store {
  /** The store that is seen. */
  protected readonly store: Store;

  /** Makes a view of a store. */
  constructor(store: Store) {
    this.store = store;
  }

  /** As the store's. */
  get variant(): string | undefined {
    return this.store.variant;
  }

  /** Reads a range of an object. */
  async getRange(key: string, range: ByteRange, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.store.getRange(key, range, options);
  }

  /** Reads a whole object. */
  async get(key: string, options: ReadOptions = {}): Promise<StoreReply> {
    return await this.store.get(key, options);
  }

  /** Lists the objects whose keys start with the prefix. */
  async *list(prefix: string, options: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    yield* this.store.list(prefix, options);
  }

  /** Lists the folders right below a prefix, each ending in `/`. */
  async *listFolders(prefix: string, options: ReadOptions = {}): AsyncGenerator<string> {
    yield* this.store.listFolders(prefix, options);
  }

  /** The address of a key. */
  url(key: string): string {
    return this.store.url(key);
  }

  /** The key of an address, or null when it is not in the store. */
  key(url: string): string | null {
    return this.store.key(url);
  }
}
