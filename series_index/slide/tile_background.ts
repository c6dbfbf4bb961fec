import type { ImageDescription } from "../../dicom/image_description.ts";
import { isColored } from "./is_colored.ts";
import { shownTile } from "./shown_tile.ts";

/** A slide is bright where nothing is, for light shines through the glass. */
const glass: readonly number[] = [255, 255, 255];

/**
 * What is shown where a slide has no tile, sample by sample, as {@linkcode shownTile} shows tiles:
 * white in color; else what stands for padding, or for nothing.
 */
export function tileBackground(description: ImageDescription): readonly number[] {
  if (description.samplesPerPixel !== 1) return glass;
  const { photometricInterpretation, bitsStored, padding } = description;
  const inverted = photometricInterpretation === "MONOCHROME1";
  const value = padding?.low ?? (inverted ? 2 ** bitsStored - 1 : 0);
  if (!isColored(description)) return [value];
  const pixel = { rows: 1, columns: 1, samplesPerPixel: 1, data: Uint32Array.of(value) };
  return [...shownTile(pixel, description).data];
}
