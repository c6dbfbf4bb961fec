import type { PixelImage } from "../contrast/pixel_image.ts";
import { requireView } from "../contrast/require_view.ts";
import { selectSlices } from "../index_cache/select_slices.ts";
import { planVideo } from "../mosaic/video/plan_video.ts";
import { chooseContrast } from "./contrast_choice.ts";
import { describeEach } from "./describe_each.ts";
import { describeFirstDecodable } from "./describe_first_decodable.ts";
import { drawFrames } from "./draw_frames.ts";
import type { Failure } from "./failures.ts";
import type { FramesDrawing } from "./finish_frames.ts";
import { type FramesOptions, samplesOf } from "./frames_options.ts";
import { requireImages } from "./require_images.ts";
import { isStrip } from "./is_strip.ts";
import type { SeriesSource } from "./series_source.ts";
import { SliceReader } from "./slice_reader.ts";

/**
 * Draws slices that are spread evenly over a series as frames of one size, one after another as
 * they are asked for: in memory are no more slices than there may be reads under way.
 *
 * @param consume Uses the frames up as they come; that of a slice which could not be drawn is marked.
 * @throws {UsageError} When a number is out of bounds, or no slice holds the view asked for.
 * @throws {NoImageError} When the series has no image.
 * @throws {UnsupportedTransferSyntaxError} When not one slice can be decoded.
 * @throws {NetworkError} When the run was stopped because of the host.
 */
export async function renderFrames<T>(
  { table, store, stats, decodeLimits }: SeriesSource,
  options: FramesOptions,
  consume: (frames: AsyncIterable<PixelImage>) => Promise<T>,
): Promise<FramesDrawing<T>> {
  const { start, end, width } = options;
  const contrast = chooseContrast(options);
  requireImages(table);
  const { address } = table.metadata;
  const reader = new SliceReader(table, store, stats, decodeLimits);
  const indices = selectSlices({ start, end, samples: samplesOf(options) }, table.sliceCount);
  describeFirstDecodable(reader, indices);
  requireView(contrast, describeEach(reader, indices));
  const shapes = [...describeEach(reader, indices)];
  const usual = shapes.filter((shape) => !isStrip(shape));
  const layout = planVideo(usual.length > 0 ? usual : shapes, { width });
  const failures: Failure[] = [];
  const plan = { address, contrast, layout, failures };
  const frames = drawFrames(reader, indices, plan, options);
  try {
    const result = await consume(frames);
    return {
      address,
      width: layout.width,
      height: layout.height,
      slices: indices.map((index) => reader.slice(index)),
      failures,
      result,
    };
  } finally {
    // Who takes them by hand may leave some, and with them threads that keep the program from ending.
    await frames.return();
  }
}
