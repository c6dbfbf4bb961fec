import type { Frame } from "../dicom/frame.ts";
import type { ImageDescription } from "../dicom/image_description.ts";

/** A frame with the description of the image that it is of. */
export interface ContrastSample {
  /** Stored values. */
  readonly frame: Frame;
  /** The description of the image. */
  readonly description: ImageDescription;
}
