import type { PixelImage } from "../../contrast/pixel_image.ts";
import type { AbortOptions } from "../../runtime/abort_options.ts";
import { H264Encoder } from "./h264_encoder.ts";
import { remuxVideo } from "./remux_video.ts";
import type { VideoOptions } from "./video_options.ts";
import { videoSettings } from "./video_settings.ts";
import { yuvFrames } from "./yuv_frames.ts";

/** How a video is encoded. */
export interface EncodeVideoOptions extends VideoOptions, AbortOptions {}

/**
 * Encodes images as an MP4 video: H.264 (ISO/IEC 14496-10), Baseline profile, YUV 4:2:0, with a
 * frame to jump to about every second.
 *
 * An image is asked for when the one before is encoded, so that there is but one at a time.
 *
 * @param frames The images in the order that they are shown in, grey or RGB, all of one size, both sides even and at
 * most 4096
 * @param options Frames a second and the quality
 * @returns The bytes of the file
 * @throws {UsageError} If an option is out of bounds, there is no image, or they have not such a size
 * @throws {OutputError} If the encoder fails
 *
 * @example A square that fades in
 * ```ts
 * import { encodeVideo } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * function* fade() {
 *   for (let grey = 0; grey < 256; grey += 32) {
 *     yield { width: 16, height: 16, channels: 1, data: new Uint8Array(256).fill(grey) } as const;
 *   }
 * }
 * const bytes = await encodeVideo(fade(), { fps: 8 });
 * assertEquals(new TextDecoder().decode(bytes.subarray(4, 8)), "ftyp");
 * ```
 */
export async function encodeVideo(
  frames: Iterable<PixelImage> | AsyncIterable<PixelImage>,
  options: EncodeVideoOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const settings = videoSettings(options);
  let encoder: H264Encoder | undefined;
  try {
    for await (const frame of yuvFrames(frames, options)) {
      encoder ??= await H264Encoder.open(frame, settings);
      encoder.add(frame.data);
    }
    return await remuxVideo(encoder!.finish(), settings);
  } finally {
    encoder?.close();
  }
}
