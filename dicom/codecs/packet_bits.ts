/**
 * Reads the bits of a packet's header (ISO/IEC 15444-1 B.10.1), where the byte
 * after FF has but seven, so that no marker can come up.
 *
 * It never throws: past the end come zeros, and what became of it is told afterwards.
 */
export class PacketBits {
  /** Offset of the next byte. */
  at: number;
  /** Whether a bit was asked for that is beyond the bytes. */
  cut = false;
  /** Whether a bit was asked for that is beyond the packet's tile-part, or a marker was met. */
  broken = false;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  #byte = 0;
  #left = 0;

  /**
   * @param bytes A codestream, maybe not to its last byte.
   * @param at Offset of the header.
   * @param end Offset behind the tile-part.
   */
  constructor(bytes: Uint8Array, at: number, end: number) {
    this.#bytes = bytes;
    this.at = at;
    this.#end = end;
  }

  /** Reads a bit. */
  readBit(): number {
    if (this.#left === 0) this.#readByte();
    if (this.#left === 0) return 0;
    return (this.#byte >> --this.#left) & 1;
  }

  /** Reads a number of up to 32 bits, the highest first. */
  readNumber(bits: number): number {
    let number = 0;
    for (let i = 0; i < bits; i++) number = number * 2 + this.readBit();
    return number;
  }

  /** Reads ones up to a zero, and answers how many they were. */
  countOnes(): number {
    let ones = 0;
    while (this.readBit() === 1) ones++;
    return ones;
  }

  /** Goes to the end of the header: the next whole byte, behind the one that has to follow FF. */
  finish(): void {
    if (this.#byte === 0xff) this.#readByte();
    this.#left = 0;
  }

  #readByte(): void {
    if (this.at >= this.#end) this.broken = true;
    else if (this.at >= this.#bytes.length) this.cut = true;
    else {
      const stuffed = this.#byte === 0xff;
      this.#byte = this.#bytes[this.at++]!;
      this.#left = stuffed ? 7 : 8;
      if (stuffed && this.#byte > 0x7f) this.broken = true;
    }
  }
}
