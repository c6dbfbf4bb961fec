import type { Contrast } from "../contrast/contrast.ts";
import type { PixelImage } from "../contrast/pixel_image.ts";
import type { VoiWindow } from "../dicom/image_description.ts";
import { NotTriedError, SeriesPreviewError } from "../errors.ts";
import { displayAspect } from "../mosaic/display_aspect.ts";
import { fitInside } from "../mosaic/fit_inside.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import { tileImages } from "../mosaic/tile_images.ts";
import type { VideoLayout } from "../mosaic/video/plan_video.ts";
import type { Outcome } from "../retriever/outcome.ts";
import { defaultConcurrency, type ReadInOrderOptions } from "../retriever/read_in_order.ts";
import { drawSlice } from "./draw_slice.ts";
import { type Failure, throwIfHostIsDown } from "./failures.ts";
import { measureSample } from "./measure_sample.ts";
import { measureWindows } from "./measure_windows.ts";
import type { DecodedSlice, SliceReader } from "./slice_reader.ts";
import { mapInOrder } from "./workers/map_in_order.ts";
import { Renderer } from "./workers/renderer.ts";

/** How frames are drawn. */
export interface FramesPlan {
  /** The series. */
  readonly address: string;
  readonly contrast: Contrast;
  readonly layout: VideoLayout;
  /** Takes the failures as they come. */
  readonly failures: Failure[];
  /** What decodes and draws them; it is closed at the end. */
  readonly renderer?: Renderer;
}

/**
 * Draws slices as frames of one size, each when it is asked for: as many slices are read ahead as
 * there may be reads under way, and no more; decoded ahead are no more than the renderer takes at a
 * time. A slice that fails is noted, and its frame marked.
 *
 * @param indices Numbers of slices in display order.
 * @throws {NetworkError} When the run was stopped because of the host.
 */
export async function* drawFrames(
  reader: SliceReader,
  indices: readonly number[],
  { address, contrast, layout, failures, renderer = new Renderer() }: FramesPlan,
  { concurrency = defaultConcurrency, signal, onProgress }: ReadInOrderOptions,
): AsyncGenerator<PixelImage, void, unknown> {
  const [cell] = layout.cells;
  const contrasts = [contrast];
  let isStopped = false;
  const reads = { concurrency, signal, ahead: concurrency, size: cell, contrasts, renderer };
  try {
    const window = await measureSample(reader, indices, contrast, { ...reads, address });
    const draw = (outcome: Outcome<DecodedSlice>) =>
      drawOne(outcome, { contrast, window, cell, renderer });
    const drawn = mapInOrder(reader.read(indices, reads), draw, () => renderer.parallel);
    let done = 0;
    for await (const { url, value = null, error } of drawn) {
      const index = indices[done++]!;
      if (error !== undefined) {
        failures.push({ url, cause: error, frame: reader.slice(index).frame });
      }
      // From here on there is nothing but names of what was not tried.
      isStopped ||= error instanceof NotTriedError;
      if (isStopped) continue;
      yield tileImages([value], layout);
      onProgress?.(done, indices.length);
    }
  } finally {
    renderer.close();
  }
  throwIfHostIsDown(failures, indices.length, "slices", address);
}

/** How one frame is drawn. */
interface FrameDrawing {
  readonly contrast: Contrast;
  /** The window measured on the sample; null where none had to be, or could be. */
  readonly window: VoiWindow | null;
  readonly cell: ImageSize;
  readonly renderer: Renderer;
}

async function drawOne(
  outcome: Outcome<DecodedSlice>,
  { contrast, window, cell, renderer }: FrameDrawing,
): Promise<Outcome<PixelImage>> {
  if (outcome.error !== undefined) return outcome;
  const { url, value } = outcome;
  try {
    // Where no slice of the sample could be read, each stands for itself.
    const measured = window ?? measureWindows([contrast], [value])[0]!;
    const size = fitInside(cell, displayAspect(value.description));
    const [image] = await drawSlice(renderer, value, [{ contrast, window: measured, size }]);
    return { url, value: image! };
  } catch (error) {
    if (error instanceof SeriesPreviewError) return { url, error };
    throw error;
  }
}
