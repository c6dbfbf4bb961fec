import { checkVideo } from "./check_video.ts";
import { defaultFps, type VideoOptions } from "./video_options.ts";

/** What the options of a video mean to an encoder of H.264. */
export interface VideoSettings {
  /** Frames a second. */
  readonly fps: number;
  /** x264's constant rate factor, from 40, smallest, to 10, best. */
  readonly rateFactor: number;
  /** Frames from one that can be jumped to, to the next: about a second. */
  readonly keyFrameInterval: number;
}

const defaultQuality = 60;

/**
 * Tells what the options of a video mean to an encoder.
 *
 * @throws {UsageError} If one is out of bounds; see `checkVideo`
 */
export function videoSettings(options: VideoOptions): VideoSettings {
  checkVideo(options);
  const { fps = defaultFps, quality = defaultQuality } = options;
  return {
    fps,
    rateFactor: 40 - 0.3 * quality,
    keyFrameInterval: Math.max(1, Math.round(fps)),
  };
}
