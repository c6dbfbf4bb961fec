import type { ImageDescription } from "../../dicom/image_description.ts";
import { UsageError } from "../../errors.ts";
import { checkWhole } from "../check_whole.ts";
import type { ImageSize } from "../image_size.ts";
import type { MosaicCell } from "../plan_mosaic.ts";
import { maxVideoSide } from "./video_options.ts";

/** What a call asks of a video's size. */
export interface VideoLayoutOptions {
  /** Width in pixels, from 1 to 4096; that of the largest picture, up to 1024 a side, when absent. */
  readonly width?: number | undefined;
}

/** Where the pictures of a video go; width and height are even, as players want them. */
export interface VideoLayout extends ImageSize {
  /** The one place that all pictures fit inside. */
  readonly cells: readonly [MosaicCell];
}

/** More is seldom seen on a screen, and costs time. */
const defaultMaxSide = 1024;

/**
 * Decides the size of a video from those of its pictures: large enough to show each as it is, its
 * pixels made square, or smaller by as much as is asked.
 *
 * Colors have half the resolution in nearly all videos, and so both sides must be even: a picture
 * with an odd side keeps its size, and gets one more row or column that is black.
 *
 * @param pictures Rows, columns and the shape of a pixel of each picture, one at least
 * @param options What the call asks
 * @returns The layout, for {@linkcode tileImages} to put a picture in place with
 * @throws {UsageError} If the width is not a whole number from 1 to 4096, or the height that follows is beyond that
 *
 * @example A slice of odd size
 * ```ts
 * import { planVideo } from "@dicom/series-preview/mosaic";
 * import { assertEquals } from "@std/assert";
 *
 * const { width, height, cells } = planVideo([{ rows: 301, columns: 400, pixelAspect: 1 }]);
 * assertEquals([width, height], [400, 302]);
 * assertEquals(cells, [{ x: 0, y: 0, width: 400, height: 301 }]);
 * ```
 */
export function planVideo(
  pictures: Iterable<Pick<ImageDescription, "rows" | "columns" | "pixelAspect">>,
  options: VideoLayoutOptions = {},
): VideoLayout {
  if (options.width !== undefined) checkWhole("width", options.width, 1, maxVideoSide);
  let across = 1;
  let down = 1;
  for (const { rows, columns, pixelAspect } of pictures) {
    across = Math.max(across, columns, columns / pixelAspect);
    down = Math.max(down, rows, rows * pixelAspect);
  }
  const scale = options.width === undefined
    ? Math.min(1, defaultMaxSide / Math.max(across, down))
    : options.width / across;
  const box = {
    width: Math.max(1, Math.round(across * scale)),
    height: Math.max(1, Math.round(down * scale)),
  };
  if (!(box.height <= maxVideoSide)) {
    throw new UsageError(
      `the video would be ${box.width} × ${box.height} pixels: no side may be beyond ` +
        `${maxVideoSide}; give a smaller width`,
    );
  }
  const even = (side: number) => side + side % 2;
  return {
    width: even(box.width),
    height: even(box.height),
    cells: [{ x: 0, y: 0, ...box }],
  };
}
