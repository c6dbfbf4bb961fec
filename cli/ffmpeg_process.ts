import type { ImageSize } from "../mosaic/image_size.ts";
import type { VideoSettings } from "../mosaic/video/video_settings.ts";
import { FfmpegError } from "./ffmpeg_error.ts";

/** What {@linkcode FfmpegProcess.start} is told. */
export interface FfmpegOptions {
  /** Path of the program. */
  readonly program: string;
  /** Size of the frames, both sides even. */
  readonly size: ImageSize;
  readonly settings: VideoSettings;
  /** Path of the file to write. */
  readonly file: string;
}

/** Characters of what ffmpeg complains about that are kept: the last ones. */
const keptComplaint = 2048;

/** A running `ffmpeg` that takes frames and writes a video. */
export class FfmpegProcess {
  readonly #child: Deno.ChildProcess;
  readonly #input: WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>;
  readonly #complaint: Promise<string>;

  private constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#input = child.stdin.getWriter();
    // Whether it goes on reading is told by writing.
    this.#input.closed.catch(() => {});
    this.#complaint = readEnd(child.stderr);
  }

  /**
   * Starts it.
   *
   * @throws {FfmpegError} When it cannot be started.
   */
  static start(options: FfmpegOptions): FfmpegProcess {
    const { program } = options;
    try {
      const command = new Deno.Command(program, {
        args: ffmpegArguments(options),
        stdin: "piped",
        stdout: "null",
        stderr: "piped",
      });
      return new FfmpegProcess(command.spawn());
    } catch (cause) {
      throw new FfmpegError(`cannot run ${program}`, { address: program, cause });
    }
  }

  /** Hands over a frame of YUV 4:2:0; answers whether it was taken. */
  async write(frame: Uint8Array<ArrayBuffer>): Promise<boolean> {
    return await settles(this.#input.write(frame));
  }

  /**
   * Ends the video, and waits for its file.
   *
   * @throws {FfmpegError} With the last line of what it complains about, when it failed.
   */
  async finish(): Promise<void> {
    const tookAll = await settles(this.#input.close());
    const { success, code, signal } = await this.#child.status;
    if (success && tookAll) return;
    const lines = (await this.#complaint).split(/[\r\n]+/).filter((line) => line.trim() !== "");
    const how = signal ?? (success ? "it took no more frames" : `status ${code}`);
    throw new FfmpegError(`ffmpeg failed: ${lines.at(-1)?.trim() ?? how}`);
  }

  /** Ends it at once, if it has not ended; returns before it has. */
  kill(): void {
    try {
      this.#child.kill("SIGKILL");
    } catch (error) {
      // It has ended by itself.
      if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  /** Makes sure that it has ended, and that nothing of it is left. */
  async close(): Promise<void> {
    this.kill();
    await settles(this.#input.abort());
    await this.#child.status;
    await this.#complaint;
  }
}

/** What makes it encode raw frames from standard input. */
function ffmpegArguments({ size, settings, file }: FfmpegOptions): string[] {
  const { fps, rateFactor, keyFrameInterval } = settings;
  const colors = "colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv";
  return [
    ...["-hide_banner", "-loglevel", "error", "-nostdin", "-y"],
    ...["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", `${size.width}x${size.height}`],
    ...["-framerate", String(fps), "-i", "pipe:0"],
    ...["-c:v", "libx264", "-crf", rateFactor.toFixed(1), "-g", String(keyFrameInterval)],
    ...["-pix_fmt", "yuv420p", "-x264-params", colors],
    ...["-movflags", "+faststart", "-f", "mp4", file],
  ];
}

async function readEnd(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let end = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    end = (end + text).slice(-keptComplaint);
  }
  return end;
}

async function settles(step: Promise<unknown>): Promise<boolean> {
  try {
    await step;
    return true;
  } catch {
    // Whoever reads has gone; how it ended tells why.
    return false;
  }
}
