import type { Contrast } from "../contrast/contrast.ts";
import { hidesPadding } from "../contrast/hides_padding.ts";
import { canReduce } from "../dicom/can_reduce.ts";
import { decodeFrame } from "../dicom/decode_frame.ts";
import type { DecodeLimits } from "../dicom/decode_limits.ts";
import { imageDescriber, imageKeywords } from "../dicom/describe_image.ts";
import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { pixelVRKey } from "../dicom/pixel_vr_of.ts";
import { tilePlanKeywords } from "../dicom/slide/plan_tiles.ts";
import { readPixelMatrix } from "../dicom/slide/read_pixel_matrix.ts";
import { pyramidLevelKeywords } from "../dicom/slide/read_pyramid_level.ts";
import { slideImageLimits } from "../dicom/slide/slide_image_limits.ts";
import { DecodeError, InvalidIndexError } from "../errors.ts";
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
import { describeShown } from "./slide/describe_shown.ts";
import { ReadGate } from "./slide/read_gate.ts";
import { type ImageRow, SlideReader } from "./slide/slide_reader.ts";

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

/** The columns of the index that drawing takes. */
export const imagingColumns: readonly string[] = [
  SERIES_COLUMNS.dataUrl,
  SERIES_COLUMNS.fileSize,
  SERIES_COLUMNS.pixelOffset,
  SERIES_COLUMNS.pixelLength,
  SERIES_COLUMNS.etag,
  SERIES_COLUMNS.frameOffset,
  SERIES_COLUMNS.frameLength,
  SERIES_COLUMNS.seriesUID,
  pixelVRKey,
  "SOPInstanceUID",
  "Modality",
  ...new Set([...imageKeywords, ...tilePlanKeywords, ...pyramidLevelKeywords]),
];

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
}

/** Finds slices in an index, fetches their frames and decodes them. */
export class SliceReader {
  readonly #table: SeriesTable;
  readonly #store: Store;
  readonly #frames: FrameReader;
  readonly #slides: SlideReader;
  readonly #stats: DecodeStats;
  readonly #limits: Partial<DecodeLimits>;
  #row: { readonly number: number; readonly image: ImageRow } | null = null;

  /** Makes a reader of the table's slices over the store that holds their instances. */
  constructor(
    table: SeriesTable,
    store: Store,
    stats: DecodeStats = { bytesDecoded: 0 },
    limits: Partial<DecodeLimits> = {},
  ) {
    this.#table = table;
    this.#store = store;
    this.#frames = new FrameReader(store);
    this.#slides = new SlideReader(table, (row) => this.#readRow(row), this.#frames, limits);
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
   * Describes a slice's image from the index, without reading anything.
   *
   * @throws {DecodeError} When its attributes contradict each other.
   */
  describe(index: number): ImageDescription {
    const { row, frame } = this.#table.slice(index);
    const { matrix, describe } = this.#readRow(row);
    const description = describe(frame ?? 0);
    return matrix === null
      ? description
      : { ...describeShown(description), ...matrix, numberOfFrames: 1 };
  }

  /** Reads and decodes slices, an outcome for each in the order of the numbers. */
  read(
    indices: readonly number[],
    options: ReadSlicesOptions = {},
  ): AsyncGenerator<Outcome<DecodedSlice>, void, unknown> {
    const slices = indices.map((index) => this.slice(index));
    const gate = new ReadGate(options.concurrency ?? defaultConcurrency);
    return readInOrder(
      slices,
      ({ url }) => url,
      (slice, signal) => this.#decode(slice, gate, { ...options, signal }),
      options,
    );
  }

  async #decode(
    slice: Slice,
    gate: ReadGate,
    options: ReadSlicesOptions,
  ): Promise<DecodedSlice> {
    const { row, frame: number } = this.#table.slice(slice.index);
    const image = this.#readRow(row);
    const { frame, description, bytesDecoded } = image.matrix === null
      ? await this.#readFrame(image, number ?? 0, options)
      : await this.#slides.read(row, image.matrix, {
        ...options,
        gate,
        size: options.size && fitInside(options.size, displayAspect(this.describe(slice.index))),
      });
    this.#stats.bytesDecoded += bytesDecoded;
    const { photometricInterpretation = description.photometricInterpretation } = frame;
    return { slice, frame, description: { ...description, photometricInterpretation } };
  }

  async #readFrame(
    { values, describe, source }: ImageRow,
    number: number,
    { size, contrasts = [{ kind: "auto" }], signal }: ReadSlicesOptions,
  ) {
    const { url: address } = source;
    const description = describe(number);
    // A segmentation that names no colors is one all the same.
    const reducible = size !== undefined && canReduce(description) && values.Modality !== "SEG" &&
      contrasts.every((contrast) => hidesPadding(contrast, description));
    const level = reducible
      ? chooseLevel(description, fitInside(size, displayAspect(description)))
      : 0;
    try {
      const { bytes, bitOffset, transferSyntaxUID } = await this.#frames.read(
        source,
        description,
        number,
        { level, signal },
      );
      const stored = { ...description, transferSyntaxUID };
      const frame = await decodeFrame(bytes, stored, {
        bitOffset,
        level,
        maxWasmBytes: this.#limits.maxWasmBytes,
        address,
      });
      return { frame, description, bytesDecoded: frame.data.byteLength };
    } catch (error) {
      // Codecs do not know whose bytes they have.
      if (!(error instanceof DecodeError) || error.address !== null) throw error;
      throw new DecodeError(error.message, { address, cause: error });
    }
  }

  #key(url: string): string {
    const key = this.#store.key(url);
    if (key !== null) return key;
    throw new InvalidIndexError("the index names an instance outside of its series", {
      address: url,
    });
  }

  /** What a row tells; the last one is kept, for the frames of an instance follow each other. */
  #readRow(number: number): ImageRow {
    if (this.#row?.number !== number) {
      const values = this.#table.row(number, imagingColumns);
      const address = String(values[SERIES_COLUMNS.dataUrl]);
      const integer = (column: string) => values[column] as number | null;
      const integers = (column: string) => values[column] as readonly number[] | null;
      const matrix = readPixelMatrix(values);
      const limits = matrix === null ? this.#limits : { ...this.#limits, ...slideImageLimits };
      const image: ImageRow = {
        values,
        matrix,
        describe: imageDescriber(values, { address, limits }),
        source: {
          url: address,
          key: this.#key(address),
          fileSize: integer(SERIES_COLUMNS.fileSize),
          pixelOffset: integer(SERIES_COLUMNS.pixelOffset),
          pixelLength: integer(SERIES_COLUMNS.pixelLength),
          etag: values[SERIES_COLUMNS.etag] as string | null,
          frameOffsets: integers(SERIES_COLUMNS.frameOffset),
          frameLengths: integers(SERIES_COLUMNS.frameLength),
        },
      };
      this.#row = { number, image };
    }
    return this.#row.image;
  }
}
