import type { ImageDescription } from "../dicom/image_description.ts";
import { displayAspect } from "../mosaic/display_aspect.ts";

/** Times that a picture of a series is longer than wide, or wider, at most. */
const mostTimes = 16;

/**
 * Whether a picture is so much longer one way than the other that a layout which follows it would
 * leave no room to all others: an error of its header, if not worse.
 */
export function isStrip(
  description: Pick<ImageDescription, "rows" | "columns" | "pixelAspect">,
): boolean {
  const aspect = displayAspect(description);
  return aspect > mostTimes || aspect < 1 / mostTimes;
}
