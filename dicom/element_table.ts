import type { VrCode } from "./vr_code.ts";

/** Numbers of a row: tag, value representation, offset and length of the value, the next row beside it. */
const width = 5;
/** Bytes of a header for which room for one row is made at first. */
const bytesOfRow = 20;

/**
 * The elements and items of a header, in few bytes: a row each, in stored order. The rows inside an
 * element or item follow its own, up to the next one beside it.
 */
export class ElementTable {
  #rows: Uint32Array<ArrayBuffer>;
  #length = 0;

  /** Makes a table for a header of about so many bytes. */
  constructor(bytes: number) {
    this.#rows = new Uint32Array(width * (16 + Math.floor(Math.min(bytes, 2 ** 20) / bytesOfRow)));
  }

  /** How many rows there are. */
  get length(): number {
    return this.#length;
  }

  /** Adds an element without items, or one or an item to be closed; answers its row. */
  add(tag: number, vr: VrCode, offset: number, length: number): number {
    const at = this.#length * width;
    if (at === this.#rows.length) this.#grow();
    const rows = this.#rows;
    rows[at] = tag;
    rows[at + 1] = vr;
    rows[at + 2] = offset;
    rows[at + 3] = length;
    rows[at + 4] = this.#length + 1;
    return this.#length++;
  }

  /** Ends a row: all that was added behind it is inside. */
  close(row: number, vr: VrCode, length: number): void {
    const at = row * width;
    this.#rows[at + 1] = vr;
    this.#rows[at + 3] = length;
    this.#rows[at + 4] = this.#length;
  }

  /** Takes a row away, and all behind it. */
  cut(row: number): void {
    this.#length = row;
  }

  /** The tag of a row. */
  tag(row: number): number {
    return this.#rows[row * width]!;
  }

  /** The row beside a row that follows it. */
  next(row: number): number {
    return this.#rows[row * width + 4]!;
  }

  /** The value representation of a row. */
  vr(row: number): VrCode {
    return this.#rows[row * width + 1]!;
  }

  /** Where the value of a row starts. */
  offset(row: number): number {
    return this.#rows[row * width + 2]!;
  }

  /** The length of the value of a row. */
  valueLength(row: number): number {
    return this.#rows[row * width + 3]!;
  }

  #grow(): void {
    // What was held is moved, and where there is much of it mostly not even copied.
    const bytes = Math.ceil(this.#length * 1.5) * width * this.#rows.BYTES_PER_ELEMENT;
    this.#rows = new Uint32Array(this.#rows.buffer.transfer(bytes));
  }
}
