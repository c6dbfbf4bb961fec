import type { Contrast } from "../contrast/contrast.ts";
import { needsAutoWindow } from "../contrast/needs_auto_window.ts";
import type { PixelImage } from "../contrast/pixel_image.ts";
import type { ImageDescription, VoiWindow } from "../dicom/image_description.ts";
import { SeriesPreviewError } from "../errors.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import type { Outcome } from "../retriever/outcome.ts";
import { drawSlice } from "./draw_slice.ts";
import type { KeptSlices } from "./kept_slices.ts";
import { measureWindows } from "./measure_windows.ts";
import type { DecodedSlice, ReadSlicesOptions, SliceReader } from "./slice_reader.ts";
import { mapInOrder } from "./workers/map_in_order.ts";
import { Renderer } from "./workers/renderer.ts";

/** The pictures of a slice, or the error that names why there are none. */
export type DrawnSlice = Outcome<readonly PixelImage[]>;

/** What {@linkcode drawSlices} makes of each slice. */
export interface SlicesPlan {
  /** Each slice is drawn by each of these. */
  readonly contrasts: readonly Contrast[];
  /** Decides the size of a picture, by the places of its slice and of its contrast in their lists. */
  readonly sizeOf: (description: ImageDescription, slice: number, contrast: number) => ImageSize;
}

/** Options of {@linkcode drawSlices}. */
export interface DrawSlicesOptions extends ReadSlicesOptions {
  /** Has what was drawn before, and takes what is drawn now. */
  readonly kept: KeptSlices;
}

/**
 * Reads slices, each once, and draws each by all contrasts.
 *
 * A slice is drawn as it comes, unless a window has to be measured on the whole sample for it, see
 * {@linkcode measureWindows}.
 *
 * @param indices Numbers of slices in display order.
 * @param options Its renderer, where there is one, is closed at the end.
 * @returns For each slice its pictures in the order of the contrasts, or the error that names why
 * there are none.
 */
export async function drawSlices(
  reader: SliceReader,
  indices: readonly number[],
  plan: SlicesPlan,
  { kept, renderer = new Renderer(), ...options }: DrawSlicesOptions,
): Promise<DrawnSlice[]> {
  const { contrasts } = plan;
  const names = indices.map((index, place) => nameOf(reader, index, place, plan, options));
  const unused = measureWindows(contrasts, []);
  const held: { readonly place: number; readonly decoded: DecodedSlice }[] = [];
  const parallel = () => renderer.parallel;
  try {
    const reads = kept.read(reader, indices, names, { ...options, contrasts, renderer });
    let next = 0;
    const drawing = mapInOrder(reads, async ({ url, value, error }): Promise<DrawnSlice> => {
      const place = next++;
      if (error !== undefined) return { url, error };
      if ("images" in value) return { url, value: value.images };
      if (contrasts.some((contrast) => needsAutoWindow(contrast, value.description))) {
        kept.keep(names[place]!, value);
        held.push({ place, decoded: value });
        return { url, value: [] };
      }
      const outcome = await drawOne(renderer, value, place, plan, unused);
      if (outcome.error === undefined) kept.keep(names[place]!, { images: outcome.value });
      return outcome;
    }, parallel);
    const drawn = await Array.fromAsync(drawing);
    const windows = measureWindows(contrasts, held.map(({ decoded }) => decoded));
    const late = mapInOrder(
      held,
      ({ place, decoded }) => drawOne(renderer, decoded, place, plan, windows),
      parallel,
    );
    let done = 0;
    for await (const outcome of late) drawn[held[done++]!.place] = outcome;
    return drawn;
  } finally {
    renderer.close();
  }
}

/** What a slice is kept under, which tells how it is drawn, too; null where that cannot be told. */
function nameOf(
  reader: SliceReader,
  index: number,
  place: number,
  { contrasts, sizeOf }: SlicesPlan,
  { size }: ReadSlicesOptions,
): string | null {
  try {
    const [identity, description] = [reader.identify(index), reader.describe(index)];
    const sizes = contrasts.map((_, i) => sizeOf(description, place, i));
    return identity === null ? null : JSON.stringify([identity, contrasts, sizes, size]);
  } catch (error) {
    // Reading the slice names what is wrong with it.
    if (error instanceof SeriesPreviewError) return null;
    throw error;
  }
}

async function drawOne(
  renderer: Renderer,
  decoded: DecodedSlice,
  place: number,
  { contrasts, sizeOf }: SlicesPlan,
  windows: readonly VoiWindow[],
): Promise<DrawnSlice> {
  const { slice: { url }, description } = decoded;
  try {
    const drawings = contrasts.map((contrast, i) => {
      const size = sizeOf(description, place, i);
      return { contrast, window: windows[i]!, size };
    });
    return { url, value: await drawSlice(renderer, decoded, drawings) };
  } catch (error) {
    if (error instanceof SeriesPreviewError) return { url, error };
    throw error;
  }
}
