import type { PixelImage } from "../../contrast/pixel_image.ts";
import type { Voi } from "../../contrast/voi.ts";
import { decodeFrame } from "../../dicom/decode_frame.ts";
import type { Frame } from "../../dicom/frame.ts";
import type { ImageDescription } from "../../dicom/image_description.ts";
import type { ImageSize } from "../../mosaic/image_size.ts";
import { renderFrame } from "../../mosaic/render_frame.ts";
import { decodeTile } from "../slide/decode_tile.ts";

/** A picture to draw of a frame. */
export interface Drawing {
  /** What the frame is shown by. */
  readonly voi: Voi;
  /** The size in pixels. */
  readonly size: ImageSize;
}

/** Draws a frame by each of several views. */
function drawFrame(
  frame: Frame,
  description: ImageDescription,
  drawings: readonly Drawing[],
): PixelImage[] {
  return drawings.map(({ voi, size }) => renderFrame(frame, description, voi, size));
}

/** What can be done on any thread, for what goes in and comes out can be cloned. */
export const tasks = { decodeFrame, decodeTile, drawFrame };

/** The names and types of the tasks. */
export type Tasks = typeof tasks;
