import type { Contrast } from "../contrast/contrast.ts";
import { needsAutoWindow } from "../contrast/needs_auto_window.ts";
import type { PixelImage } from "../contrast/pixel_image.ts";
import type { VoiWindow } from "../dicom/image_description.ts";
import { NotTriedError, SeriesPreviewError } from "../errors.ts";
import { displayAspect } from "../mosaic/display_aspect.ts";
import { fitInside } from "../mosaic/fit_inside.ts";
import { tileImages } from "../mosaic/tile_images.ts";
import type { VideoLayout } from "../mosaic/video/plan_video.ts";
import { defaultConcurrency, type ReadInOrderOptions } from "../retriever/read_in_order.ts";
import { drawSlice } from "./draw_slice.ts";
import { type Failure, throwIfHostIsDown } from "./failures.ts";
import { measureSample } from "./measure_sample.ts";
import { measureWindows } from "./measure_windows.ts";
import type { DecodedSlice, SliceReader } from "./slice_reader.ts";

/** How frames are drawn. */
export interface FramesPlan {
  /** The series. */
  readonly address: string;
  readonly contrast: Contrast;
  readonly layout: VideoLayout;
  /** Takes the failures as they come. */
  readonly failures: Failure[];
}

/**
 * Draws slices as frames of one size, each when it is asked for: as many slices are read ahead as
 * there may be reads under way, and no more. A slice that fails is noted, and its frame marked.
 *
 * @param indices Numbers of slices in display order.
 * @throws {NetworkError} When the run was stopped because of the host.
 */
export async function* drawFrames(
  reader: SliceReader,
  indices: readonly number[],
  { address, contrast, layout, failures }: FramesPlan,
  { concurrency = defaultConcurrency, signal, onProgress }: ReadInOrderOptions,
): AsyncGenerator<PixelImage, void, unknown> {
  const [cell] = layout.cells;
  const contrasts = [contrast];
  const reads = { concurrency, signal, ahead: concurrency, size: cell, contrasts };
  let window = await measureSample(reader, indices, contrast, { ...reads, address });
  let done = 0;
  let isStopped = false;
  for await (const { url, value, error } of reader.read(indices, reads)) {
    let image: PixelImage | null = null;
    let cause = error;
    if (value !== undefined) {
      // Where no slice of the sample could be read, this one stands for all.
      if (needsAutoWindow(contrast, value.description)) window ??= measureOn(value, contrast);
      try {
        const size = fitInside(cell, displayAspect(value.description));
        image = drawSlice(value, { contrast, window: window ?? unusedWindow, size });
      } catch (error) {
        if (!(error instanceof SeriesPreviewError)) throw error;
        cause = error;
      }
    }
    const index = indices[done++]!;
    if (cause !== undefined) failures.push({ url, cause, frame: reader.slice(index).frame });
    // From here on there is nothing but names of what was not tried.
    isStopped ||= cause instanceof NotTriedError;
    if (isStopped) continue;
    yield tileImages([image], layout);
    onProgress?.(done, indices.length);
  }
  throwIfHostIsDown(failures, indices.length, "slices", address);
}

function measureOn(slice: DecodedSlice, contrast: Contrast): VoiWindow {
  return measureWindows([contrast], [slice])[0]!;
}

/** Stands where no slice needs one. */
const unusedWindow: VoiWindow = { center: 0, width: 1 };
