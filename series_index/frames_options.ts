import { type SampleRange, selectSlices } from "../index_cache/select_slices.ts";
import { checkWhole } from "../mosaic/check_whole.ts";
import { planVideo, type VideoLayoutOptions } from "../mosaic/video/plan_video.ts";
import type { ManyReadsOptions } from "../retriever/many_reads_options.ts";
import { chooseContrast, type ContrastChoice } from "./contrast_choice.ts";
import type { StackChoice } from "./stack_choice.ts";

/**
 * Which slices become the frames of a video, and how they are drawn. No more slices are in memory
 * than there may be reads under way.
 */
export interface FramesOptions
  extends ContrastChoice, SampleRange, StackChoice, VideoLayoutOptions, ManyReadsOptions {
  /** How many frames at most, a slice each; 120 by default. */
  readonly samples?: number | undefined;
}

const defaultSamples = 120;
/** At the most frames a second, more than nine minutes. */
const maxSamples = 65_536;

/** How many slices the frames are to be of. */
export function samplesOf({ samples = defaultSamples }: FramesOptions): number {
  checkWhole("samples", samples, 1, maxSamples);
  return samples;
}

/**
 * Checks what can be said of the frames' options before anything is read.
 *
 * @throws {UsageError} When a number is out of bounds.
 */
export function checkFramesOptions(options: FramesOptions): void {
  const { start, end, width } = options;
  selectSlices({ start, end, samples: samplesOf(options) }, 1);
  planVideo([], { width });
  chooseContrast(options);
}
