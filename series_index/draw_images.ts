import type { PixelImage } from "../contrast/pixel_image.ts";
import { requireView } from "../contrast/require_view.ts";
import { requireDecodable } from "../dicom/decode_frame.ts";
import { SeriesPreviewError } from "../errors.ts";
import { singleImageSize } from "../mosaic/single_image_size.ts";
import type { Outcome } from "../retriever/outcome.ts";
import type { ReadInOrderOptions } from "../retriever/read_in_order.ts";
import { chooseContrast } from "./contrast_choice.ts";
import { describeEach } from "./describe_each.ts";
import { drawSlices } from "./draw_slices.ts";
import { imageBox, type ImageOptions } from "./image_options.ts";
import { requireImages } from "./require_images.ts";
import type { SeriesSource } from "./series_source.ts";
import { sliceLocation } from "./slice_location.ts";
import { type Slice, SliceReader } from "./slice_reader.ts";

/** A picture of one slice, which tells what it shows. */
export interface SliceImage extends PixelImage {
  /** Which slice it is: number, position, address, frame. */
  readonly slice: Slice;
  /** Where it lies in millimeters along its normal; null without geometry. */
  readonly location: number | null;
}

/**
 * Draws slices as pictures of their own, each read once, however often it is asked for.
 *
 * @param choose Answers the numbers of the slices that are meant, of as many as there are.
 * @returns An outcome for each of the numbers.
 * @throws {UsageError} When a number is out of bounds, or no slice holds the view asked for.
 * @throws {NoImageError} When the series has no image.
 */
export async function drawImages(
  { table, store, stats, kept, decodeLimits }: SeriesSource,
  choose: (count: number) => readonly number[],
  options: ImageOptions & ReadInOrderOptions,
): Promise<Outcome<SliceImage>[]> {
  const contrast = chooseContrast(options);
  requireImages(table);
  const asked = choose(table.sliceCount);
  const unique = [...new Set(asked)];
  const reader = new SliceReader(table, store, stats, decodeLimits);
  requireView(contrast, describeEach(reader, unique));

  const outcomes = new Map<number, Outcome<SliceImage>>();
  const drawable = unique.filter((index) => {
    const error = refusalOf(reader, index, options);
    if (error !== null) outcomes.set(index, { url: reader.slice(index).url, error });
    return error === null;
  });
  const drawn = await drawSlices(reader, drawable, {
    contrasts: [contrast],
    sizeOf: (description) => singleImageSize(description, options),
  }, { ...options, kept, size: imageBox(options) });
  for (const [i, { url, value, error }] of drawn.entries()) {
    const index = drawable[i]!;
    if (error !== undefined) outcomes.set(index, { url, error });
    else {
      const [image] = value;
      const [slice, location] = [reader.slice(index), sliceLocation(table, index)];
      outcomes.set(index, { url, value: { ...image!, slice, location } });
    }
  }
  return asked.map((index) => outcomes.get(index)!);
}

/** Why a slice cannot be drawn, as far as the index tells; null where it does not. */
function refusalOf(reader: SliceReader, index: number, options: ImageOptions): Error | null {
  try {
    const description = reader.describe(index);
    requireDecodable(description.transferSyntaxUID, reader.slice(index).url);
    singleImageSize(description, options);
    return null;
  } catch (error) {
    if (error instanceof SeriesPreviewError) return error;
    throw error;
  }
}
