import type { PixelSource } from "./pixel_source.ts";

/** Length of the pixel data's value, or of what is left of the object; null where neither is known. */
export function valueLengthOf(
  { pixelLength, fileSize }: PixelSource,
  pixelOffset: number,
): number | null {
  return pixelLength ?? (fileSize === null ? null : fileSize - pixelOffset);
}
