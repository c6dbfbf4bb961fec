import type { PixelImage } from "../../contrast/pixel_image.ts";
import { UsageError } from "../../errors.ts";
import type { AbortOptions } from "../../runtime/abort_options.ts";
import type { ImageSize } from "../image_size.ts";
import { toYuv } from "./to_yuv.ts";
import { maxVideoSide } from "./video_options.ts";

/** A frame as encoders take it. */
export interface YuvFrame extends ImageSize {
  /** YUV 4:2:0 in the colors of ITU-R BT.709 in its limited range, plane by plane. */
  readonly data: Uint8Array<ArrayBuffer>;
}

/**
 * Makes the frames of a video of images, one when it is asked for.
 *
 * @throws {UsageError} When there is no image, they differ in size, or a side is odd or
 * beyond 4096 pixels.
 */
export async function* yuvFrames(
  images: Iterable<PixelImage> | AsyncIterable<PixelImage>,
  { signal }: AbortOptions = {},
): AsyncGenerator<YuvFrame, void, unknown> {
  let first: ImageSize | null = null;
  signal?.throwIfAborted();
  for await (const image of images) {
    signal?.throwIfAborted();
    const { width, height } = image;
    first ??= { width, height };
    if (![width, height].every((side) => side % 2 === 0 && side >= 2 && side <= maxVideoSide)) {
      throw new UsageError(
        `a video of ${width} × ${height} pixels: both sides must be even, from 2 to ${maxVideoSide}`,
      );
    }
    if (width !== first.width || height !== first.height) {
      throw new UsageError(
        `an image of ${width} × ${height} pixels in a video of ${first.width} × ${first.height}: ` +
          "all must have one size",
      );
    }
    yield { width, height, data: toYuv(image) };
  }
  if (first === null) throw new UsageError("a video of no image: one is the least");
}
