import { splitFrames } from "../dicom/fragments.ts";
import { hasNativeLength, isNative, nativeFrameRange } from "../dicom/frame_layout.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { transferSyntax } from "../dicom/transfer_syntax.ts";
import { joinBytes } from "../dicom/join_bytes.ts";
import { joinFragments } from "../dicom/join_fragments.ts";
import { readBasicOffsetTable } from "../dicom/read_basic_offset_table.ts";
import { DecodeError } from "../errors.ts";
import { KeptReads } from "./kept_reads.ts";
import type { PixelSource } from "./pixel_source.ts";
import { readPixelRange } from "./read_pixel_range.ts";
import type { Store } from "./store.ts";

/** The stored bytes of one frame. */
export interface FrameBytes {
  /** The bytes. */
  readonly bytes: Uint8Array;
  /** Bits to pass over in the first byte of a 1-bit frame. */
  readonly bitOffset: number;
}

/** Options of {@linkcode FrameReader}. */
export interface FrameReaderOptions {
  /** Most bytes of whole pixel data to keep for their other frames; 256 MiB by default. */
  readonly maxKeptBytes?: number | undefined;
}

/** Options of {@linkcode FrameReader.read}. */
export interface ReadFrameOptions {
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/** The first bytes of encapsulated pixel data. */
interface ValueStart {
  readonly bytes: Uint8Array;
  /** Where each frame's first item is, from the value's first byte; null without a usable table. */
  readonly frameStarts: readonly number[] | null;
}

/** Bytes of an item's tag and length. */
const itemHead = 8;
/** An item's tag, (FFFE,E000), as little endian bytes. */
const itemTag: readonly number[] = [0xfe, 0xff, 0x00, 0xe0];

/**
 * Fetches the stored bytes of single frames: by range where frames lie one
 * after another or an offset table tells where they are, else with one read of
 * an instance's whole pixel data, which serves its other frames too.
 *
 * An Extended Offset Table costs no request of its own, a basic offset table
 * one for the instance. Without either only a walk over all fragments could
 * tell a frame, with a request for each, so that the whole value is read.
 */
export class FrameReader {
  readonly #store: Store;
  readonly #frames: KeptReads<FrameBytes[]>;
  readonly #starts: KeptReads<ValueStart>;

  /** Makes a reader over the store that holds the instances. */
  constructor(store: Store, options: FrameReaderOptions = {}) {
    const maxKeptBytes = options.maxKeptBytes ?? 256 * 1024 * 1024;
    this.#store = store;
    this.#frames = new KeptReads(maxKeptBytes);
    this.#starts = new KeptReads(maxKeptBytes);
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
    if (
      pixelOffset !== null && isNative(description) &&
      !await this.#startsWithItem(source, pixelOffset, description, frame, options)
    ) {
      return await this.#readNative(source, pixelOffset, description, frame, options);
    }
    if (pixelOffset !== null && numberOfFrames > 1 && this.#frames.get(url) === undefined) {
      // What the index has of a native syntax are places without items.
      const own = isNative(description) ? { ...source, frameOffsets: null } : source;
      const bytes = await this.#readAlone(own, pixelOffset, numberOfFrames, frame, options);
      if (bytes !== null) return { bytes, bitOffset: 0 };
    }
    return (await this.#wholeFrames(source, description, options))[frame]!;
  }

  /**
   * Whether pixel data of a native syntax is in fragments all the same, which
   * some writers get wrong: it is then not as long as its frames, and only then
   * its first bytes are looked at.
   */
  async #startsWithItem(
    source: PixelSource,
    pixelOffset: number,
    description: ImageDescription,
    frame: number,
    options: ReadFrameOptions,
  ): Promise<boolean> {
    const { pixelLength } = source;
    if (pixelLength !== null) {
      if (hasNativeLength(description, pixelLength)) return false;
      // Items would add to the frames.
      const { offset, length } = nativeFrameRange(description, frame, pixelLength);
      if (offset + length > pixelLength) return false;
    }
    const { numberOfFrames } = description;
    const valueLength = valueLengthOf(source, pixelOffset) ?? itemHead;
    const start = this.#valueStart(source, pixelOffset, numberOfFrames, valueLength, options);
    const { bytes } = await start;
    return itemTag.every((byte, i) => bytes[i] === byte);
  }

