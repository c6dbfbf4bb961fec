import { DecodeError } from "../../../errors.ts";

/** Codes up to this long, which are nearly all, are found by one look. */
export const shortCode = 9;
/** T.81 has no longer codes. */
export const longestCode = 16;

/** A Huffman table made ready for decoding (T.81 annexes C and F.2.2.3). */
export class HuffmanTable {
  /** By the next bits: the code's length in the high byte, its symbol in the low one; 0 for a longer code. */
  readonly short: Uint16Array = new Uint16Array(1 << shortCode);
  /** The last code of each length; -1 for a length without codes. */
  readonly #lastCode = new Int32Array(longestCode + 1).fill(-1);
  /** What to add to a code of each length for its symbol's place. */
  readonly #toSymbol = new Int32Array(longestCode + 1);
  readonly #symbols: Uint8Array;

  /**
   * Assigns codes to symbols.
   *
   * @param counts How many codes there are of each length, from 1 to 16.
   * @param symbols The symbols, in the order of their codes.
   * @throws {DecodeError} When there are more codes of a length than it has room for.
   */
  constructor(counts: Uint8Array, symbols: Uint8Array) {
    this.#symbols = symbols.slice();
    let code = 0;
    let place = 0;
    for (let length = 1; length <= longestCode; length++) {
      const count = counts[length - 1]!;
      if (code + count > 1 << length) {
        throw new DecodeError("a Huffman table of the JPEG stream has more codes than fit");
      }
      this.#toSymbol[length] = place - code;
      for (let i = 0; i < count; i++, code++, place++) {
        if (length > shortCode) continue;
        const spare = shortCode - length;
        this.short.fill((length << 8) | symbols[place]!, code << spare, (code + 1) << spare);
      }
      if (count > 0) this.#lastCode[length] = code - 1;
      code <<= 1;
    }
  }

  /**
   * Finds a code that is longer than {@linkcode shortCode}.
   *
   * @param bits The next 16 bits.
   * @returns As the entries of {@linkcode short}; 0 when there is no such code.
   */
  findLong(bits: number): number {
    for (let length = shortCode + 1; length <= longestCode; length++) {
      const code = bits >>> (longestCode - length);
      if (code <= this.#lastCode[length]!) {
        return (length << 8) | this.#symbols[code + this.#toSymbol[length]!]!;
      }
    }
    return 0;
  }
}
