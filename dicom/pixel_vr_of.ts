import type { PixelDataLocation } from "./dicom_header.ts";
import type { PixelVR } from "./image_description.ts";
import { Tag } from "./tag.ts";

/** A key beside the keywords by which a row of the index tells what its pixels are read by. */
export const pixelVRKey = "_pixel_vr";

/** The value representation that an instance's pixels are read by, told by their element and how it was written. */
export function pixelVROf({ tag, vr }: Pick<PixelDataLocation, "tag" | "vr">): PixelVR {
  if (tag === Tag.FloatPixelData) return "OF";
  if (tag === Tag.DoubleFloatPixelData) return "OD";
  // What is written as UN is a string of bytes.
  return vr === "OW" ? "OW" : "OB";
}
