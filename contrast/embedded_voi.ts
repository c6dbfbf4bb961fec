import type { ImageDescription } from "../dicom/image_description.ts";
import type { Voi } from "./voi.ts";

/** The view of a number (0 for the first) that a file itself holds; null when it holds no such view. */
export function embeddedVoi(
  description: Pick<ImageDescription, "windows" | "voiLutFunction" | "voiTables">,
  number: number,
): Voi | null {
  const table = description.voiTables[number];
  if (table) return { kind: "table", table };
  const window = description.windows[number];
  if (!window) return null;
  const { voiLutFunction } = description;
  const { center, width } = window;
  const usable = voiLutFunction === "LINEAR" ? width >= 1 : width > 0;
  return usable ? { kind: "window", center, width, function: voiLutFunction } : null;
}
