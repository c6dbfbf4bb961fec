import type { LookupTable, VoiLutFunction, VoiWindow } from "../dicom/image_description.ts";

/** A window with the function that it is applied by. */
export interface WindowVoi extends VoiWindow {
  readonly kind: "window";
  readonly function: VoiLutFunction;
}

/** A VOI lookup table of the file (PS3.3 C.11.2.1.1). */
export interface TableVoi {
  readonly kind: "table";
  readonly table: LookupTable;
}

/** The values of interest of one image: what turns its real values into brightness (PS3.3 C.11.2). */
export type Voi = WindowVoi | TableVoi;
