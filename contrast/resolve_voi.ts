import type { VoiWindow } from "../dicom/image_description.ts";
import type { Contrast } from "./contrast.ts";
import type { EmbeddedViews } from "./embedded_views.ts";
import { embeddedVois } from "./embedded_vois.ts";
import type { Voi } from "./voi.ts";

/**
 * Decides what one image is shown by.
 *
 * Of what the file itself holds, VOI LUTs are counted before windows. A window
 * of the file keeps its VOI LUT Function; one whose width is not above 0, or
 * below 1 for `LINEAR`, counts as absent. Presets, numbers and measured windows
 * are `LINEAR_EXACT`. A segmentation holds the colors of its segments as its
 * first view, so that any other contrast shows its values in grey.
 *
 * @param contrast What the call asks for
 * @param views What the file itself holds, as in the image's description
 * @param fallback The window for `auto`, and for `embedded` where the file holds no such view; see {@linkcode autoWindow}
 * @returns What {@linkcode applyContrast} applies
 *
 * @example A file without a window takes the sample's
 * ```ts
 * import { parseContrast, resolveVoi } from "@dicom/series-preview/contrast";
 * import { assertEquals } from "@std/assert";
 *
 * const views = { windows: [], voiLutFunction: "LINEAR", voiTables: [], segmentColors: null } as const;
 * const sample = { center: 40, width: 400 };
 * assertEquals(resolveVoi(parseContrast("embedded"), views, sample), {
 *   kind: "window",
 *   center: 40,
 *   width: 400,
 *   function: "LINEAR_EXACT",
 * });
 * ```
 */
export function resolveVoi(
  contrast: Contrast,
  views: EmbeddedViews,
  fallback: VoiWindow,
): Voi {
  switch (contrast.kind) {
    case "window":
      return exactWindow(contrast);
    case "auto":
      return exactWindow(fallback);
    case "embedded":
      return embeddedVois(views)[contrast.window] ?? exactWindow(fallback);
  }
}

function exactWindow({ center, width }: VoiWindow): Voi {
  return { kind: "window", center, width, function: "LINEAR_EXACT" };
}
