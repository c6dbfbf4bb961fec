import type { Frame, PixelArray } from "../../dicom/frame.ts";
import type { ImageDescription } from "../../dicom/image_description.ts";
import { sampleDescription as sample } from "../dicom/sample_description.ts";

/** A signed 16-bit grey image without anything special, save what is given. */
export function sampleDescription(changes: Partial<ImageDescription> = {}): ImageDescription {
  return sample({ rows: 1, columns: 1, pixelRepresentation: 1, ...changes });
}

/** A frame of one row. */
export function sampleFrame(data: PixelArray, samplesPerPixel = 1): Frame {
  return { rows: 1, columns: data.length / samplesPerPixel, samplesPerPixel, data };
}
