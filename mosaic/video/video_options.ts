/** How a video is encoded. */
export interface VideoOptions {
  /** Frames a second, from 0.1 to 120; 24 when absent. */
  readonly fps?: number | undefined;
  /** From 0, smallest, to 100, best; 60 when absent. */
  readonly quality?: number | undefined;
}

/** Frames a second when nothing else is asked for. */
export const defaultFps = 24;

/** The longest side of a video: what decoders in hardware can be trusted to show. */
export const maxVideoSide = 4096;
