import { LimitError, ProtocolError } from "../errors.ts";

/** Most entries of one listing; no series has as many. */
const MAX_ENTRIES = 2_000_000;
/** Pages in a row that may bring nothing, as those do whose objects have all been deleted. */
const MAX_EMPTY_PAGES = 1000;

/**
 * Watches over a listing that comes in pages, so that one that goes in circles
 * or without end is given up, and nothing in it is taken twice.
 */
export class ListingProgress {
  readonly #address: string;
  readonly #tokens = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #maxEntries: number;
  #emptyPages = 0;

  /** Starts to watch the listing of an address. */
  constructor(address: string, maxEntries: number = MAX_ENTRIES) {
    this.#address = address;
    this.#maxEntries = maxEntries;
  }

  /**
   * Adds a page; answers what of it is new.
   *
   * @param nextToken Asks for the next page; null on the last one.
   * @throws {ProtocolError} The listing goes in circles.
   * @throws {LimitError} It has more entries than it may; 2,000,000 by default.
   */
  add<T>(entries: readonly T[], keyOf: (entry: T) => string, nextToken: string | null): T[] {
    const added = entries.filter((entry) => {
      const { size } = this.#keys;
      return this.#keys.add(keyOf(entry)).size > size;
    });
    if (this.#keys.size > this.#maxEntries) {
      const most = this.#maxEntries;
      throw new LimitError(
        `the listing of ${this.#address} has more than ${most} entries; give a folder below`,
        { address: this.#address },
      );
    }
    this.#emptyPages = added.length > 0 ? 0 : this.#emptyPages + 1;
    const repeats = entries.length > 0 && added.length === 0;
    const isKnown = nextToken !== null && this.#tokens.has(nextToken);
    if (nextToken !== null && (repeats || isKnown || this.#emptyPages > MAX_EMPTY_PAGES)) {
      throw new ProtocolError(
        `the listing of ${this.#address} goes in circles: its pages bring nothing new`,
        { address: this.#address },
      );
    }
    if (nextToken !== null) this.#tokens.add(nextToken);
    return added;
  }
}
