import type {
  ColorPalette,
  LookupTable,
  VoiLutFunction,
  VoiWindow,
} from "../dicom/image_description.ts";

/** A window with the function that it is applied by. */
export interface WindowVoi extends VoiWindow {
  /** Tells it from a table. */
  readonly kind: "window";
  /** VOI LUT Function (0028,1056). */
  readonly function: VoiLutFunction;
}

/** A VOI lookup table of the file (PS3.3 C.11.2.1.1). */
export interface TableVoi {
  /** Tells it from a window. */
  readonly kind: "table";
  /** The table; its entries become brightness by its bits. */
  readonly table: LookupTable;
}

/** The colors of a segmentation's stored values (PS3.3 C.8.20), past rescaling and inversion. */
export interface ColorsVoi {
  /** Tells it from windows and tables. */
  readonly kind: "colors";
  /** From stored values to colors. */
  readonly palette: ColorPalette;
}

/** What one image is shown by: from its real values to brightness (PS3.3 C.11.2), or to its segments' colors. */
export type Voi = WindowVoi | TableVoi | ColorsVoi;
