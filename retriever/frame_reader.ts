import { splitFrames } from "../dicom/fragments.ts";
import { isNative, nativeFrameRange } from "../dicom/frame_layout.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { transferSyntax } from "../dicom/transfer_syntax.ts";
import { DecodeError, ObjectChangedError } from "../errors.ts";
import type { Store } from "./store.ts";

/** Where an instance's pixel data is, as the index knows it. */
export interface PixelSource {
  /** The instance's absolute address. */
  readonly url: string;
  /** Its key in the store. */
  readonly key: string;
  /** Size of the object in bytes, when known. */
  readonly fileSize: number | null;
  /** Offset of the pixel data's value; null when the dataset is deflated. */
  readonly pixelOffset: number | null;
  /** Length of the value; to the end of the object when it is of undefined length. */
  readonly pixelLength: number | null;
  /** The ETag first seen, which the object must still have. */
  readonly etag: string | null;
}

/** The stored bytes of one frame. */
export interface FrameBytes {
  /** The bytes. */
  readonly bytes: Uint8Array;
  /** Bits to pass over in the first byte of a 1-bit frame. */
  readonly bitOffset: number;
}

/** Whole pixel data that is kept for an instance's other frames. */
interface KeptFrames {
  readonly frames: Promise<FrameBytes[]>;
  readonly size: number;
}

/** Options of {@linkcode FrameReader}. */
export interface FrameReaderOptions {
  /** Most bytes of whole pixel data to keep for their other frames; 256 MiB by default. */
  readonly maxKeptBytes?: number | undefined;
}

/**
 * Fetches the stored bytes of single frames: one range request a frame where
 * frames lie one after another, else one request for an instance's whole
 * pixel data, which serves its other frames too.
 */
export class FrameReader {
  readonly #store: Store;
  readonly #kept = new Map<string, KeptFrames>();
  readonly #maxKeptBytes: number;
  #keptBytes = 0;

  /** Makes a reader over the store that holds the instances. */
  constructor(store: Store, options: FrameReaderOptions = {}) {
    this.#store = store;
    this.#maxKeptBytes = options.maxKeptBytes ?? 256 * 1024 * 1024;
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
    options: { readonly signal?: AbortSignal | undefined } = {},
  ): Promise<FrameBytes> {
    const { url, pixelOffset, pixelLength } = source;
    if (pixelOffset !== null && isNative(description)) {
      const { offset, length, bitOffset } = nativeFrameRange(description, frame);
      if (pixelLength !== null && offset + length > pixelLength) {
        throw new DecodeError(
          `frame ${frame} ends at byte ${offset + length} of pixel data that has ${pixelLength}`,
          { address: url },
        );
      }
      return { bytes: await this.#range(source, pixelOffset + offset, length, options), bitOffset };
    }
    if (pixelOffset === null && !transferSyntax(description.transferSyntaxUID).deflated) {
      throw new DecodeError("the object ends before its pixel data", { address: url });
    }
    const frames = await this.#wholeFrames(source, description, options);
    const found = frames[frame];
    if (found === undefined) {
      throw new DecodeError(`there is no frame ${frame} among ${frames.length}`, { address: url });
    }
    return found;
  }

  /** Reads all frames of an instance once, however many of them are asked for. */
  #wholeFrames(
    source: PixelSource,
    description: ImageDescription,
    options: { readonly signal?: AbortSignal | undefined },
  ): Promise<FrameBytes[]> {
    const { url, pixelLength, fileSize } = source;
    const kept = this.#kept.get(url);
    if (kept !== undefined) return kept.frames;
    const frames = this.#readWhole(source, description, options);
    if (description.numberOfFrames > 1) {
      this.#keep(url, { frames, size: pixelLength ?? fileSize ?? 0 });
      // What failed, or was given up, is read anew when it is asked for again.
      frames.catch(() => {
        if (this.#kept.get(url)?.frames === frames) this.#drop(url);
      });
    }
    return frames;
  }

  #keep(url: string, kept: KeptFrames): void {
    this.#kept.set(url, kept);
    this.#keptBytes += kept.size;
    for (const oldest of this.#kept.keys()) {
      if (this.#keptBytes <= this.#maxKeptBytes || oldest === url) break;
      this.#drop(oldest);
    }
  }

  #drop(url: string): void {
    this.#keptBytes -= this.#kept.get(url)?.size ?? 0;
    this.#kept.delete(url);
  }

  async #readWhole(
    source: PixelSource,
    description: ImageDescription,
    options: { readonly signal?: AbortSignal | undefined },
  ): Promise<FrameBytes[]> {
    const { url, key, pixelOffset, etag } = source;
    if (pixelOffset === null) {
      const { bytes } = await this.#store.get(key, { ...options, etag });
      const { readDeflatedPixelData } = await import("../dicom/inflate_dataset.ts");
      const value = readDeflatedPixelData(bytes, { address: url });
      return Array.from({ length: description.numberOfFrames }, (_, frame) => {
        const { offset, length, bitOffset } = nativeFrameRange(description, frame);
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

  async #wholeValue(
    source: PixelSource,
    pixelOffset: number,
    options: { readonly signal?: AbortSignal | undefined },
  ): Promise<Uint8Array> {
    const { key, pixelLength, fileSize, etag } = source;
    const length = pixelLength ?? (fileSize === null ? null : fileSize - pixelOffset);
    if (length !== null) return await this.#range(source, pixelOffset, length, options);
    // No reply has told where the object ends.
    const { bytes } = await this.#store.get(key, { ...options, etag });
    return bytes.subarray(pixelOffset);
  }

  async #range(
    { url, key, fileSize, etag }: PixelSource,
    offset: number,
    length: number,
    options: { readonly signal?: AbortSignal | undefined },
  ): Promise<Uint8Array> {
    if (fileSize !== null && offset + length > fileSize) throw cut(url, offset + length, fileSize);
    const reply = await this.#store.getRange(key, { offset, length }, { ...options, etag });
    const { totalSize } = reply;
    if (fileSize !== null && totalSize !== null && totalSize !== fileSize) {
      throw new ObjectChangedError(
        `the object has ${totalSize} bytes, not the ${fileSize} it had when its header was read`,
        { address: url },
      );
    }
    if (reply.bytes.length < length) {
      throw cut(url, offset + length, totalSize ?? offset + reply.bytes.length);
    }
    return reply.bytes;
  }
}

function cut(url: string, needed: number, size: number): DecodeError {
  return new DecodeError(
    `the object is cut: its pixel data takes ${needed} bytes, the object has ${size}`,
    { address: url },
  );
}
