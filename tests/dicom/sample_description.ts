import type { ImageDescription } from "@dicom/series-preview/dicom";

/** The description of one 16-bit frame of 2 × 3 pixels, but for what is given. */
export function sampleDescription(given: Partial<ImageDescription> = {}): ImageDescription {
  return {
    transferSyntaxUID: "1.2.840.10008.1.2.1",
    rows: 2,
    columns: 3,
    numberOfFrames: 1,
    samplesPerPixel: 1,
    bitsAllocated: 16,
    bitsStored: 16,
    highBit: 15,
    pixelRepresentation: 0,
    photometricInterpretation: "MONOCHROME2",
    planarConfiguration: 0,
    pixelKind: "integer",
    pixelVR: "OW",
    rescaleSlope: 1,
    rescaleIntercept: 0,
    modalityTable: null,
    windows: [],
    voiLutFunction: "LINEAR",
    voiTables: [],
    padding: null,
    palette: null,
    segmentColors: null,
    pixelAspect: 1,
    ...given,
  };
}
