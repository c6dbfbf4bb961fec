import type { Contrast } from "../contrast/contrast.ts";
import { hidesPadding } from "../contrast/hides_padding.ts";
import { canReduce } from "../dicom/can_reduce.ts";
import type { DecodeLimits } from "../dicom/decode_limits.ts";
import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { DecodeError } from "../errors.ts";
import type { SeriesTable } from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import { chooseLevel } from "../mosaic/choose_level.ts";
import { displayAspect } from "../mosaic/display_aspect.ts";
import { fitInside } from "../mosaic/fit_inside.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import { FrameReader } from "../retriever/frame_reader.ts";
import type { Outcome } from "../retriever/outcome.ts";
import {
  defaultConcurrency,
  readInOrder,
  type ReadInOrderOptions,
} from "../retriever/read_in_order.ts";
import type { Store } from "../retriever/store.ts";
import { abortable } from "../runtime/abortable.ts";
import { type ImageRow, ImageRows } from "./image_rows.ts";
import { describeShown } from "./slide/describe_shown.ts";
import { ReadGate } from "./slide/read_gate.ts";
import { SlideReader } from "./slide/slide_reader.ts";
import { mapInOrder } from "./workers/map_in_order.ts";
import { Renderer } from "./workers/renderer.ts";
import { noThreads } from "./workers/start_threads.ts";

/** Which slice of a series it is. */
export interface Slice {
  /** Its number in display order, counted from 0. */
  readonly index: number;
  /** Its position from 0 to 1, `index ÷ (sliceCount − 1)`. */
  readonly position: number;
  /** SOP Instance UID of its instance. */
  readonly uid: string | null;
  /** Absolute address of its instance. */
  readonly url: string;
  /** Its stored frame number, counted from 0; null when all of the instance is one slice. */
  readonly frame: number | null;
}

/** A slice with its stored values and what is needed to show them. */
export interface DecodedSlice {
  /** Which slice it is. */
  readonly slice: Slice;
  /** Stored values, of a reduced resolution where no more was asked for. */
  readonly frame: Frame;
  /** The description of its image. */
  readonly description: ImageDescription;
}

/** Counts the bytes of what is decoded. */
export interface DecodeStats {
  /** Bytes of stored values. */
  bytesDecoded: number;
}

/** Options of {@linkcode SliceReader.read}. */
export interface ReadSlicesOptions extends ReadInOrderOptions {
  /**
   * What the pictures of the slices are to fit into, in pixels: slides, JPEG 2000 and HTJ2K are then
   * read at no more than the resolution this takes. At full resolution by default.
   */
  readonly size?: ImageSize | undefined;
  /**
   * What the slices are drawn by. One with padding is read at full resolution unless all of these
   * hide it, see {@linkcode hidesPadding}.
   */
  readonly contrasts?: readonly Contrast[] | undefined;
  /** What decodes them; by default they are all decoded here. */
  readonly renderer?: Renderer | undefined;
}

/** A slice that is fetched: decodes it when it is called. */
type FetchedSlice = () => Promise<{
  readonly frame: Frame;
  readonly description: ImageDescription;
  readonly bytesDecoded: number;
}>;

/** What fetching a slice takes beside its options. */
interface FetchTools {
  readonly gate: ReadGate;
  readonly renderer: Renderer;
}

/** Finds slices in an index, fetches their frames and decodes them. */
export class SliceReader {
  readonly #table: SeriesTable;
  readonly #rows: ImageRows;
  readonly #frames: FrameReader;
  readonly #slides: SlideReader;
  readonly #stats: DecodeStats;
  readonly #limits: Partial<DecodeLimits>;

  /** Makes a reader of the table's slices over the store that holds their instances. */
  constructor(
    table: SeriesTable,
    store: Store,
    stats: DecodeStats = { bytesDecoded: 0 },
    limits: Partial<DecodeLimits> = {},
  ) {
    this.#table = table;
    this.#rows = new ImageRows(table, store, limits);
    this.#frames = new FrameReader(store);
    this.#slides = new SlideReader(table, this.#rows, this.#frames, limits);
    this.#stats = stats;
    this.#limits = limits;
  }

