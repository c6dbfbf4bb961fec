import { splitFrames } from "../dicom/fragments.ts";
import { nativeFrameRange } from "../dicom/frame_layout.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { inflatedLimit } from "../dicom/inflated_limit.ts";
import { joinBytes } from "../dicom/join_bytes.ts";
import { transferSyntax } from "../dicom/transfer_syntax.ts";
import { DecodeError } from "../errors.ts";
import type { FrameBytes, ReadFrameOptions } from "./frame_bytes.ts";
import { KeptReads } from "./kept_reads.ts";
import type { PixelSource } from "./pixel_source.ts";
import { readPixelRange } from "./read_pixel_range.ts";
import type { Store } from "./store.ts";
import { valueLengthOf } from "./value_length_of.ts";
import type { ValueStarts } from "./value_starts.ts";

/** Reads the frames of an instance together, and keeps those of instances that have several. */
export class WholeValues {
  readonly #store: Store;
  readonly #starts: ValueStarts;
  readonly #kept: KeptReads<FrameBytes[]>;

  /**
   * Makes a reader that keeps as many bytes.
   *
   * @param starts The first bytes of values, which are not read again where they are there.
   */
  constructor(store: Store, starts: ValueStarts, maxKeptBytes: number) {
    this.#store = store;
    this.#starts = starts;
    this.#kept = new KeptReads(maxKeptBytes);
  }

  /** Whether an instance's frames are there, or on their way. */
  has(url: string): boolean {
    return this.#kept.get(url) !== undefined;
  }

  /**
   * Reads all frames of an instance once, however many of them are asked for.
   *
   * @param description With the transfer syntax that the pixel data is in.
   * @throws {DecodeError} When the object ends before the value does, or its frames cannot be told apart.
   */
  read(
    source: PixelSource,
    description: ImageDescription,
    options: ReadFrameOptions,
  ): Promise<FrameBytes[]> {
    const { url, pixelLength, fileSize } = source;
    const kept = this.#kept.get(url);
    if (kept !== undefined) return kept;
    const frames = source.pixelOffset === null
      ? this.#readDeflated(source, description, options)
      : this.#readEncapsulated(source, source.pixelOffset, description, options);
    if (description.numberOfFrames === 1) return frames;
    return this.#kept.keep(url, pixelLength ?? fileSize ?? 0, frames);
  }

  async #readDeflated(
    { url, key, etag }: PixelSource,
    description: ImageDescription,
    options: ReadFrameOptions,
  ): Promise<FrameBytes[]> {
    const { numberOfFrames, transferSyntaxUID } = description;
    if (!transferSyntax(transferSyntaxUID).deflated) {
      throw new DecodeError("the object ends before its pixel data", { address: url });
    }
    const { bytes } = await this.#store.get(key, { signal: options.signal, etag });
    const { readDeflatedPixelData } = await import("../dicom/inflate_dataset.ts");
    const value = readDeflatedPixelData(bytes, {
      address: url,
      maxInflatedBytes: inflatedLimit(description),
    });
    return Array.from({ length: numberOfFrames }, (_, frame) => {
      const { offset, length, bitOffset } = nativeFrameRange(description, frame, value.length);
      return { bytes: value.subarray(offset, offset + length), bitOffset, transferSyntaxUID };
    });
  }

  async #readEncapsulated(
    source: PixelSource,
    pixelOffset: number,
    { numberOfFrames, transferSyntaxUID }: ImageDescription,
    options: ReadFrameOptions,
  ): Promise<FrameBytes[]> {
    const value = await this.#readValue(source, pixelOffset, options);
    return splitFrames(value, numberOfFrames)
      .map((bytes) => ({ bytes, bitOffset: 0, transferSyntaxUID }));
  }

  /** Reads the value of encapsulated pixel data, but for the first bytes where they are there. */
  async #readValue(
    source: PixelSource,
    pixelOffset: number,
    options: ReadFrameOptions,
  ): Promise<Uint8Array> {
    const { url, key, etag } = source;
    const length = valueLengthOf(source, pixelOffset);
    if (length === null) {
      // No reply has told where the object ends.
      const { bytes } = await this.#store.get(key, { signal: options.signal, etag });
      return bytes.subarray(pixelOffset);
    }
    const start = (await this.#starts.get(url))?.bytes ?? new Uint8Array(0);
    if (start.length === length) return start;
    const offset = pixelOffset + start.length;
    const rest = await readPixelRange(this.#store, source, offset, length - start.length, options);
    return start.length === 0 ? rest.bytes : joinBytes([start, rest.bytes]);
  }
}
