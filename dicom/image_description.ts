/** A lookup table of PS3.3 C.11.1, C.11.2 or C.7.6.3.1.5. */
export interface LookupTable {
  /** The stored value that maps to the first entry; lower ones map to it too. */
  readonly firstValue: number;
  /** Bits of an entry, 8 to 16. */
  readonly bits: number;
  /** The entries. */
  readonly entries: Uint8Array | Uint16Array;
}

/** A window as the file gives it (0028,1050) and (0028,1051). */
export interface VoiWindow {
  /** Window center in the units of the modality LUT's output, such as HU. */
  readonly center: number;
  /** Window width in the same units. */
  readonly width: number;
}

/** VOI LUT Function (0028,1056). */
export type VoiLutFunction = "LINEAR" | "LINEAR_EXACT" | "SIGMOID";

/** The three lookup tables of a PALETTE COLOR image. */
export interface ColorPalette {
  readonly red: LookupTable;
  readonly green: LookupTable;
  readonly blue: LookupTable;
}

/** All that is needed to turn one frame's stored bytes into a picture (PS3.3 C.7.6.3, C.11.1, C.11.2). */
export interface ImageDescription {
  readonly transferSyntaxUID: string;
  readonly rows: number;
  readonly columns: number;
  readonly numberOfFrames: number;
  readonly samplesPerPixel: number;
  readonly bitsAllocated: number;
  readonly bitsStored: number;
  readonly highBit: number;
  /** 0: unsigned; 1: two's complement. */
  readonly pixelRepresentation: 0 | 1;
  readonly photometricInterpretation: string;
  /** 0: color by pixel; 1: color by plane. */
  readonly planarConfiguration: 0 | 1;
  /** How pixel values are kept: Pixel Data, Float Pixel Data or Double Float Pixel Data. */
  readonly pixelKind: "integer" | "float" | "double";
  /** Stored values × slope + intercept are real values, unless {@linkcode modalityTable} is there. */
  readonly rescaleSlope: number;
  readonly rescaleIntercept: number;
  readonly modalityTable: LookupTable | null;
  /** Usable windows in the file's order; those of a width that counts as absent are left out. */
  readonly windows: readonly VoiWindow[];
  readonly voiLutFunction: VoiLutFunction;
  readonly voiTables: readonly LookupTable[];
  /** Stored values from low to high are padding, both included; null for none. */
  readonly padding: { readonly low: number; readonly high: number } | null;
  readonly palette: ColorPalette | null;
  /** Height of a pixel divided by its width as displayed; 1 when square or unknown. */
  readonly pixelAspect: number;
}
