import { isGrey } from "../../contrast/is_grey.ts";
import type { ImageDescription } from "../../dicom/image_description.ts";

/** Whether tiles are put together in color: they are, or they are segments that have colors. */
export function isColored(description: ImageDescription): boolean {
  return !isGrey(description) || description.segmentColors !== null;
}
