import type { FailedRead } from "../errors.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import { type Failure, namedFailures } from "./failures.ts";
import { requireDrawn } from "./require_drawn.ts";
import type { Slice } from "./slice_reader.ts";

/** Frames that were drawn, and what was made of them. */
export interface RenderedFrames<T> extends ImageSize {
  /** The slices shown, one a frame, failed ones included. */
  readonly slices: readonly Slice[];
  /** The slices that could not be drawn; their frames are marked. */
  readonly failed: readonly FailedRead[];
  /** What was made of the frames. */
  readonly result: T;
}

/** Frames that were drawn, before it is decided what their failures mean. */
export interface FramesDrawing<T> extends Omit<RenderedFrames<T>, "failed"> {
  /** The series. */
  readonly address: string;
  readonly failures: readonly Failure[];
}

/**
 * Tells what became of frames.
 *
 * @throws {SeriesPreviewError} When not one slice could be drawn.
 */
export function finishFrames<T>(drawing: FramesDrawing<T>): RenderedFrames<T> {
  const { address, failures, ...rendered } = drawing;
  requireDrawn(failures, rendered.slices.length, address);
  return { ...rendered, failed: namedFailures(failures) };
}
