import type { Contrast } from "../contrast/contrast.ts";
import type { PixelImage } from "../contrast/pixel_image.ts";
import { resolveVoi } from "../contrast/resolve_voi.ts";
import type { VoiWindow } from "../dicom/image_description.ts";
import type { ImageSize } from "../mosaic/image_size.ts";
import type { DecodedSlice } from "./slice_reader.ts";
import type { Renderer } from "./workers/renderer.ts";

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
 * Draws one slice, a picture for each way.
 *
 * @throws {DecodeError} When its values cannot be shown.
 */
export function drawSlice(
  renderer: Renderer,
  { frame, description }: DecodedSlice,
  drawings: readonly SliceDrawing[],
): Promise<readonly PixelImage[]> {
  const views = drawings.map(({ contrast, window, size }) => ({
    voi: resolveVoi(contrast, description, window),
    size,
  }));
  return renderer.drawFrame(frame, description, views);
}
