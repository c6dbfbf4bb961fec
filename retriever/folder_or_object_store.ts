import { NotFoundError } from "../errors.ts";
import type { ObjectEntry, ReadOptions, Store } from "./store.ts";
import { StoreView } from "./store_view.ts";

/**
 * A store under an address that does not tell whether it is a folder's or an object's: listing the
 * folder finds what is in it, or, where that is nothing, the object of the folder's name without
 * its `/`. So the question costs nothing where the listing answers it, or nobody lists.
 */
export class FolderOrObjectStore extends StoreView {
  readonly #key: string;

  /** Makes a store of another, and the key that is an object's or, with a `/`, a folder's. */
  constructor(store: Store, key: string) {
    super(store);
    this.#key = key;
  }

  /** Lists the objects whose keys start with the prefix, or the object that stands for the folder. */
  override async *list(prefix: string, options: ReadOptions = {}): AsyncGenerator<ObjectEntry> {
    let isEmpty = true;
    for await (const entry of this.store.list(prefix, options)) {
      isEmpty = false;
      yield entry;
    }
    if (!isEmpty || prefix !== `${this.#key}/`) return;
    const object = await this.#findObject(options);
    if (object !== null) yield object;
  }

  /** The object, when there is one and it is no mere marker of a folder: asked by reading a byte. */
  async #findObject({ signal }: ReadOptions): Promise<ObjectEntry | null> {
    try {
      const range = { offset: 0, length: 1 };
      const { totalSize, etag } = await this.store.getRange(this.#key, range, { signal });
      return totalSize === 0 ? null : { key: this.#key, size: totalSize, etag };
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  }
}
