import type { LookupTable, VoiLutFunction, VoiWindow } from "../dicom/image_description.ts";

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

/** The values of interest of one image: what turns its real values into brightness (PS3.3 C.11.2). */
export type Voi = WindowVoi | TableVoi;
