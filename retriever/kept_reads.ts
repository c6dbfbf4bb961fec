/** A read that is kept, and the bytes it counts for. */
interface KeptRead<T> {
  readonly value: Promise<T>;
  readonly size: number;
}

/** Keeps what was read of the last instances, up to a number of bytes. */
export class KeptReads<T> {
  readonly #kept = new Map<string, KeptRead<T>>();
  readonly #maxBytes: number;
  #bytes = 0;

  /** Makes an empty keeper. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** What is kept of an instance; undefined when nothing is. */
  get(url: string): Promise<T> | undefined {
    return this.#kept.get(url)?.value;
  }

  /** Keeps a read, and drops the oldest ones beyond the bound; one that fails is dropped at once. */
  keep(url: string, size: number, value: Promise<T>): Promise<T> {
    this.#kept.set(url, { value, size });
    this.#bytes += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#maxBytes || oldest === url) break;
      this.#drop(oldest);
    }
    // What failed, or was given up, is read anew when it is asked for again.
    value.catch(() => {
      if (this.get(url) === value) this.#drop(url);
    });
    return value;
  }

  #drop(url: string): void {
    this.#bytes -= this.#kept.get(url)?.size ?? 0;
    this.#kept.delete(url);
  }
}
