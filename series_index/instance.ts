import type { Dataset } from "../dicom/dataset.ts";
import type { Frame } from "../dicom/frame.ts";
import { UsageError } from "../errors.ts";
import type { Slice } from "./slice_reader.ts";

/** Options of {@linkcode Instance.getPixels}. */
export interface GetPixelsOptions {
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
}

/** What an {@linkcode Instance} is made of. */
export interface InstanceParts {
  /** Which slice of the series it was asked for as. */
  readonly slice: Slice;
  /** Its header; null where neither the index nor the instance was asked for it. */
  readonly dataset: Dataset | null;
  /** Reads and decodes the slice's frame. */
  readonly readPixels: (options: GetPixelsOptions) => Promise<Frame>;
}

/**
 * An instance of a series, as `SeriesIndex.getInstance` answers it: one slice's, where the instance
 * has several frames.
 *
 * @example
 * ```ts
 * import { SeriesIndex } from "@dicom/series-preview";
 * import { assertEquals } from "@std/assert";
 *
 * const index = await SeriesIndex.open("demo:ct", { cache: false });
 * const instance = await index.getInstance({ position: 1, headersOnly: true });
 * assertEquals(instance.dataset.Modality, "CT");
 * assertEquals(instance.slice.index, 119);
 * const { data, rows, columns } = await instance.getPixels();
 * assertEquals([data.length, rows, columns], [512 * 512, 512, 512]);
 * ```
 */
export class Instance {
  /** Which slice of the series it was asked for as: number, position, address, frame. */
  readonly slice: Slice;
  readonly #parts: InstanceParts;
  #pixels: Promise<Frame> | null = null;

  /** Puts an instance together; `SeriesIndex.getInstances` does. */
  constructor(parts: InstanceParts) {
    this.slice = parts.slice;
    this.#parts = parts;
  }

  /**
   * Its whole header as plain values by keyword, file meta included.
   *
   * From the index all values of an attribute have the type of its column; from the instance itself
   * each has its own.
   *
   * @throws {UsageError} When the series was opened for drawing alone, so that the index tells no
   * headers.
   */
  get dataset(): Dataset {
    if (this.#parts.dataset !== null) return this.#parts.dataset;
    throw new UsageError(
      "the series was opened for drawing alone; open it without imagingOnly, or ask for freshHeaders",
    );
  }

  /**
   * The stored values of its frame, nothing applied to them; read once.
   *
   * @throws {NoImageError} When it has no image.
   * @throws {DecodeError} When the frame is cut, corrupt, or not as the header says.
   * @throws {SeriesPreviewError} When it cannot be read.
   */
  async getPixels(options: GetPixelsOptions = {}): Promise<Frame> {
    const pixels = this.#pixels ??= this.#parts.readPixels(options);
    try {
      return await pixels;
    } catch (error) {
      // What failed, or was given up, is read anew when it is asked for again.
      if (this.#pixels === pixels) this.#pixels = null;
      throw error;
    }
  }
}
