import { maxSide } from "../mosaic/check_whole.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import type { ManyReadsOptions } from "../retriever/many_reads_options.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { type SingleImageOptions, singleImageSize } from "../mosaic/single_image_size.ts";
import type { SliceChoice } from "./choose_slice.ts";
import type { SlicesChoice } from "./choose_slices.ts";
import { chooseContrast, type ContrastChoice } from "./contrast_choice.ts";
import type { StackChoice } from "./stack_choice.ts";

/**
 * How a slice is drawn as a picture of its own. With neither width nor height it has the slice's own
 * pixels, see `singleImageSize` of `/mosaic`; with one of them the other follows; with both it is
 * the largest that fits.
 */
export interface ImageOptions extends ContrastChoice, SingleImageOptions, AbortOptions {}

/** Options of `SeriesIndex.getImage`. */
export interface GetImageOptions extends SliceChoice, StackChoice, ImageOptions {}

/** Options of `SeriesIndex.getImages`. */
export interface GetImagesOptions
  extends SlicesChoice, StackChoice, ImageOptions, ManyReadsOptions {}

/**
 * Checks what can be said of the options before anything is read.
 *
 * @throws {UsageError} When a number is out of bounds, or they contradict each other.
 */
export function checkImageOptions(options: ImageOptions): void {
  chooseContrast(options);
  const { width, height } = options;
  // What follows from a side cannot be known yet: where both are given, nothing does.
  singleImageSize(onePixel, { width: width ?? height, height: height ?? width });
}

const onePixel = { rows: 1, columns: 1, pixelAspect: 1 };

/** What a picture is to fit into; undefined for a slice's own pixels, which takes it whole. */
export function imageBox({ width, height }: SingleImageOptions): ImageSize | undefined {
  if (width === undefined && height === undefined) return undefined;
  return { width: width ?? maxSide, height: height ?? maxSide };
}
