import type { Contrast } from "../contrast/contrast.ts";
import type { PixelImage } from "../contrast/pixel_image.ts";
import { resolveVoi } from "../contrast/resolve_voi.ts";
import type { VoiWindow } from "../dicom/image_description.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import { renderFrame } from "../mosaic/render_frame.ts";
import type { DecodedSlice } from "./slice_reader.ts";

/** How a slice is drawn. */
export interface SliceDrawing {
  /** What turns real values into brightness. */
  readonly contrast: Contrast;
  /** The window where the contrast is a measured one, or the file holds no such view. */
  readonly window: VoiWindow;
  /** The size in pixels. */
  readonly size: ImageSize;
}

/**
 * Draws one slice.
 *
 * @throws {DecodeError} When its values cannot be shown.
 */
export function drawSlice(
  { frame, description }: DecodedSlice,
  { contrast, window, size }: SliceDrawing,
): PixelImage {
  return renderFrame(frame, description, resolveVoi(contrast, description, window), size);
}
