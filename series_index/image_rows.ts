import type { AttributeValues } from "../dicom/attribute.ts";
import type { DecodeLimits } from "../dicom/decode_limits.ts";
import { imageDescriber, imageKeywords } from "../dicom/describe_image.ts";
import type { ImageDescription } from "../dicom/image_description.ts";
import { pixelVRKey } from "../dicom/pixel_vr_of.ts";
import { tilePlanKeywords } from "../dicom/slide/plan_tiles.ts";
import { type PixelMatrix, readPixelMatrix } from "../dicom/slide/read_pixel_matrix.ts";
import { pyramidLevelKeywords } from "../dicom/slide/read_pyramid_level.ts";
import { slideImageLimits } from "../dicom/slide/slide_image_limits.ts";
import { InvalidIndexError } from "../errors.ts";
import type { SeriesTable } from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import type { PixelSource } from "../retriever/pixel_source.ts";
import type { Store } from "../retriever/store.ts";

/** An instance as a row of the index tells of it. */
export interface ImageRow {
  /** Its attributes by keyword. */
  readonly values: AttributeValues;
  /** The size of the matrix that its frames are tiles of; null when they are pictures of their own. */
  readonly matrix: PixelMatrix | null;
  /** Describes a frame of it. */
  readonly describe: (frame: number) => ImageDescription;
  /** Where its pixel data lies. */
  readonly source: PixelSource;
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
  pixelVRKey,
  "SOPInstanceUID",
  "Modality",
  ...new Set([...imageKeywords, ...tilePlanKeywords, ...pyramidLevelKeywords]),
];

/** Rows that are kept: enough for what is read at a time. */
const mostKept = 256;

/** The instances of an index as drawing needs to know them. */
export class ImageRows {
  readonly #table: SeriesTable;
  readonly #store: Store;
  readonly #limits: Partial<DecodeLimits>;
  readonly #kept = new Map<number, ImageRow>();

  /** @param store The one that holds the instances. */
  constructor(table: SeriesTable, store: Store, limits: Partial<DecodeLimits>) {
    this.#table = table;
    this.#store = store;
    this.#limits = limits;
  }

  /** Reads a row; the last ones read are kept, since a slice is described, planned, and then read. */
  read(number: number): ImageRow {
    const kept = this.#kept.get(number);
    if (kept !== undefined) return kept;
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
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(number, image);
    return image;
  }

  #key(url: string): string {
    const key = this.#store.key(url);
    if (key !== null) return key;
    throw new InvalidIndexError("the index names an instance outside of its series", {
      address: url,
    });
  }
}
