import type { AttributeValues } from "../attribute.ts";
import { readPixelMatrix, slideImageFlavor } from "./read_pixel_matrix.ts";

/** Where an image of a slide is shown among the others: what it shows, then its pixels. */
export type SlideOrder = readonly [kind: number, pixels: number];

/** What shows the tissue comes first; LOCALIZER is the retired name of an overview. */
const kinds: Readonly<Record<string, number>> = { OVERVIEW: 1, LOCALIZER: 1, LABEL: 2 };

/**
 * Tells where an image of a slide is shown: the levels of its pyramid and thumbnails first, the
 * smallest first, then the overview of the whole slide, then its label.
 *
 * @param values The attributes of the instance.
 * @returns Null for what is no image of a slide.
 */
export function slideOrder(values: AttributeValues): SlideOrder | null {
  const matrix = readPixelMatrix(values);
  if (matrix === null) return null;
  return [kinds[slideImageFlavor(values) ?? ""] ?? 0, matrix.columns * matrix.rows];
}
