/** What is known of a frame before any of it is read. */
export interface PrefixedFrame {
  /** Bytes that the frame's items take. */
  readonly length: number;
  /** Samples of the image, those of all colors. */
  readonly samples: number;
  /** How often its resolution is going to be halved, at least once. */
  readonly level: number;
}

/** What the frames of a series have taught so far, of one level. */
export interface LearnedPrefix {
  /** The largest part of a frame that its prefix was; null before the first. */
  share: number | null;
  /** Whether a frame was met of which no prefix could be proved. */
  refused: boolean;
}

/** Bytes for the codestream's header and the items' heads. */
const overhead = 1024;
/** How many bits more a sample takes than one of the whole frame: for each level, and in any case. */
const bitsOfLevel = 2;
const moreBits = 0.5;
/** A frame that is no longer is not worth a request in pieces. */
const shortest = 8 * 1024;
/** A prefix that is a larger part of its frame is not worth the risk of a second request. */
const mostShare = 0.75;
/** A prefix may be longer than the longest one seen by this part of it. */
const margin = 10;

/**
 * Plans how many bytes of a frame to read first, when it is to be decoded at a
 * reduced resolution: pure.
 *
 * Each level has a quarter of the samples of the one before. They are not compressed as well: in
 * nearly all images each takes no more than two bits a level, and half a bit, beyond what one of the
 * whole frame does. That is asked for while nothing is learned; after that it is the largest part of
 * a frame seen in the series, and a tenth.
 *
 * @returns Bytes from the frame's first item on; all of them where a part is not worth it.
 *
 * @example A CT slice of 512² samples, compressed to 4 bits each, for a tile of 128²
 * ```ts
 * import { planPrefixLength } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const frame = { length: 131_072, samples: 512 * 512, level: 2 };
 * assertEquals(planPrefixLength(frame, { share: null, refused: false }), 18_432);
 * assertEquals(planPrefixLength(frame, { share: 0.1, refused: false }), 14_419);
 * ```
 */
export function planPrefixLength(
  { length, samples, level }: PrefixedFrame,
  { share, refused }: LearnedPrefix,
): number {
  if (length <= shortest || (share === null && refused)) return length;
  const planned = share === null
    ? overhead + Math.ceil((length + samples * (bitsOfLevel * level + moreBits) / 8) / 4 ** level)
    : Math.max(overhead, withMargin(Math.ceil(length * share)));
  return planned > length * mostShare ? length : planned;
}

function withMargin(bytes: number): number {
  return bytes + Math.ceil(bytes / margin);
}
