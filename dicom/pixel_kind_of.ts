import type { ImageDescription } from "./image_description.ts";
import { Tag } from "./tag.ts";

/** How the element that holds an instance's pixels keeps their values. */
export function pixelKindOf(tag: number): ImageDescription["pixelKind"] {
  if (tag === Tag.FloatPixelData) return "float";
  return tag === Tag.DoubleFloatPixelData ? "double" : "integer";
}
