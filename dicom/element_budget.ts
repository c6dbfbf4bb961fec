import { LimitError } from "../errors.ts";
import type { HeaderLimits } from "./header_limits.ts";

/** Characters of an integer string (IS, PS3.5 section 6.2). */
const maxIntegerLength = 12;

/**
 * Frames that make room for more. That many are declared costs a header nothing, and elements without
 * values take 8 bytes: for a million and a half of them an index takes more than a second and 300 MB.
 */
const mostFrames = 2 ** 12;

/** Counts the elements and items of a header, of which a frame that it declares makes room for some more. */
export class ElementBudget {
  readonly #limits: HeaderLimits;
  readonly #address: string | undefined;
  #most: number;
  #count = 0;
  #attributes = 0;

  /** Makes room for what the limits allow a header without frames. */
  constructor(limits: HeaderLimits, address: string | undefined) {
    this.#limits = limits;
    this.#address = address;
    this.#most = limits.maxElements;
  }

  /** Counts an element that is in no sequence, besides counting it among all. */
  countAttribute(): void {
    const { maxAttributes } = this.#limits;
    if (++this.#attributes > maxAttributes) {
      throw new LimitError(`the dataset has more than ${maxAttributes} attributes`, {
        address: this.#address,
      });
    }
    this.count();
  }

  /** Counts an element or item. */
  count(): void {
    if (++this.#count > this.#most) {
      throw new LimitError(`the header has more than ${this.#most} elements`, {
        address: this.#address,
      });
    }
  }

  /** Makes room for the frames that a value of Number of Frames declares. */
  allowFrames(value: Uint8Array): void {
    if (value.length > maxIntegerLength) return;
    const declared = parseInt(String.fromCharCode(...value)) || 0;
    const frames = Math.min(Math.max(0, declared), mostFrames);
    const { maxElements, maxElementsPerFrame } = this.#limits;
    this.#most = maxElements + frames * maxElementsPerFrame;
  }
}
