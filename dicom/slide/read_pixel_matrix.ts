import type { AttributeValues } from "../attribute.ts";
import { frameCountOf } from "../frame_count_of.ts";
import { numberOf, textOf } from "../plain_values.ts";

/** The size of a total pixel matrix, the picture that the tiles of a slide are of. */
export interface PixelMatrix {
  /** Total Pixel Matrix Columns (0048,0006). */
  readonly columns: number;
  /** Total Pixel Matrix Rows (0048,0007). */
  readonly rows: number;
}

/** VL Whole Slide Microscopy Image Storage and Confocal Microscopy Tiled Pyramidal Image Storage. */
const slideClasses: ReadonlySet<string | undefined> = new Set([
  "1.2.840.10008.5.1.4.1.1.77.1.6",
  "1.2.840.10008.5.1.4.1.1.77.1.9",
]);

/** Plane Position (Slide) Sequence as DICOM JSON names it. */
const planePositionSlide = '"0048021A"';

/**
 * The attributes that {@linkcode readPixelMatrix} reads, by keyword, but for the per-frame functional
 * groups: they are long, and only where nothing else tells that frames are tiles do they count.
 */
export const pixelMatrixKeywords: readonly string[] = [
  "SOPClassUID",
  "ImageType",
  "NumberOfFrames",
  "Rows",
  "Columns",
  "TotalPixelMatrixColumns",
  "TotalPixelMatrixRows",
  "DimensionOrganizationType",
];

/**
 * Tells whether an instance's frames are tiles of one picture, and how large that is (PS3.3
 * C.7.6.17.3, C.8.12.4).
 *
 * A label, an overview or a thumbnail is a single frame, which its total pixel matrix need not be of.
 *
 * @param values The attributes of the instance.
 * @returns The size in pixels; null when the frames are pictures of their own.
 */
export function readPixelMatrix(values: AttributeValues): PixelMatrix | null {
  const ofSlide = slideClasses.has(textOf(values, "SOPClassUID"));
  const columns = sizeOf(values, "TotalPixelMatrixColumns");
  const rows = sizeOf(values, "TotalPixelMatrixRows");
  const known = columns !== null && rows !== null;
  if (ofSlide && frameCountOf(values) === 1 && (!known || slideImageFlavor(values) !== "VOLUME")) {
    const frame = { columns: sizeOf(values, "Columns"), rows: sizeOf(values, "Rows") };
    return frame.columns === null || frame.rows === null ? null : frame as PixelMatrix;
  }
  if (!known) return null;
  const tiled = ofSlide || textOf(values, "DimensionOrganizationType")?.startsWith("TILED_") ||
    hasTilePositions(values);
  return tiled ? { columns, rows } : null;
}

/** Image Type (0008,0008) value 3: `VOLUME`, `THUMBNAIL`, `OVERVIEW` or `LABEL` of a slide (C.8.12.4.1.1). */
export function slideImageFlavor({ ImageType: type }: AttributeValues): string | null {
  return Array.isArray(type) && typeof type[2] === "string" ? type[2] : null;
}

/** Whether the per-frame functional groups say where tiles lie, without parsing them. */
export function hasTilePositions(values: AttributeValues): boolean {
  return textOf(values, "PerFrameFunctionalGroupsSequence")?.includes(planePositionSlide) ?? false;
}

function sizeOf(values: AttributeValues, keyword: string): number | null {
  const size = numberOf(values, keyword) ?? 0;
  return Number.isInteger(size) && size > 0 ? size : null;
}
