import type { DecodedFrame } from "./decode_baseline.ts";
import { readVideo } from "./read_video.ts";

/** Decodes every frame of a video by ffmpeg, or fails; anything it complains about is a failure. */
export async function decodeWithFfmpeg(
  program: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<DecodedFrame[]> {
  const { width, height } = readVideo(bytes);
  const path = await Deno.makeTempFile({ suffix: ".mp4" });
  try {
    await Deno.writeFile(path, bytes);
    const decode = ["-v", "warning", "-xerror", "-i", path];
    const { stdout, stderr, success } = await new Deno.Command(program, {
      args: [...decode, "-f", "rawvideo", "-pix_fmt", "yuv420p", "pipe:1"],
    }).output();
    const complaint = new TextDecoder().decode(stderr);
    if (!success || complaint !== "") throw new Error(`ffmpeg: ${complaint}`);
    const luma = width * height;
    return Array.from({ length: stdout.length / (luma * 3 / 2) }, (_, number) => {
      const frame = stdout.subarray(number * luma * 3 / 2, (number + 1) * luma * 3 / 2);
      return {
        width,
        height,
        planes: [
          frame.subarray(0, luma),
          frame.subarray(luma, luma * 5 / 4),
          frame.subarray(luma * 5 / 4),
        ],
      };
    });
  } finally {
    await Deno.remove(path);
  }
}
