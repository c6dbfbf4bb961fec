import type { Frame, PixelArray } from "../../dicom/frame.ts";
import type { ImageDescription } from "../../dicom/image_description.ts";

/** A signed 16-bit grey image without anything special, save what is given. */
export function sampleDescription(changes: Partial<ImageDescription> = {}): ImageDescription {
  return {
    transferSyntaxUID: "1.2.840.10008.1.2.1",
    rows: 1,
    columns: 1,
    numberOfFrames: 1,
    samplesPerPixel: 1,
    bitsAllocated: 16,
    bitsStored: 16,
    highBit: 15,
    pixelRepresentation: 1,
    photometricInterpretation: "MONOCHROME2",
    planarConfiguration: 0,
    pixelKind: "integer",
    rescaleSlope: 1,
    rescaleIntercept: 0,
    modalityTable: null,
    windows: [],
    voiLutFunction: "LINEAR",
    voiTables: [],
    padding: null,
    palette: null,
    pixelAspect: 1,
    ...changes,
  };
}

/** A frame of one row. */
export function sampleFrame(data: PixelArray, samplesPerPixel = 1): Frame {
  return { rows: 1, columns: data.length / samplesPerPixel, samplesPerPixel, data };
}
