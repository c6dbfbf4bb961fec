import type { Contrast } from "../contrast/contrast.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { abortable } from "../runtime/abortable.ts";
import type { DecodedSlice } from "./slice_reader.ts";

/** How a slice is read. */
export interface ReadSliceOptions extends AbortOptions {
  /** What its pictures are to fit into, in pixels; at full resolution by default. */
  readonly size?: ImageSize | undefined;
  /** What it is drawn by, which tells whether less than full resolution serves. */
  readonly contrasts?: readonly Contrast[] | undefined;
}

/** A slice that is read and decoded when it is first asked for, and kept. */
export class HeldSlice {
  readonly #read: (options: ReadSliceOptions) => Promise<DecodedSlice>;
  #held: { readonly size: ImageSize | undefined; readonly slice: Promise<DecodedSlice> } | null;

  /**
   * @param read Reads and decodes it.
   * @param whole The slice at full resolution, where it has been read.
   */
  constructor(
    read: (options: ReadSliceOptions) => Promise<DecodedSlice>,
    whole: DecodedSlice | null,
  ) {
    this.#read = read;
    this.#held = whole && { size: undefined, slice: Promise.resolve(whole) };
  }

  /** Answers the slice at no less than the resolution that is asked for; reads it where it must. */
  async get(options: ReadSliceOptions): Promise<DecodedSlice> {
    const { size, signal } = options;
    signal?.throwIfAborted();
    const held = this.#held;
    if (held !== null && suffices(held.size, size)) {
      const slice = await abortable(held.slice.catch(() => null), signal);
      if (slice !== null) return slice;
      // What failed, or was given up, for another call is read anew for this one.
    }
    const slice = this.#read(options);
    const reading = this.#held = { size, slice };
    try {
      const decoded = await slice;
      if (isWhole(decoded) && this.#held === reading) this.#held = { size: undefined, slice };
      return decoded;
    } catch (error) {
      if (this.#held === reading) this.#held = null;
      throw error;
    }
  }
}

/** Whether a slice that was read for pictures of one size is good for those of another. */
function suffices(held: ImageSize | undefined, asked: ImageSize | undefined): boolean {
  if (held === undefined) return true;
  return asked !== undefined && held.width >= asked.width && held.height >= asked.height;
}

/** Whether a slice was read at full resolution, though less might have been asked for. */
function isWhole({ frame, description }: DecodedSlice): boolean {
  return frame.rows === description.rows && frame.columns === description.columns;
}
