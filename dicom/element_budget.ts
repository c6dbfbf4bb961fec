import { LimitError } from "../errors.ts";
import { defaultDecodeLimits } from "./decode_limits.ts";
import type { HeaderLimits } from "./header_limits.ts";

/** Characters of an integer string (IS, PS3.5 section 6.2). */
const maxIntegerLength = 12;

/** Counts the elements and items of a header, of which a frame that it declares makes room for some more. */
export class ElementBudget {
  readonly #limits: HeaderLimits;
  readonly #address: string | undefined;
  #most: number;
  #count = 0;

  /** Makes room for what the limits allow a header without frames. */
  constructor(limits: HeaderLimits, address: string | undefined) {
    this.#limits = limits;
    this.#address = address;
    this.#most = limits.maxElements;
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
    const frames = Math.min(Math.max(0, declared), defaultDecodeLimits.maxFrames);
    const { maxElements, maxElementsPerFrame } = this.#limits;
    this.#most = maxElements + frames * maxElementsPerFrame;
  }
}