  async #readNative(
    source: PixelSource,
    pixelOffset: number,
    description: ImageDescription,
    frame: number,
    options: ReadFrameOptions,
  ): Promise<FrameBytes> {
    const { url, pixelLength } = source;
    const { offset, length, bitOffset } = nativeFrameRange(description, frame, pixelLength);
    if (pixelLength !== null && offset + length > pixelLength) {
      throw new DecodeError(
        `frame ${frame} ends at byte ${offset + length} of pixel data that has ${pixelLength}`,
        { address: url },
      );
    }
    const start = pixelOffset + offset;
    const bytes = await readPixelRange(this.#store, source, start, length, options);
    return { bytes, bitOffset };
  }

  /** Reads the items of one encapsulated frame, where a table tells them; null where none does. */
  async #readAlone(
    source: PixelSource,
    pixelOffset: number,
    numberOfFrames: number,
    frame: number,
    options: ReadFrameOptions,
  ): Promise<Uint8Array | null> {
    const valueLength = valueLengthOf(source, pixelOffset);
    if (valueLength === null) return null;
    const { frameOffsets, frameLengths } = source;
    if (frameOffsets?.length === numberOfFrames && frameLengths?.length === numberOfFrames) {
      const start = frameOffsets[frame]! - itemHead;
      const length = frameLengths[frame]!;
      // A fragment is of even length; whether the table counts its pad byte is left open.
      const end = start + itemHead + length + length % 2;
      if (start < pixelOffset + itemHead || end > pixelOffset + valueLength) return null;
      return await this.#readItems(source, start, end, options);
    }
    const { frameStarts } = await this.#valueStart(
      source,
      pixelOffset,
      numberOfFrames,
      valueLength,
      options,
    );
    if (frameStarts === null) return null;
    const end = frameStarts[frame + 1] ?? valueLength;
    return await this.#readItems(
      source,
      pixelOffset + frameStarts[frame]!,
      pixelOffset + end,
      options,
    );
  }

  async #readItems(
    source: PixelSource,
    start: number,
    end: number,
    options: ReadFrameOptions,
  ): Promise<Uint8Array | null> {
    const items = await readPixelRange(this.#store, source, start, end - start, options);
    try {
      return joinFragments(items);
    } catch (error) {
      // The table is not true: the whole value may tell the frames apart without it.
      if (error instanceof DecodeError) return null;
      throw error;
    }
  }

  /** Reads as many first bytes of the value as a basic offset table has, once for an instance. */
  #valueStart(
    source: PixelSource,
    pixelOffset: number,
    numberOfFrames: number,
    valueLength: number,
    options: ReadFrameOptions,
  ): Promise<ValueStart> {
    const length = Math.min(itemHead + 4 * numberOfFrames, valueLength);
    const read = async () => {
      const bytes = await readPixelRange(this.#store, source, pixelOffset, length, options);
      return { bytes, frameStarts: readBasicOffsetTable(bytes, numberOfFrames, valueLength) };
    };
    const { url } = source;
    // The bytes, and as many numbers again.
    return this.#starts.get(url) ?? this.#starts.keep(url, 3 * length, read());
  }

  /** Reads all frames of an instance once, however many of them are asked for. */
  #wholeFrames(
    source: PixelSource,
    description: ImageDescription,
    options: ReadFrameOptions,
  ): Promise<FrameBytes[]> {
    const { url, pixelLength, fileSize } = source;
    const kept = this.#frames.get(url);
    if (kept !== undefined) return kept;
    const frames = this.#readWhole(source, description, options);
    if (description.numberOfFrames === 1) return frames;
    return this.#frames.keep(url, pixelLength ?? fileSize ?? 0, frames);
  }

  async #readWhole(
    source: PixelSource,
    description: ImageDescription,
    options: ReadFrameOptions,
  ): Promise<FrameBytes[]> {
    const { url, key, pixelOffset, etag } = source;
    if (pixelOffset === null) {
      if (!transferSyntax(description.transferSyntaxUID).deflated) {
        throw new DecodeError("the object ends before its pixel data", { address: url });
      }
      const { bytes } = await this.#store.get(key, { ...options, etag });
      const { readDeflatedPixelData } = await import("../dicom/inflate_dataset.ts");
      const value = readDeflatedPixelData(bytes, { address: url });
      return Array.from({ length: description.numberOfFrames }, (_, frame) => {
        const { offset, length, bitOffset } = nativeFrameRange(description, frame, value.length);
        return { bytes: value.subarray(offset, offset + length), bitOffset };
      });
    }
    const value = await this.#wholeValue(source, pixelOffset, options);
    try {
      const frames = splitFrames(value, description.numberOfFrames);
      return frames.map((bytes) => ({ bytes, bitOffset: 0 }));
    } catch (error) {
      throw new DecodeError((error as Error).message, { address: url, cause: error });
    }
  }

  /** Reads the value of encapsulated pixel data, but for the first bytes where they are there. */
  async #wholeValue(
    source: PixelSource,
    pixelOffset: number,
    options: ReadFrameOptions,
  ): Promise<Uint8Array> {
    const { url, key, etag } = source;
    const length = valueLengthOf(source, pixelOffset);
    if (length === null) {
      // No reply has told where the object ends.
      const { bytes } = await this.#store.get(key, { ...options, etag });
      return bytes.subarray(pixelOffset);
    }
    const start = (await this.#starts.get(url))?.bytes ?? new Uint8Array(0);
    if (start.length === length) return start;
    const offset = pixelOffset + start.length;
    const rest = await readPixelRange(
      this.#store,
      source,
      offset,
      length - start.length,
      options,
    );
    return start.length === 0 ? rest : joinBytes([start, rest]);
  }
}

function valueLengthOf(
  { pixelLength, fileSize }: PixelSource,
  pixelOffset: number,
): number | null {
  return pixelLength ?? (fileSize === null ? null : fileSize - pixelOffset);
}
