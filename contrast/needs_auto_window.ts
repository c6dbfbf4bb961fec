import type { ImageDescription } from "../dicom/image_description.ts";
import type { Contrast } from "./contrast.ts";
import type { EmbeddedViews } from "./embedded_views.ts";
import { embeddedVois } from "./embedded_vois.ts";
import { isGrey } from "./is_grey.ts";

/**
 * Whether an image can be drawn only after a window has been measured: a
 * mosaic draws the others as they come, and holds these back until it has all.
 * Color images are drawn without one.
 *
 * @param contrast What the call asks for
 * @param description The image's description
 * @returns Whether the fallback of {@linkcode resolveVoi} matters to the picture
 *
 * @example A file without a window
 * ```ts
 * import { needsAutoWindow, parseContrast } from "@dicom/series-preview/contrast";
 * import { assertEquals } from "@std/assert";
 *
 * const description = {
 *   samplesPerPixel: 1,
 *   photometricInterpretation: "MONOCHROME2",
 *   windows: [],
 *   voiLutFunction: "LINEAR",
 *   voiTables: [],
 *   segmentColors: null,
 * } as const;
 * assertEquals(needsAutoWindow(parseContrast("embedded"), description), true);
 * assertEquals(needsAutoWindow(parseContrast("lung"), description), false);
 * ```
 */
export function needsAutoWindow(
  contrast: Contrast,
  description:
    & EmbeddedViews
    & Pick<ImageDescription, "samplesPerPixel" | "photometricInterpretation">,
): boolean {
  if (!isGrey(description)) return false;
  switch (contrast.kind) {
    case "window":
      return false;
    case "auto":
      return true;
    case "embedded":
      return embeddedVois(description).length <= contrast.window;
  }
}
