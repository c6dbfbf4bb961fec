import { splitFrames } from "../dicom/fragments.ts";
import { isNative, nativeFrameRange } from "../dicom/frame_layout.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { DecodeError } from "../errors.ts";
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

/**
 * Fetches the stored bytes of single frames: one range request a frame where
 * frames lie one after another, else one request for an instance's whole
 * pixel data, which serves its other frames too.
 */
export class FrameReader {
  readonly #store: Store;
  readonly #whole = new Map<string, Promise<FrameBytes[]>>();

  /** Makes a reader over the store that holds the instances. */
  constructor(store: Store) {
    this.#store = store;
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
    let frames = this.#whole.get(source.url);
    if (frames === undefined) {
      frames = this.#readWhole(source, description, options);
      if (description.numberOfFrames > 1) this.#whole.set(source.url, frames);
    }
    return frames;
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
    const length = source.pixelLength ?? (source.fileSize ?? Infinity) - pixelOffset;
    const value = await this.#range(source, pixelOffset, length, options);
    try {
      const frames = splitFrames(value, description.numberOfFrames);
      return frames.map((bytes) => ({ bytes, bitOffset: 0 }));
    } catch (error) {
      throw new DecodeError((error as Error).message, { address: url, cause: error });
    }
  }

  async #range(
    { url, key, fileSize, etag }: PixelSource,
    offset: number,
    length: number,
    options: { readonly signal?: AbortSignal | undefined },
  ): Promise<Uint8Array> {
    if (fileSize !== null && offset + length > fileSize) throw cut(url, offset + length, fileSize);
    const reply = await this.#store.getRange(key, { offset, length }, { ...options, etag });
    if (reply.bytes.length < length) {
      throw cut(url, offset + length, reply.totalSize ?? offset + reply.bytes.length);
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
