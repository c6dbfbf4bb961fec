import { applyContrast } from "../../contrast/apply_contrast.ts";
import type { Voi } from "../../contrast/voi.ts";
import type { Frame } from "../../dicom/frame.ts";
import type { ImageDescription } from "../../dicom/image_description.ts";
import { isColored } from "./is_colored.ts";

/** What true color and palettes do not depend on. */
const unusedVoi: Voi = { kind: "window", center: 0, width: 1, function: "LINEAR_EXACT" };

/**
 * A tile as it is put together with others: color as 8-bit RGB, for there is no mean of two indices
 * of a palette; grey as stored values.
 */
export function shownTile(frame: Frame, description: ImageDescription): Frame {
  if (!isColored(description)) return frame;
  const { photometricInterpretation = description.photometricInterpretation } = frame;
  const { segmentColors } = description;
  const { width, height, data } = applyContrast(
    frame,
    { ...description, photometricInterpretation },
    segmentColors === null ? unusedVoi : { kind: "colors", palette: segmentColors },
  );
  return { rows: height, columns: width, samplesPerPixel: 3, data: new Uint8Array(data) };
}
