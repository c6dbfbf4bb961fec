import { UsageError } from "../errors.ts";
import { checkWhole } from "./check_whole.ts";
import type { ImageFormat } from "./image_format.ts";

/** What is to be written, as far as it is known. */
export interface Encoding {
  /** The file format. */
  readonly format: ImageFormat;
  /** From 0, smallest, to 100, best; 60 when absent. A PNG loses nothing and takes no notice. */
  readonly quality?: number | undefined;
  /** Width of the picture in pixels. */
  readonly width?: number | undefined;
  /** Height of the picture in pixels. */
  readonly height?: number | undefined;
}

/** The longest side that a format can hold. */
const longestSide: Readonly<Record<ImageFormat, number>> = {
  webp: 16_383,
  jpeg: 65_535,
  png: 2 ** 31 - 1,
};

/**
 * Checks that a picture can be written as asked, as far as it is known: before any work is done for
 * it, and again before it is written.
 *
 * @param encoding What is to be written
 * @throws {UsageError} If the quality is not a whole number from 0 to 100, or a side is longer than the format can hold
 *
 * @example WebP ends at 16,383 pixels
 * ```ts
 * import { checkEncoding } from "@dicom/series-preview/mosaic";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => checkEncoding({ format: "webp", width: 16_384 }));
 * ```
 */
export function checkEncoding(encoding: Encoding): void {
  const { format, quality, width, height } = encoding;
  if (quality !== undefined) checkWhole("quality", quality, 0, 100);
  const longest = longestSide[format];
  if ((width ?? 0) > longest || (height ?? 0) > longest) {
    const size = `${width ?? "…"} × ${height ?? "…"}`;
    throw new UsageError(
      `${size} pixels do not fit in ${format}, whose sides end at ${longest}: give a smaller ` +
        "width, or choose another suffix",
    );
  }
}
