import { DecodeError } from "../../../errors.ts";
import { type HuffmanTable, longestCode, shortCode } from "./huffman_table.ts";
import { Marker } from "./marker_reader.ts";

/** More than the bytes that one block can take: 64 coefficients of 16 bits for the code and 16 for the value. */
const slack = 512;
/** Positions in bits must stay whole 32-bit numbers. */
const longestInterval = 2 ** 28 - slack;

/**
 * Reads the bits of entropy-coded segments, one restart interval after another.
 *
 * An interval is laid out without its stuffed bytes first, so that reading it
 * is one load; who reads beyond its end gets anything, and is told by
 * {@linkcode requireWithin} after each block.
 */
export class EntropyReader {
  readonly #source: Uint8Array;
  readonly #interval: Uint8Array;
  readonly #view: DataView;
  /** The next bit of the interval. */
  #position = 0;
  /** The interval's length in bits. */
  #end = 0;
  /** Where the interval's bytes end in the source, which is at a marker. */
  #sourceEnd = 0;

  /** Makes a reader for the scans of a stream. */
  constructor(source: Uint8Array) {
    this.#source = source;
    this.#interval = new Uint8Array(source.length + slack);
    this.#view = new DataView(this.#interval.buffer);
  }

  /** Where the last interval ends in the source: at a marker, or at the end. */
  get sourceEnd(): number {
    return this.#sourceEnd;
  }

  /** Starts to read a scan's first interval. */
  start(position: number): void {
    const source = this.#source;
    const interval = this.#interval;
    let length = 0;
    let from = position;
    while (from < source.length) {
      const byte = source[from]!;
      if (byte === 0xff) {
        let next = from + 1;
        while (source[next] === 0xff) next++;
        if (source[next] !== 0) break;
        from = next;
      }
      interval[length++] = byte;
      from++;
    }
    if (length > longestInterval) {
      throw new DecodeError(`the JPEG stream has ${length} bytes without a marker, too many`);
    }
    this.#position = 0;
    this.#end = length * 8;
    this.#sourceEnd = from;
  }

  /**
   * Goes on to the next restart interval.
   *
   * @param number Which of RST0 to RST7 must be there.
   * @throws {DecodeError} When it is not, which means that an interval is lost.
   */
  restart(number: number): void {
    let at = this.#sourceEnd;
    while (this.#source[at + 1] === 0xff) at++;
    const marker = this.#source[at + 1];
    if (marker !== Marker.RST0 + number) {
      const found = marker === undefined ? "the stream's end" : `FF${hex(marker)}`;
      throw new DecodeError(
        `the JPEG stream lacks a restart interval: ${found} is where RST${number} must be`,
      );
    }
    this.start(at + 2);
  }

  /** Reads a Huffman code, and answers its symbol. */
  readSymbol(table: HuffmanTable): number {
    const bits = this.#peek();
    let entry = table.short[bits >>> (32 - shortCode)]!;
    if (entry === 0) {
      entry = table.findLong(bits >>> 16);
      if (entry === 0) this.#failForCode();
    }
    this.#position += entry >> 8;
    return entry & 0xff;
  }

  /** Reads 1 to 16 bits. */
  readBits(count: number): number {
    const bits = this.#peek();
    this.#position += count;
    return bits >>> (32 - count);
  }

  /** Reads a value of 1 to 16 bits, of which those that start with a 0 are negative (T.81 F.2.2.1). */
  readValue(size: number): number {
    const bits = this.#peek();
    this.#position += size;
    const value = bits >>> (32 - size);
    return bits < 0 ? value : value + 1 - (1 << size);
  }

  /**
   * Fails when more was read than is there.
   *
   * @throws {DecodeError} When the entropy-coded data is cut.
   */
  requireWithin(): void {
    if (this.#position > this.#end) {
      throw new DecodeError("the JPEG stream is cut: its entropy-coded data ends inside a block");
    }
  }

  /** At least the next 25 bits, from the highest bit on. */
  #peek(): number {
    return this.#view.getInt32(this.#position >> 3) << (this.#position & 7);
  }

  #failForCode(): never {
    throw new DecodeError(
      this.#position + longestCode > this.#end
        ? "the JPEG stream is cut: its entropy-coded data ends inside a code"
        : "the JPEG stream is corrupt: its next bits are no Huffman code",
    );
  }
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}
