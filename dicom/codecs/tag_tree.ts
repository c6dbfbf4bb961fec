import type { PacketBits } from "./packet_bits.ts";

/**
 * A tag tree (ISO/IEC 15444-1 B.10.2): numbers of the code-blocks of a precinct,
 * each told by as many bits as it is beyond the least of its neighborhood.
 */
export class TagTree {
  /** The width of each level, from the leaves to the root, and where its nodes begin. */
  readonly #levels: readonly { readonly width: number; readonly first: number }[];
  /** What each number is at least. */
  readonly #least: Uint8Array;
  /** Whether that is the number. */
  readonly #known: Uint8Array;

  /** Makes a tree of which nothing is known, of code-blocks across and down. */
  constructor(across: number, down: number) {
    const levels: { width: number; first: number }[] = [];
    let width = across;
    let height = down;
    let count = 0;
    while (true) {
      levels.push({ width, first: count });
      count += width * height;
      if (width * height <= 1) break;
      width = Math.ceil(width / 2);
      height = Math.ceil(height / 2);
    }
    this.#levels = levels;
    this.#least = new Uint8Array(count);
    this.#known = new Uint8Array(count);
  }

  /**
   * Reads whether the number of a code-block is below a threshold.
   *
   * @param threshold At most 255.
   */
  isBelow(threshold: number, x: number, y: number, bits: PacketBits): boolean {
    let least = 0;
    for (let level = this.#levels.length - 1; level >= 0; level--) {
      const { width, first } = this.#levels[level]!;
      const node = first + (y >> level) * width + (x >> level);
      least = Math.max(least, this.#least[node]!);
      while (least < threshold && this.#known[node] === 0) {
        if (bits.readBit() === 1) this.#known[node] = 1;
        else least++;
      }
      this.#least[node] = least;
      if (level === 0) return this.#known[node] === 1 && least < threshold;
    }
    return false;
  }
}
