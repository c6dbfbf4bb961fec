import type { ImageDescription } from "../../dicom/image_description.ts";
import { isColored } from "./is_colored.ts";

/** Describes what {@linkcode shownTile} makes of the frames of an image. */
export function describeShown(description: ImageDescription): ImageDescription {
  if (!isColored(description)) return description;
  return {
    ...description,
    samplesPerPixel: 3,
    photometricInterpretation: "RGB",
    planarConfiguration: 0,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    pixelRepresentation: 0,
    padding: null,
    palette: null,
    segmentColors: null,
  };
}
