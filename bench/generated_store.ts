import type { ByteRange, ObjectEntry, Store, StoreReply } from "../retriever/store.ts";

/** What a {@linkcode GeneratedStore} takes. */
export interface GeneratedStoreOptions {
  /** How many objects there are. */
  readonly count: number;
  /** Makes an object's bytes, by its number; what follows them is zeros. */
  readonly make: (number: number) => Uint8Array;
  /** Size of each object in bytes. */
  readonly sizeOf: (made: Uint8Array) => number;
}

/** A store whose objects are made as they are read, and kept nowhere. */
export class GeneratedStore implements Store {
  readonly #options: GeneratedStoreOptions;

  /** Makes nothing yet. */
  constructor(options: GeneratedStoreOptions) {
    this.#options = options;
  }

  getRange(key: string, range: ByteRange): Promise<StoreReply> {
    const made = this.#options.make(Number(key.match(/\d+/)![0]));
    const totalSize = this.#options.sizeOf(made);
    const start = "suffix" in range ? Math.max(0, totalSize - range.suffix) : range.offset;
    const end = Math.min(totalSize, "suffix" in range ? totalSize : start + range.length);
    const bytes = new Uint8Array(Math.max(0, end - start));
    bytes.set(made.subarray(start, end));
    return Promise.resolve({ bytes, totalSize, etag: `"${key}"` });
  }

  get(key: string): Promise<StoreReply> {
    return this.getRange(key, { offset: 0, length: Infinity });
  }

  async *list(prefix: string): AsyncGenerator<ObjectEntry> {
    for (let number = 0; number < this.#options.count; number++) {
      const key = `${prefix}${String(number).padStart(6, "0")}.dcm`;
      yield { key, size: null, etag: null };
    }
  }

  async *listFolders(): AsyncGenerator<string> {}

  url(key: string): string {
    return `https://bucket.example.org/series/${key}`;
  }

  key(url: string): string | null {
    return url.startsWith(this.url("")) ? url.slice(this.url("").length) : null;
  }
}
