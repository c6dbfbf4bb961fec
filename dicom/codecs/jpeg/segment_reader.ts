import { DecodeError } from "../../../errors.ts";

/** Reads the parameters of a marker segment one after another, never beyond its end. */
export class SegmentReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** Reads a segment from after its length on. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.#bytes.length - this.#at;
  }

  /** Reads a byte. */
  uint8(): number {
    return this.bytes(1)[0]!;
  }

  /** Reads two bytes, the high one first. */
  uint16(): number {
    const high = this.uint8();
    return (high << 8) | this.uint8();
  }

  /** Reads the two halves of a byte, the high one first. */
  nibbles(): [high: number, low: number] {
    const byte = this.uint8();
    return [byte >> 4, byte & 15];
  }

  /** Reads bytes, and answers them in place. */
  bytes(count: number): Uint8Array {
    if (count > this.left) throw new DecodeError("a marker segment of the JPEG stream is cut");
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }
}
