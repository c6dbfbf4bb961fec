import type { AttributeValues } from "../attribute.ts";
import { itemsOf, jsonNumbers, jsonText, numberOf, textOf } from "../plain_values.ts";
import {
  type PixelMatrix,
  pixelMatrixKeywords,
  readPixelMatrix,
  slideImageFlavor,
} from "./read_pixel_matrix.ts";

/** An image of a slide that others of its series may be smaller or larger forms of. */
export interface PyramidLevel {
  /** The size of its total pixel matrix. */
  readonly matrix: PixelMatrix;
  /** What all levels of a pyramid have in common, and no two pyramids. */
  readonly pyramid: string;
  /** Where the matrix begins in the slide's coordinates, x and y in millimeters; empty when unknown. */
  readonly origin: readonly number[];
}

/** The attributes that {@linkcode readPyramidLevel} reads, by keyword. */
export const pyramidLevelKeywords: readonly string[] = [
  ...pixelMatrixKeywords,
  "ConcatenationUID",
  "FrameOfReferenceUID",
  "PyramidUID",
  "SamplesPerPixel",
  "OpticalPathSequence",
  "TotalPixelMatrixOriginSequence",
];

const opticalPathIdentifier = "00480106";
const xOffsetInSlide = "0040072A";
const yOffsetInSlide = "0040073A";

/**
 * Reads what tells whether two images of a slide are levels of one pyramid: SOP class, frame of
 * reference, Pyramid UID, samples and optical paths.
 *
 * @param values The attributes of the instance.
 * @returns Null for a label, an overview, and what is no image of a slide.
 */
export function readPyramidLevel(values: AttributeValues): PyramidLevel | null {
  const flavor = slideImageFlavor(values);
  const frameOfReference = textOf(values, "FrameOfReferenceUID");
  if ((flavor !== "VOLUME" && flavor !== "THUMBNAIL") || frameOfReference === undefined) {
    return null;
  }
  // A part of a concatenation has not all of the picture.
  if (textOf(values, "ConcatenationUID") !== undefined) return null;
  const matrix = readPixelMatrix(values);
  if (matrix === null) return null;
  const paths = itemsOf(values, "OpticalPathSequence");
  const [origin] = itemsOf(values, "TotalPixelMatrixOriginSequence");
  return {
    matrix,
    pyramid: JSON.stringify([
      textOf(values, "SOPClassUID"),
      frameOfReference,
      textOf(values, "PyramidUID"),
      numberOf(values, "SamplesPerPixel"),
      ...paths.map((path) => jsonText(path, opticalPathIdentifier)),
    ]),
    origin: [xOffsetInSlide, yOffsetInSlide].flatMap((tag) => jsonNumbers(origin, tag).slice(0, 1)),
  };
}
