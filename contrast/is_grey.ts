import type { ImageDescription } from "../dicom/image_description.ts";

/** Whether an image is shown by windows: it has one sample a pixel, and that is no index of a color. */
export function isGrey(
  { samplesPerPixel, photometricInterpretation }: Pick<
    ImageDescription,
    "samplesPerPixel" | "photometricInterpretation"
  >,
): boolean {
  return samplesPerPixel === 1 && photometricInterpretation !== "PALETTE COLOR";
}
