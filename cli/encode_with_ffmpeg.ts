import { join } from "@std/path";
import type { PixelImage } from "../contrast/pixel_image.ts";
import type { EncodeVideoOptions } from "../mosaic/video/encode_video.ts";
import { videoSettings } from "../mosaic/video/video_settings.ts";
import { yuvFrames } from "../mosaic/video/yuv_frames.ts";
import { FfmpegError } from "./ffmpeg_error.ts";
import { FfmpegProcess } from "./ffmpeg_process.ts";
import { temporaryFiles } from "./temporary_files.ts";

/** How `ffmpeg` encodes a video, and which. */
export interface FfmpegEncodeOptions extends EncodeVideoOptions {
  /** Path of the program. */
  readonly program: string;
}

/**
 * Encodes images as an MP4 video by `ffmpeg`, otherwise as `encodeVideo` does: H.264 by libx264, what
 * players need to know first. It needs a file that it can go back in, so that it writes to a
 * temporary one.
 *
 * @throws {UsageError} When an option is out of bounds, there is no image, or they differ in size.
 * @throws {FfmpegError} When ffmpeg fails.
 */
export async function encodeWithFfmpeg(
  images: Iterable<PixelImage> | AsyncIterable<PixelImage>,
  options: FfmpegEncodeOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { program, signal } = options;
  const settings = videoSettings(options);
  signal?.throwIfAborted();
  const folder = await makeFolder();
  const file = join(folder, "video.mp4");
  let ffmpeg: FfmpegProcess | undefined;
  const kill = () => ffmpeg?.kill();
  signal?.addEventListener("abort", kill);
  temporaryFiles.add(folder);
  try {
    for await (const size of yuvFrames(images, options)) {
      ffmpeg ??= FfmpegProcess.start({ program, size, settings, file });
      if (!await ffmpeg.write(size.data)) break;
    }
    await ffmpeg!.finish();
    return await readVideo(file);
  } catch (error) {
    // An abort makes ffmpeg fail.
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", kill);
    await ffmpeg?.close();
    await Deno.remove(folder, { recursive: true });
    temporaryFiles.delete(folder);
  }
}

async function makeFolder(): Promise<string> {
  try {
    return await Deno.makeTempDir({ prefix: "series-preview-" });
  } catch (cause) {
    throw new FfmpegError("ffmpeg has no folder for temporary files", { cause });
  }
}

async function readVideo(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(file);
  } catch (cause) {
    throw new FfmpegError("ffmpeg failed: it wrote no video", { cause });
  }
}
