import type { ImageDescription } from "../dicom/image_description.ts";

/**
 * What a file itself holds to be shown by: the colors of its segments, its VOI LUTs and its windows.
 *
 * Its views are counted from 0 in that order.
 */
export type EmbeddedViews = Pick<
  ImageDescription,
  "segmentColors" | "voiTables" | "windows" | "voiLutFunction"
>;
