import { usualLength } from "./usual_length.ts";

/** What reading a header has shown of its length. */
export interface SeenHeader {
  /** Bytes from the object's start to its first pixel, or to its end where it has no pixels. */
  readonly length: number;
  /** Size of the object in bytes; null when no reply told it. */
  readonly size: number | null;
  /** What ends the header: pixels of a length that it tells, others, or the end of the object. */
  readonly ending: "native" | "other" | "none";
}

/** The objects of a series that have pixels, or those that have none. */
class Kind {
  seen = 0;
  /** The latest lengths, the oldest of which is overwritten next. */
  readonly lengths: number[] = [];
  /** Bytes behind the header, and how many objects had as many; null when they tell nothing. */
  tails: Map<number, number> | null = new Map();
  usual: number | null = null;
}

/** How many of the latest headers decide on what is usual. */
const windowLength = 64;
/** Longest header of an instance without pixels that all others are expected to be like at once. */
const longestUnconfirmed = 5120;
/** By a single header without pixels no other is expected to be longer than this. */
const longestFromOne = 2 ** 20;
/** No header is expected to be longer than this by those of instances without pixels. */
const longestImageless = 16 * 2 ** 20;
/** Different lengths behind the header that objects of one series may have for their sizes to tell. */
const mostTails = 4;
/** A length that is told by the size of an object is believed where it is this much longer at most. */
const farthest = { times: 2, more: 64 * 1024 };
/** The same of an object that has no pixels. */
const farthestImageless = { times: 16, more: longestFromOne };
/** What a size tells is asked for with this part more until a second object has proved it. */
const unprovedMargin = 32;

/**
 * Learns how long the headers of a series are, to tell how long the next one
 * will be. It reads nothing.
 *
 * Images whose pixels are not compressed have as many bytes behind their
 * headers as one another: the size that a listing tells of an object then gives
 * the length of its header, odd ones included. Otherwise the next header is
 * expected to be about as long as the latest ones, of which one that is much
 * longer does not count.
 *
 * An object without pixels is header to its end. A long one, as a structure
 * set, says little of what else is in its folder until a second one is like it,
 * and nothing of images.
 *
 * @example
 * ```ts
 * import { HeaderSizes } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const sizes = new HeaderSizes();
 * assertEquals(sizes.expect(), null);
 * sizes.add({ length: 4000, size: 528_288, ending: "native" });
 * assertEquals(sizes.expect(), 4400);
 *
 * sizes.add({ length: 4100, size: 528_388, ending: "native" });
 * assertEquals(sizes.expect(529_000), 4712);
 * ```
 */
export class HeaderSizes {
  readonly #images = new Kind();
  readonly #imageless = new Kind();
  #listingIsWrong = false;

  /** Whether enough was seen for all other headers to be read at once. */
  get settled(): boolean {
    const { seen, lengths } = this.#imageless;
    return this.#images.seen > 0 || seen > 1 || (seen === 1 && lengths[0]! <= longestUnconfirmed);
  }

  /**
   * Learns from a header that was read.
   *
   * @param listedSize The size of its object in bytes as a listing tells it, where one does.
   */
  add(header: SeenHeader, listedSize: number | null = null): void {
    const { length, size, ending } = header;
    const kind = ending === "none" ? this.#imageless : this.#images;
    kind.lengths[kind.seen++ % windowLength] = length;
    kind.usual = null;
    if (size === null) return;
    if (listedSize !== null && listedSize !== size) this.#listingIsWrong = true;
    if (ending === "other") kind.tails = null;
    if (kind.tails === null) return;
    const tail = size - length;
    kind.tails.set(tail, (kind.tails.get(tail) ?? 0) + 1);
    if (kind.tails.size > mostTails) kind.tails = null;
  }

  /**
   * How many bytes the next header is expected to take; null while nothing is known that its
   * first request should go by.
   *
   * @param listedSize The size of its object in bytes as a listing tells it, where one does.
   * @param fetched Bytes of it that were fetched already and were too few.
   */
  expect(listedSize: number | null = null, fetched = 0): number | null {
    const hasImages = this.#images.seen >= this.#imageless.seen;
    const kind = hasImages ? this.#images : this.#imageless;
    if (kind.seen === 0 || (!this.settled && fetched === 0)) return null;
    const most = hasImages ? Infinity : kind.seen > 1 ? longestImageless : longestFromOne;
    const told = this.#listingIsWrong || listedSize === null
      ? null
      : toldLength(kind, listedSize, most, hasImages);
    return told ?? Math.min(kind.usual ??= usualLength(kind.lengths), most);
  }
}

/** What an object's size tells of its header's length; null where that is nothing to go by. */
function toldLength(
  { lengths, tails }: Kind,
  listedSize: number,
  most: number,
  hasImages: boolean,
): number | null {
  if (tails === null) return null;
  const { times, more } = hasImages ? farthest : farthestImageless;
  const longest = Math.max(...lengths);
  const least = hasImages ? Math.min(...lengths) / 2 : 1;
  let told: number | null = null;
  for (const [tail, objects] of tails) {
    const length = listedSize - tail;
    if (length < least || length > Math.min(most, Math.max(times * longest, longest + more))) {
      continue;
    }
    const asked = objects > 1 ? length : length + Math.ceil(length / unprovedMargin);
    told = Math.max(told ?? 0, asked);
  }
  return told;
}
