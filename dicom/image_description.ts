/** A lookup table of PS3.3 C.11.1, C.11.2 or C.7.6.3.1.5. */
export interface LookupTable {
  /** The stored value that maps to the first entry; lower ones map to it too. */
  readonly firstValue: number;
  /** Bits of an entry, 8 to 16. */
  readonly bits: number;
  /** The entries. */
  readonly entries: Uint8Array | Uint16Array;
  /** What it is for, LUT Explanation (0028,3003), where the file tells. */
  readonly explanation?: string;
}

/** A window as the file gives it (0028,1050) and (0028,1051). */
export interface VoiWindow {
  /** Window center in the units of the modality LUT's output, such as HU. */
  readonly center: number;
  /** Window width in the same units. */
  readonly width: number;
  /** What it is for, Window Center & Width Explanation (0028,1055), where the file tells. */
  readonly explanation?: string;
}

/** VOI LUT Function (0028,1056). */
export type VoiLutFunction = "LINEAR" | "LINEAR_EXACT" | "SIGMOID";

/** Three lookup tables from stored values to colors. */
export interface ColorPalette {
  /** From stored value to red. */
  readonly red: LookupTable;
  /** From stored value to green. */
  readonly green: LookupTable;
  /** From stored value to blue. */
  readonly blue: LookupTable;
}

/** The value representation that pixels are read by; `OB` stands for every one that is bytes in their order. */
export type PixelVR = "OB" | "OW" | "OF" | "OD";

/** All that is needed to turn one frame's stored bytes into a picture (PS3.3 C.7.6.3, C.11.1, C.11.2). */
export interface ImageDescription {
  /** UID of the transfer syntax. */
  readonly transferSyntaxUID: string;
  /** Rows of a frame. */
  readonly rows: number;
  /** Columns of a frame. */
  readonly columns: number;
  /** Number of Frames, 1 when it is absent. */
  readonly numberOfFrames: number;
  /** 1 for monochrome and palette, 3 for color. */
  readonly samplesPerPixel: number;
  /** Bits of a cell: 1, 8, 16, 32 or 64. */
  readonly bitsAllocated: number;
  /** Bits of a cell that are the value. */
  readonly bitsStored: number;
  /** The value's highest bit in its cell, counted from 0. */
  readonly highBit: number;
  /** 0: unsigned; 1: two's complement. */
  readonly pixelRepresentation: 0 | 1;
  /** Photometric Interpretation as the header writes it. */
  readonly photometricInterpretation: string;
  /** 0: color by pixel; 1: color by plane. */
  readonly planarConfiguration: 0 | 1;
  /** How pixel values are kept: Pixel Data, Float Pixel Data or Double Float Pixel Data. */
  readonly pixelKind: "integer" | "float" | "double";
  /** The value representation of the pixel data; null where it is not known, which counts as `OB`. */
  readonly pixelVR: PixelVR | null;
  /** Stored values × slope + intercept are real values, unless {@linkcode modalityTable} is there. */
  readonly rescaleSlope: number;
  /** Added to the scaled stored value. */
  readonly rescaleIntercept: number;
  /** The Modality LUT, which goes before slope and intercept. */
  readonly modalityTable: LookupTable | null;
  /** Usable windows in the file's order; those of a width that counts as absent are left out. */
  readonly windows: readonly VoiWindow[];
  /** How the file's windows are applied. */
  readonly voiLutFunction: VoiLutFunction;
  /** The VOI LUTs of the file. */
  readonly voiTables: readonly LookupTable[];
  /** Stored values from low to high are padding, both included; null for none. */
  readonly padding: { readonly low: number; readonly high: number } | null;
  /** The tables of a PALETTE COLOR image. */
  readonly palette: ColorPalette | null;
  /** The colors of a segmentation's stored values, as its segments recommend them; null for all else. */
  readonly segmentColors: ColorPalette | null;
  /** Height of a pixel divided by its width as displayed; 1 when square or unknown. */
  readonly pixelAspect: number;
}
