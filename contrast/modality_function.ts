import type { ImageDescription } from "../dicom/image_description.ts";
import { lookUp } from "./look_up.ts";

/** The modality LUT (PS3.3 C.11.1): a stored value to a real one. */
export function modalityFunction(
  description: Pick<ImageDescription, "modalityTable" | "rescaleSlope" | "rescaleIntercept">,
): (stored: number) => number {
  const { modalityTable, rescaleSlope, rescaleIntercept } = description;
  if (modalityTable) return (stored) => lookUp(modalityTable, stored);
  return (stored) => stored * rescaleSlope + rescaleIntercept;
}
