import { readBasicOffsetTable } from "../dicom/read_basic_offset_table.ts";
import type { ReadFrameOptions } from "./frame_bytes.ts";
import { KeptReads } from "./kept_reads.ts";
import type { PixelSource } from "./pixel_source.ts";
import { readPixelRange } from "./read_pixel_range.ts";
import type { Store } from "./store.ts";
import { valueLengthOf } from "./value_length_of.ts";

/** The first bytes of pixel data. */
export interface ValueStart {
  /** As many as a basic offset table has, if there are. */
  readonly bytes: Uint8Array;
  /** Where each frame's first item is, from the value's first byte; null without a usable table. */
  readonly frameStarts: readonly number[] | null;
}

/** Bytes of an item's tag and length. */
const itemHead = 8;

/** Reads the first bytes of pixel data, where a basic offset table would be, once for an instance. */
export class ValueStarts {
  readonly #store: Store;
  readonly #kept: KeptReads<ValueStart>;

  /** Makes a reader that keeps as many bytes. */
  constructor(store: Store, maxKeptBytes: number) {
    this.#store = store;
    this.#kept = new KeptReads(maxKeptBytes);
  }

  /** The start of an instance's pixel data, if it has been asked for. */
  get(url: string): Promise<ValueStart> | undefined {
    return this.#kept.get(url);
  }

  /** Reads the start of an instance's pixel data. */
  read(
    source: PixelSource,
    pixelOffset: number,
    numberOfFrames: number,
    options: ReadFrameOptions,
  ): Promise<ValueStart> {
    const { url } = source;
    const valueLength = valueLengthOf(source, pixelOffset) ?? itemHead;
    const length = Math.min(itemHead + 4 * numberOfFrames, valueLength);
    const read = async () => {
      const { bytes } = await readPixelRange(this.#store, source, pixelOffset, length, options);
      return { bytes, frameStarts: readBasicOffsetTable(bytes, numberOfFrames, valueLength) };
    };
    // The bytes, and as many numbers again.
    return this.#kept.get(url) ?? this.#kept.keep(url, 3 * length, read());
  }
}
