import { DecodeError } from "../../errors.ts";
import type { AttributeValues } from "../attribute.ts";
import type { DicomJson } from "../dicom_json.ts";
import { frameCountOf } from "../frame_count_of.ts";
import { itemsOf, jsonItems, jsonNumbers, jsonText, numberOf, textOf } from "../plain_values.ts";
import {
  hasTilePositions,
  type PixelMatrix,
  pixelMatrixKeywords,
  readPixelMatrix,
} from "./read_pixel_matrix.ts";

/** One place of a total pixel matrix, and what lies there. */
export interface Tile {
  /** The matrix column of its left edge, counted from 0; may be outside of the matrix. */
  readonly column: number;
  /** The matrix row of its upper edge, counted from 0; may be outside of the matrix. */
  readonly row: number;
  /** The stored frames that are shown there, counted from 0: one, or one a segment. */
  readonly frames: readonly number[];
}

/** Where the frames of a slide lie in its total pixel matrix. */
export interface TilePlan {
  /** The size of the matrix. */
  readonly matrix: PixelMatrix;
  /** The places that have a frame, from top to bottom, in a row from left to right. */
  readonly tiles: readonly Tile[];
}

/** The attributes that {@linkcode planTiles} reads, by keyword. */
export const tilePlanKeywords: readonly string[] = [
  ...pixelMatrixKeywords,
  "TotalPixelMatrixFocalPlanes",
  "ConcatenationUID",
  "ConcatenationFrameOffsetNumber",
  "SharedFunctionalGroupsSequence",
  "PerFrameFunctionalGroupsSequence",
];

/** Segmentation Storage: its frames are of one segment each, unlike those of a label map. */
const segmentationStorage = "1.2.840.10008.5.1.4.1.1.66.4";

const planePositionSlide = "0048021A";
const columnPosition = "0048021E";
const rowPosition = "0048021F";
const opticalPathIdentificationSequence = "00480207";
const opticalPathIdentifier = "00480106";
const segmentIdentificationSequence = "0062000A";
const referencedSegmentNumber = "0062000B";

/**
 * Plans where the frames of a slide lie in its total pixel matrix.
 *
 * `TILED_FULL` frames follow each other by row of tiles, then focal plane, then optical path or
 * segment (PS3.3 C.7.6.17.3); others lie where their Plane Position (Slide) Sequence says, counted
 * from 1 there, and a place may have none. Tiles may hang over the edges of the matrix; those
 * outside of it are left out.
 *
 * Of several focal planes and optical paths the first is planned: the path of the first frame, and
 * at each place its frame that is stored first. All segments of a segmentation are planned, to be
 * shown over each other.
 *
 * @param values The attributes of the instance.
 * @returns The plan; null when the frames are no tiles.
 * @throws {DecodeError} When the attributes do not tell where the frames lie.
 *
 * @example Four tiles of a matrix that the right ones hang over
 * ```ts
 * import { planTiles } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const plan = planTiles({
 *   DimensionOrganizationType: "TILED_FULL",
 *   TotalPixelMatrixColumns: 300,
 *   TotalPixelMatrixRows: 512,
 *   NumberOfFrames: 4,
 *   Columns: 256,
 *   Rows: 256,
 * });
 * assertEquals(plan?.tiles[3], { column: 256, row: 256, frames: [3] });
 * ```
 */
export function planTiles(values: AttributeValues): TilePlan | null {
  const matrix = readPixelMatrix(values);
  if (matrix === null) return null;
  const width = numberOf(values, "Columns")!;
  const height = numberOf(values, "Rows")!;
  const single = frameCountOf(values) === 1 && width === matrix.columns && height === matrix.rows;
  const inOrder = single || textOf(values, "DimensionOrganizationType") === "TILED_FULL" ||
    !hasTilePositions(values);
  const placed = inOrder ? placeInOrder(values, matrix) : placeByPosition(values);
  const tiles = placed
    .filter(({ column, row }) =>
      column < matrix.columns && row < matrix.rows && column + width > 0 && row + height > 0
    )
    .sort((a, b) => a.row - b.row || a.column - b.column);
  return { matrix, tiles };
}

/** Tiles without gaps, in the order of their frames. */
function placeInOrder(values: AttributeValues, matrix: PixelMatrix): Tile[] {
  const width = numberOf(values, "Columns")!;
  const height = numberOf(values, "Rows")!;
  const frameCount = frameCountOf(values);
  const across = Math.ceil(matrix.columns / width);
  const plane = across * Math.ceil(matrix.rows / height);
  const isPart = textOf(values, "ConcatenationUID") !== undefined;
  if (frameCount < plane && !isPart) {
    throw new DecodeError(
      `a total pixel matrix of ${matrix.columns} × ${matrix.rows} takes ${plane} tiles of ` +
        `${width} × ${height}, the instance has ${frameCount} and does not say where they lie`,
    );
  }
  // A part of a concatenation goes on where the one before it ends.
  const before = isPart ? numberOf(values, "ConcatenationFrameOffsetNumber") ?? 0 : 0;
  const first = Math.floor(before / plane);
  const planes = Math.max(1, numberOf(values, "TotalPixelMatrixFocalPlanes") ?? 1);
  const segmented = textOf(values, "SOPClassUID") === segmentationStorage;
  const frames = new Map<number, number[]>();
  for (let frame = 0; frame < frameCount; frame++) {
    const ordinal = Math.floor((before + frame) / plane);
    const shown = segmented ? (ordinal - first) % planes === 0 : ordinal === first;
    if (!shown) continue;
    const place = (before + frame) % plane;
    const there = frames.get(place);
    if (there === undefined) frames.set(place, [frame]);
    else there.push(frame);
  }
  return Array.from(frames, ([place, frames]) => ({
    column: place % across * width,
    row: Math.floor(place / across) * height,
    frames,
  }));
}

/** Tiles where the functional groups of their frames say. */
function placeByPosition(values: AttributeValues): Tile[] {
  const perFrame = itemsOf(values, "PerFrameFunctionalGroupsSequence");
  const shared = itemsOf(values, "SharedFunctionalGroupsSequence")[0];
  const group = (frame: number, sequence: string): DicomJson | undefined =>
    jsonItems(perFrame[frame], sequence)[0] ?? jsonItems(shared, sequence)[0];
  const opticalPath = (frame: number) =>
    jsonText(group(frame, opticalPathIdentificationSequence), opticalPathIdentifier);
  const shownPath = opticalPath(0);
  const places = new Map<string, { column: number; row: number; frames: Map<number, number> }>();
  for (let frame = 0; frame < frameCountOf(values); frame++) {
    if (opticalPath(frame) !== shownPath) continue;
    const position = group(frame, planePositionSlide);
    const column = jsonNumbers(position, columnPosition)[0];
    const row = jsonNumbers(position, rowPosition)[0];
    if (!Number.isInteger(column) || !Number.isInteger(row)) {
      throw new DecodeError(`nothing says where frame ${frame} lies in the total pixel matrix`);
    }
    const key = `${column} ${row}`;
    let place = places.get(key);
    if (place === undefined) {
      place = { column: column! - 1, row: row! - 1, frames: new Map() };
      places.set(key, place);
    }
    const segmentation = group(frame, segmentIdentificationSequence);
    const segment = jsonNumbers(segmentation, referencedSegmentNumber)[0] ?? 0;
    if (!place.frames.has(segment)) place.frames.set(segment, frame);
  }
  return [...places.values()].map((place) => ({ ...place, frames: [...place.frames.values()] }));
}
