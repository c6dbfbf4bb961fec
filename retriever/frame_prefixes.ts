import type { ImageDescription } from "../dicom/image_description.ts";
import { joinBytes } from "../dicom/join_bytes.ts";
import { findFragment } from "./find_fragment.ts";
import type { ReadFrameOptions } from "./frame_bytes.ts";
import type { ItemSpan } from "./locate_items.ts";
import type { PixelSource } from "./pixel_source.ts";
import { type LearnedPrefix, planPrefixLength } from "./plan_prefix_length.ts";
import { readPixelRange } from "./read_pixel_range.ts";
import type { Store } from "./store.ts";

/** What came of reading a frame for a level. */
export type FramePrefix =
  | {
    /** A codestream that decodes to the same at the level as the whole frame's does. */
    readonly codestream: Uint8Array;
  }
  | {
    /** All of the frame's items, since no part of them was proved to do. */
    readonly items: Uint8Array;
  };

/** Requests for a prefix before the rest is asked for: the planned one, and one for what it lacked. */
const mostRequests = 2;
/** How much of what was read is asked for beyond what is known to be missing. */
const growth = 0.5;
const slack = 1024;

/** Reads of frames no more than a level takes, and learns from each how much that is. */
export class FramePrefixes {
  readonly #store: Store;
  readonly #learned = new Map<number, LearnedPrefix>();

  /** Makes a reader of frames of one series. */
  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * Reads the items of a frame from the first on, until they are proved to hold what a level takes.
   * No byte is read twice.
   *
   * @param span Where the frame's items are.
   * @param level How often the frame is going to be halved, at least once.
   * @throws {DecodeError} When the object ends before the items do.
   * @throws {ObjectChangedError} When the object is another than the one first seen.
   */
  async read(
    source: PixelSource,
    span: ItemSpan,
    { rows, columns, samplesPerPixel }: ImageDescription,
    level: number,
    options: ReadFrameOptions,
  ): Promise<FramePrefix> {
    const { planJpeg2000Prefix } = await import("../dicom/codecs/plan_jpeg2000_prefix.ts");
    const length = span.end - span.start;
    const learned = this.#learned.get(level) ?? { share: null, refused: false };
    this.#learned.set(level, learned);
    const samples = rows * columns * samplesPerPixel;
    let wanted = planPrefixLength({ length, samples, level }, learned);
    let seen = source;
    let items: Uint8Array = new Uint8Array(0);
    for (let requests = 1; wanted > items.length; requests++) {
      const offset = span.start + items.length;
      const reply = await readPixelRange(this.#store, seen, offset, wanted - items.length, options);
      const { fileSize, etag } = seen;
      // Where the index knows neither, the ranges must at least be of the same object.
      seen = { ...seen, fileSize: fileSize ?? reply.totalSize, etag: etag ?? reply.etag };
      items = joinBytes([items, reply.bytes]);
      const found = findFragment(items, span);
      const before = found.kind === "found" ? found.start : 0;
      const plan = found.kind === "found"
        ? planJpeg2000Prefix(items.subarray(before, before + found.length), level, found.length)
        : found;
      if (plan.kind === "prefix") {
        learned.share = Math.max(learned.share ?? 0, (before + plan.end) / length);
        return { codestream: plan.codestream };
      }
      if (plan.kind === "whole") learned.refused = true;
      wanted = plan.kind === "whole" || requests >= mostRequests
        ? length
        : Math.min(planNext(items.length, before + plan.bytesNeeded, plan.enough), length);
    }
    return { items };
  }
}

/** How many bytes to have read after the next request, where so many are needed at least. */
function planNext(read: number, bytesNeeded: number, enough: boolean): number {
  return enough ? bytesNeeded : Math.max(bytesNeeded + slack, Math.ceil(read * (1 + growth)));
}