  /** Tells which slice a number in display order stands for. */
  slice(index: number): Slice {
    const { row, frame } = this.#table.slice(index);
    const last = this.#table.sliceCount - 1;
    return {
      index,
      position: last === 0 ? 0 : index / last,
      uid: this.#table.value(row, "SOPInstanceUID") as string | null,
      url: String(this.#table.value(row, SERIES_COLUMNS.dataUrl)),
      frame,
    };
  }

  /**
   * Tells a slice from all others, and from what was in its place before; null where that would take
   * more than its row, as with slides, which are read from other instances of their pyramid, too.
   */
  identify(index: number): string | null {
    const { row, frame } = this.#table.slice(index);
    const { matrix, source: { url, fileSize, etag } } = this.#rows.read(row);
    return matrix === null ? JSON.stringify([url, frame, fileSize, etag]) : null;
  }

  /**
   * Describes a slice's image from the index, without reading anything.
   *
   * @throws {DecodeError} When its attributes contradict each other.
   */
  describe(index: number): ImageDescription {
    const { row, frame } = this.#table.slice(index);
    const { matrix, describe } = this.#rows.read(row);
    const description = describe(frame ?? 0);
    return matrix === null
      ? description
      : { ...describeShown(description), ...matrix, numberOfFrames: 1 };
  }

  /**
   * Reads and decodes slices, an outcome for each in the order of the numbers. What is fetched waits
   * for its turn in bytes: no more are decoded ahead than the renderer takes at a time.
   */
  read(
    indices: readonly number[],
    options: ReadSlicesOptions = {},
  ): AsyncGenerator<Outcome<DecodedSlice>, void, unknown> {
    const { renderer = new Renderer({ start: noThreads }), onProgress, ...reads } = options;
    const slices = indices.map((index) => this.slice(index));
    const tools = { renderer, gate: new ReadGate(options.concurrency ?? defaultConcurrency) };
    renderer.expect(slices.length);
    const fetched = readInOrder(
      slices,
      ({ url }) => url,
      (slice, signal) => this.#fetch(slice, tools, { ...options, signal }),
      reads,
    );
    let [place, done] = [0, 0];
    return mapInOrder(fetched, async (outcome) => {
      const decoded = await this.#decode(slices[place++]!, outcome, options.signal);
      onProgress?.(++done, slices.length);
      return decoded;
    }, () => renderer.parallel);
  }

  async #decode(
    slice: Slice,
    { url, value: decode, error }: Outcome<FetchedSlice>,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<DecodedSlice>> {
    if (error !== undefined) return { url, error };
    try {
      // A thread that has it is not asked to stop; it need not be waited for.
      const { frame, description, bytesDecoded } = await abortable(decode(), signal);
      this.#stats.bytesDecoded += bytesDecoded;
      const { photometricInterpretation = description.photometricInterpretation } = frame;
      return {
        url,
        value: { slice, frame, description: { ...description, photometricInterpretation } },
      };
    } catch (error) {
      signal?.throwIfAborted();
      return { url, error: error instanceof Error ? error : new Error(String(error)) };
    }
  }

  async #fetch(
    slice: Slice,
    tools: FetchTools,
    options: ReadSlicesOptions,
  ): Promise<FetchedSlice> {
    const { row, frame } = this.#table.slice(slice.index);
    const image = this.#rows.read(row);
    if (image.matrix === null) {
      return await this.#fetchFrame(image, frame ?? 0, tools.renderer, options);
    }
    const { size } = options;
    const picture = await this.#slides.read(row, image.matrix, {
      ...options,
      ...tools,
      size: size && fitInside(size, displayAspect(this.describe(slice.index))),
    });
    return () => Promise.resolve(picture);
  }

  async #fetchFrame(
    { values, describe, source }: ImageRow,
    number: number,
    renderer: Renderer,
    { size, contrasts = [{ kind: "auto" }], signal }: ReadSlicesOptions,
  ): Promise<FetchedSlice> {
    const { url: address } = source;
    const description = describe(number);
    // A segmentation that names no colors is one all the same.
    const reducible = size !== undefined && canReduce(description) && values.Modality !== "SEG" &&
      contrasts.every((contrast) => hidesPadding(contrast, description));
    const level = reducible
      ? chooseLevel(description, fitInside(size, displayAspect(description)))
      : 0;
    const { maxWasmBytes } = this.#limits;
    return await nameAddress(address, async () => {
      const { bytes, bitOffset, transferSyntaxUID } = await this.#frames.read(
        source,
        description,
        number,
        { level, signal },
      );
      const stored = { ...description, transferSyntaxUID };
      return () =>
        nameAddress(address, async () => {
          // What fills its memory alone is nobody else's, as a range of its own is.
          const inPlace = bytes.byteLength === bytes.buffer.byteLength;
          const decoding = { bitOffset, level, maxWasmBytes, inPlace, address };
          const frame = await renderer.decodeFrame(bytes, stored, decoding);
          return { frame, description, bytesDecoded: frame.data.byteLength };
        });
    });
  }
}

/** Names the instance in the errors of codecs, which do not know whose bytes they have. */
async function nameAddress<T>(address: string, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof DecodeError) || error.address !== null) throw error;
    throw new DecodeError(error.message, { address, cause: error });
  }
}
