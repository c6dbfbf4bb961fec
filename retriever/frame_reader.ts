import { splitFrames } from "../dicom/fragments.ts";
import { isNative, nativeFrameRange } from "../dicom/frame_layout.ts";
import { hasResolutions } from "../dicom/has_resolutions.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { joinFragments } from "../dicom/join_fragments.ts";
import { storedSyntax } from "../dicom/stored_syntax.ts";
import { DecodeError } from "../errors.ts";
import type { FrameBytes, ReadFrameOptions } from "./frame_bytes.ts";
import { FramePrefixes } from "./frame_prefixes.ts";
import { type ItemSpan, locateItems } from "./locate_items.ts";
import type { PixelSource } from "./pixel_source.ts";
import { readPixelRange } from "./read_pixel_range.ts";
import type { Store } from "./store.ts";
import { ValueStarts } from "./value_starts.ts";
import { WholeValues } from "./whole_values.ts";

export type { FrameBytes, ReadFrameOptions } from "./frame_bytes.ts";

/** Options of {@linkcode FrameReader}. */
export interface FrameReaderOptions {
  /** Most bytes of whole pixel data to keep for their other frames; 256 MiB by default. */
  readonly maxKeptBytes?: number | undefined;
}

/**
 * Fetches the stored bytes of single frames: by range where frames lie one
 * after another or an offset table tells where they are, else with one read of
 * an instance's whole pixel data, which serves its other frames too.
 *
 * An Extended Offset Table costs no request of its own, a basic offset table
 * one for the instance. Without either only a walk over all fragments could
 * tell a frame, with a request for each, so that the whole value is read.
 *
 * Of a frame in JPEG 2000 or HTJ2K that is going to be reduced only the first
 * bytes are read, up to the resolution that it takes, where they are proved to
 * suffice.
 *
 * @example
 * ```ts
 * import { type ImageDescription, imageDescriber } from "@dicom/series-preview/dicom";
 * import { FrameReader, MemoryStore } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * // Two frames of two bytes, 100 bytes into the object.
 * const store = new MemoryStore(new Map([["1.dcm", new Uint8Array(104).fill(7, 102)]]));
 * const description: ImageDescription = imageDescriber({
 *   TransferSyntaxUID: "1.2.840.10008.1.2.1",
 *   Rows: 1,
 *   Columns: 2,
 *   NumberOfFrames: 2,
 *   BitsAllocated: 8,
 * })(0);
 * const source = {
 *   url: store.url("1.dcm"),
 *   key: "1.dcm",
 *   fileSize: 104,
 *   pixelOffset: 100,
 *   pixelLength: 4,
 *   etag: null,
 * };
 * const { bytes } = await new FrameReader(store).read(source, description, 1);
 * assertEquals([...bytes], [7, 7]);
 * ```
 */
export class FrameReader {
  readonly #store: Store;
  readonly #starts: ValueStarts;
  readonly #prefixes: FramePrefixes;
  readonly #whole: WholeValues;

  /** Makes a reader over the store that holds the instances of a series. */
  constructor(store: Store, options: FrameReaderOptions = {}) {
    const maxKeptBytes = options.maxKeptBytes ?? 256 * 1024 * 1024;
    this.#store = store;
    this.#starts = new ValueStarts(store, maxKeptBytes);
    this.#prefixes = new FramePrefixes(store);
    this.#whole = new WholeValues(store, this.#starts, maxKeptBytes);
  }

