import type { ImageDescription } from "../dicom/image_description.ts";
import { embeddedVoi } from "./embedded_voi.ts";
import type { Contrast } from "./contrast.ts";

/**
 * Whether an image can be drawn only after a window has been measured: a
 * mosaic draws the others as they come, and holds these back until it has all.
 *
 * @param contrast What the call asks for
 * @param description The image's description
 * @returns Whether {@linkcode resolveVoi} will answer its fallback
 *
 * @example A file without a window
 * ```ts
 * import { needsAutoWindow, parseContrast } from "@dicom/series-preview/contrast";
 * import { assertEquals } from "@std/assert";
 *
 * const description = { windows: [], voiLutFunction: "LINEAR", voiTables: [] } as const;
 * assertEquals(needsAutoWindow(parseContrast("embedded"), description), true);
 * assertEquals(needsAutoWindow(parseContrast("lung"), description), false);
 * ```
 */
export function needsAutoWindow(
  contrast: Contrast,
  description: Pick<ImageDescription, "windows" | "voiLutFunction" | "voiTables">,
): boolean {
  switch (contrast.kind) {
    case "window":
      return false;
    case "auto":
      return true;
    case "embedded":
      return embeddedVoi(description, contrast.window) === null;
  }
}
