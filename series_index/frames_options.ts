import { selectSlices } from "../index_cache/select_slices.ts";
import { checkWhole } from "../mosaic/check_whole.ts";
import { planVideo } from "../mosaic/video/plan_video.ts";
import { chooseContrast, type ContrastChoice } from "./contrast_choice.ts";

/** Which slices become the frames of a video, and how they are drawn. */
export interface FramesOptions extends ContrastChoice {
  /** How many frames at most, a slice each; 120 by default. */
  readonly samples?: number | undefined;
  /** First position of the slices, 0 to 1; 0 by default. */
  readonly start?: number | undefined;
  /** Last position of the slices, 0 to 1; 1 by default. */
  readonly end?: number | undefined;
  /** Width of the frames in pixels; by default that of the slices, no side beyond 1024. */
  readonly width?: number | undefined;
  /** Show one stack alone, counted from 0; all in display order by default. */
  readonly stack?: number | undefined;
  /** Most reads under way at once, and most slices in memory; 32 by default. */
  readonly concurrency?: number | undefined;
  /** Aborts the call. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each frame with how many are done. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
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
