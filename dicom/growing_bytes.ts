/** Bytes that are appended to and read in place; offsets stay what they were. */
export class GrowingBytes {
  #buffer: Uint8Array = new Uint8Array(0);
  #length = 0;

  /** How many bytes are there. */
  get length(): number {
    return this.#length;
  }

  /** Appends bytes; they are copied, save that a first chunk is kept as it is. */
  push(chunk: Uint8Array): void {
    const length = this.#length + chunk.length;
    if (this.#length === 0) {
      this.#buffer = chunk;
    } else {
      if (length > this.#buffer.length) {
        const grown = new Uint8Array(Math.max(length, this.#buffer.length * 2));
        grown.set(this.#buffer.subarray(0, this.#length));
        this.#buffer = grown;
      }
      this.#buffer.set(chunk, this.#length);
    }
    this.#length = length;
  }

  /** Takes the bytes from an offset on away, and answers them. */
  cut(offset: number): Uint8Array {
    const tail = this.#buffer.slice(offset, this.#length);
    this.#buffer = this.#buffer.slice(0, offset);
    this.#length = offset;
    return tail;
  }

  /** The bytes; valid until the next push. */
  view(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}