  /**
   * Fetches a frame.
   *
   * @param frame The frame's number, counted from 0.
   * @throws {DecodeError} When the object ends before the frame does, or has no such frame.
   * @throws {ObjectChangedError} When the object is another than the one first seen.
   */
  async read(
    source: PixelSource,
    description: ImageDescription,
    frame: number,
    options: ReadFrameOptions = {},
  ): Promise<FrameBytes> {
    const { url, pixelOffset } = source;
    const { numberOfFrames } = description;
    if (!Number.isInteger(frame) || frame < 0 || frame >= numberOfFrames) {
      throw new DecodeError(`there is no frame ${frame} among ${numberOfFrames}`, { address: url });
    }
    try {
      if (pixelOffset === null) {
        return (await this.#whole.read(source, description, options))[frame]!;
      }
      const transferSyntaxUID = await this.#syntax(source, pixelOffset, description, options);
      const stored = { ...description, transferSyntaxUID };
      return isNative(stored)
        ? await this.#readNative(source, pixelOffset, stored, frame, options)
        : await this.#readEncapsulated(source, pixelOffset, description, stored, frame, options);
    } catch (error) {
      if (!(error instanceof DecodeError) || error.address !== null) throw error;
      throw new DecodeError(error.message, { address: url, cause: error });
    }
  }

  /** The transfer syntax of the pixel data; its first bytes are looked at only where its length is odd. */
  async #syntax(
    source: PixelSource,
    pixelOffset: number,
    description: ImageDescription,
    options: ReadFrameOptions,
  ): Promise<string> {
    const { pixelLength } = source;
    const { numberOfFrames, transferSyntaxUID } = description;
    const told = storedSyntax(description, pixelLength, null);
    if (told !== null) return told;
    if (isNative(description) && pixelLength !== null) {
      const { offset, length } = nativeFrameRange(description, numberOfFrames - 1, pixelLength);
      // Items would add to the frames.
      if (offset + length > pixelLength) return transferSyntaxUID;
    }
    const { bytes } = await this.#starts.read(source, pixelOffset, numberOfFrames, options);
    return storedSyntax(description, pixelLength, bytes);
  }

  async #readNative(
    source: PixelSource,
    pixelOffset: number,
    description: ImageDescription,
    frame: number,
    options: ReadFrameOptions,
  ): Promise<FrameBytes> {
    const { pixelLength } = source;
    const { transferSyntaxUID } = description;
    const { offset, length, bitOffset } = nativeFrameRange(description, frame, pixelLength);
    if (pixelLength !== null && offset + length > pixelLength) {
      throw new DecodeError(
        `frame ${frame} ends at byte ${offset + length} of pixel data that has ${pixelLength}`,
      );
    }
    const start = pixelOffset + offset;
    const { bytes } = await readPixelRange(this.#store, source, start, length, options);
    return { bytes, bitOffset, transferSyntaxUID };
  }

  /**
   * Reads an encapsulated frame by itself where its place is known, else with all others.
   *
   * @param described As the header says, whose places the index has.
   * @param stored With the transfer syntax that the pixel data is in.
   */
  async #readEncapsulated(
    source: PixelSource,
    pixelOffset: number,
    described: ImageDescription,
    stored: ImageDescription,
    frame: number,
    options: ReadFrameOptions,
  ): Promise<FrameBytes> {
    const { numberOfFrames, transferSyntaxUID } = stored;
    const level = hasResolutions(transferSyntaxUID) ? options.level ?? 0 : 0;
    const alone = numberOfFrames > 1 ? !this.#whole.has(source.url) : level > 0;
    if (alone) {
      // What the index has of a native syntax are places without items.
      const own = isNative(described) ? { ...source, frameOffsets: null } : source;
      const span = await locateItems(
        this.#starts,
        own,
        pixelOffset,
        numberOfFrames,
        frame,
        options,
      );
      const bytes = span && await this.#readItems(source, span, stored, level, options);
      if (bytes !== null) return { bytes, bitOffset: 0, transferSyntaxUID };
    }
    return (await this.#whole.read(source, stored, options))[frame]!;
  }

  /** Reads a frame by its items; null where they are none. */
  async #readItems(
    source: PixelSource,
    span: ItemSpan,
    description: ImageDescription,
    level: number,
    options: ReadFrameOptions,
  ): Promise<Uint8Array | null> {
    const { start, end, withTable } = span;
    let items: Uint8Array;
    if (level > 0) {
      const read = await this.#prefixes.read(source, span, description, level, options);
      if ("codestream" in read) return read.codestream;
      items = read.items;
    } else {
      items = (await readPixelRange(this.#store, source, start, end - start, options)).bytes;
    }
    if (withTable) return splitFrames(items, 1)[0]!;
    try {
      return joinFragments(items);
    } catch (error) {
      // The table is not true: the whole value may tell the frames apart without it.
      if (error instanceof DecodeError) return null;
      throw error;
    }
  }
}
