import type { ObjectEntry, ReadOptions, Store } from "./store.ts";
import { StoreView } from "./store_view.ts";

/** A store cut down to one object: it lists that one only, even where others start with its key. */
export class SingleObjectStore extends StoreView {
  readonly #key: string;

  /** Makes a store of one object of another; whether it is there is told by reading it. */
  constructor(store: Store, key: string) {
    super(store);
    this.#key = key;
  }

  /** Lists the one object when its key starts with the prefix. */
  override async *list(prefix: string, { signal }: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    signal?.throwIfAborted();
    if (this.#key.startsWith(prefix)) {
      yield await Promise.resolve({ key: this.#key, size: null, etag: null });
    }
  }

  /** Lists nothing: one object makes no folder. */
  override async *listFolders(): AsyncGenerator<string> {}

  /** The key of the address when it is the object's, else null. */
  override key(url: string): string | null {
    const key = this.store.key(url);
    return key === this.#key ? key : null;
  }
}
