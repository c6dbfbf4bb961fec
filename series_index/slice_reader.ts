import { decodeFrame } from "../dicom/decode_frame.ts";
import { imageDescriber, imageKeywords, pixelKindKey } from "../dicom/describe_image.ts";
import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { DecodeError, InvalidIndexError } from "../errors.ts";
import type { IndexRow, SeriesTable } from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import { FrameReader } from "../retriever/frame_reader.ts";
import type { Outcome } from "../retriever/outcome.ts";
import type { PixelSource } from "../retriever/pixel_source.ts";
import { readInOrder, type ReadInOrderOptions } from "../retriever/read_in_order.ts";
import type { Store } from "../retriever/store.ts";

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
  /** Its stored frame number, counted from 0; null when the instance has a single frame. */
  readonly frame: number | null;
}

/** A slice with its stored values and what is needed to show them. */
export interface DecodedSlice {
  readonly slice: Slice;
  readonly frame: Frame;
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
  pixelKindKey,
  "SOPInstanceUID",
  "SOPClassUID",
  "Modality",
  ...imageKeywords,
];

/** Counts the bytes of what is decoded. */
export interface DecodeStats {
  /** Bytes of stored values. */
  bytesDecoded: number;
}

/** Finds slices in an index, fetches their frames and decodes them. */
export class SliceReader {
  readonly #table: SeriesTable;
  readonly #store: Store;
  readonly #frames: FrameReader;
  readonly #stats: DecodeStats;
  #row: { number: number; values: IndexRow; describe: (frame: number) => ImageDescription } | null =
    null;

  /** Makes a reader of the table's slices over the store that holds their instances. */
  constructor(table: SeriesTable, store: Store, stats: DecodeStats = { bytesDecoded: 0 }) {
    this.#table = table;
    this.#store = store;
    this.#frames = new FrameReader(store);
    this.#stats = stats;
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
    return this.#readRow(row).describe(frame ?? 0);
  }

  /** Reads and decodes slices, an outcome for each in the order of the numbers. */
  read(
    indices: readonly number[],
    options: ReadInOrderOptions = {},
  ): AsyncGenerator<Outcome<DecodedSlice>, void, unknown> {
    const slices = indices.map((index) => this.slice(index));
    return readInOrder(
      slices,
      ({ url }) => url,
      (slice, signal) => this.#decode(slice, signal),
      options,
    );
  }

  async #decode(slice: Slice, signal: AbortSignal): Promise<DecodedSlice> {
    const { index, url, frame: number } = slice;
    const description = this.describe(index);
    const source = this.#source(this.#table.slice(index).row, url);
    let frame: Frame;
    try {
      const { bytes, bitOffset } = await this.#frames.read(source, description, number ?? 0, {
        signal,
      });
      frame = await decodeFrame(bytes, description, { bitOffset, address: url });
    } catch (error) {
      // Codecs do not know whose bytes they have.
      if (!(error instanceof DecodeError) || error.address !== null) throw error;
      throw new DecodeError(error.message, { address: url, cause: error });
    }
    this.#stats.bytesDecoded += frame.data.byteLength;
    const { photometricInterpretation = description.photometricInterpretation } = frame;
    return { slice, frame, description: { ...description, photometricInterpretation } };
  }

  #source(row: number, url: string): PixelSource {
    const { values } = this.#readRow(row);
    const integer = (column: string) => values[column] as number | null;
    return {
      url,
      key: this.#key(url),
      fileSize: integer(SERIES_COLUMNS.fileSize),
      pixelOffset: integer(SERIES_COLUMNS.pixelOffset),
      pixelLength: integer(SERIES_COLUMNS.pixelLength),
      etag: values[SERIES_COLUMNS.etag] as string | null,
      frameOffsets: values[SERIES_COLUMNS.frameOffset] as readonly number[] | null,
      frameLengths: values[SERIES_COLUMNS.frameLength] as readonly number[] | null,
    };
  }

  #key(url: string): string {
    const key = this.#store.key(url);
    if (key !== null) return key;
    throw new InvalidIndexError("the index names an instance outside of its series", {
      address: url,
    });
  }

  /** A row's values; the last one is kept, for the frames of an instance follow each other. */
  #readRow(number: number) {
    if (this.#row?.number !== number) {
      const values = this.#table.row(number, imagingColumns);
      const address = String(values[SERIES_COLUMNS.dataUrl]);
      this.#row = { number, values, describe: imageDescriber(values, { address }) };
    }
    return this.#row;
  }
}
