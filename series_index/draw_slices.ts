import type { Contrast } from "../contrast/contrast.ts";
import { needsAutoWindow } from "../contrast/needs_auto_window.ts";
import type { PixelImage } from "../contrast/pixel_image.ts";
import type { ImageDescription, VoiWindow } from "../dicom/image_description.ts";
import { SeriesPreviewError } from "../errors.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import type { Outcome } from "../retriever/outcome.ts";
import { drawSlice } from "./draw_slice.ts";
import { measureWindows } from "./measure_windows.ts";
import type { DecodedSlice, ReadSlicesOptions, SliceReader } from "./slice_reader.ts";

/** What {@linkcode drawSlices} makes of each slice. */
export interface SlicesPlan {
  /** Each slice is drawn by each of these. */
  readonly contrasts: readonly Contrast[];
  /** Decides the size of a picture, by the places of its slice and of its contrast in their lists. */
  readonly sizeOf: (description: ImageDescription, slice: number, contrast: number) => ImageSize;
}

/**
 * Reads slices, each once, and draws each by all contrasts.
 *
 * A slice is drawn as it comes, unless a window has to be measured on the whole sample for it, see
 * {@linkcode measureWindows}.
 *
 * @param indices Numbers of slices in display order.
 * @returns For each slice its pictures in the order of the contrasts, or the error that names why
 * there are none.
 */
export async function drawSlices(
  reader: SliceReader,
  indices: readonly number[],
  plan: SlicesPlan,
  options: ReadSlicesOptions,
): Promise<Outcome<readonly PixelImage[]>[]> {
  const { contrasts } = plan;
  const unused = measureWindows(contrasts, []);
  const drawn: Outcome<readonly PixelImage[]>[] = [];
  const held: { readonly place: number; readonly decoded: DecodedSlice }[] = [];
  for await (const { url, value, error } of reader.read(indices, { ...options, contrasts })) {
    const place = drawn.length;
    if (error !== undefined) {
      drawn.push({ url, error });
    } else if (contrasts.some((contrast) => needsAutoWindow(contrast, value.description))) {
      held.push({ place, decoded: value });
      drawn.push({ url, value: [] });
    } else {
      drawn.push(drawOne(value, place, plan, unused));
    }
  }
  const windows = measureWindows(contrasts, held.map(({ decoded }) => decoded));
  for (const { place, decoded } of held) drawn[place] = drawOne(decoded, place, plan, windows);
  return drawn;
}

function drawOne(
  decoded: DecodedSlice,
  place: number,
  { contrasts, sizeOf }: SlicesPlan,
  windows: readonly VoiWindow[],
): Outcome<readonly PixelImage[]> {
  const { slice: { url }, description } = decoded;
  try {
    const value = contrasts.map((contrast, i) => {
      const size = sizeOf(description, place, i);
      return drawSlice(decoded, { contrast, window: windows[i]!, size });
    });
    return { url, value };
  } catch (error) {
    if (error instanceof SeriesPreviewError) return { url, error };
    throw error;
  }
}
