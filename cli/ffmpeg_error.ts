import { OutputError } from "../errors.ts";

/** `ffmpeg` did not make a video, which another encoder may. */
export class FfmpegError extends OutputError {}
