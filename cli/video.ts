import { checkVideo } from "../mosaic/video/check_video.ts";
import { encodeVideo } from "../mosaic/video/encode_video.ts";
import { defaultFps } from "../mosaic/video/video_options.ts";
import { checkFramesOptions } from "../series_index/frames_options.ts";
import type { Invocation } from "./command.ts";
import { encodeWithFfmpeg } from "./encode_with_ffmpeg.ts";
import { FfmpegError } from "./ffmpeg_error.ts";
import { findProgram } from "./find_program.ts";
import { parseStack } from "./parse_stack.ts";
import { readContrast } from "./read_contrast.ts";
import { SeriesRun } from "./series_run.ts";
import { openVideoFile } from "./video_file.ts";

/** Runs `series-preview video SERIES OUTPUT`. */
export async function runVideo(invocation: Invocation): Promise<number> {
  const { options, operands, environment } = invocation;
  const request = {
    samples: options.number("samples"),
    start: options.number("start"),
    end: options.number("end"),
    width: options.number("width"),
    contrast: readContrast(options),
    stack: parseStack(options.text("stack")),
  };
  const { signal } = environment;
  const encoding = { fps: options.number("fps"), quality: options.number("quality"), signal };
  checkFramesOptions(request);
  checkVideo(encoding);
  const output = await openVideoFile(operands[1]!, environment);

  const run = new SeriesRun(invocation, output.isStdout);
  return await run.draw(operands[1]!, async (index, onProgress) => {
    const drawing = { ...request, onProgress };
    const { result, ...shown } = await withEncoder(
      run,
      await findProgram("ffmpeg", environment.env),
      (encode) => index.renderFrames(drawing, (frames) => encode(frames, encoding)),
    );
    const frames = shown.slices.length;
    if (frames < (request.samples ?? 0)) {
      run.note(
        `${frames} ${frames === 1 ? "frame" : "frames"}, not ${request.samples}: ` +
          "there are no more slices to show",
      );
    }
    return {
      drawn: { ...shown, frames, fps: encoding.fps ?? defaultFps },
      write: () => output.write(result),
    };
  });
}

/** Encodes by ffmpeg, where there is one; where there is none, or it fails, without it. */
async function withEncoder<T>(
  run: SeriesRun,
  ffmpeg: string | null,
  draw: (encode: typeof encodeVideo) => Promise<T>,
): Promise<T> {
  if (ffmpeg === null) {
    run.detail("no ffmpeg on PATH: encoded by h264-mp4-encoder");
    return await draw(encodeVideo);
  }
  try {
    const drawn = await draw((frames, options) => {
      return encodeWithFfmpeg(frames, { ...options, program: ffmpeg });
    });
    run.detail(`encoded by ${ffmpeg}`);
    return drawn;
  } catch (error) {
    if (!(error instanceof FfmpegError)) throw error;
    run.note(`${error.message}; encoding without it`);
    return await draw(encodeVideo);
  }
}
