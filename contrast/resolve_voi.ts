import type { ImageDescription, VoiWindow } from "../dicom/image_description.ts";
import { embeddedVoi } from "./embedded_voi.ts";
import type { Contrast } from "./contrast.ts";
import type { Voi } from "./voi.ts";

/**
 * Decides what turns one image's real values into brightness.
 *
 * Of what the file itself holds, a VOI LUT wins over a window of the same
 * number. A window of the file keeps its VOI LUT Function; one whose width is
 * not above 0, or below 1 for `LINEAR`, counts as absent. Presets, numbers and
 * measured windows are `LINEAR_EXACT`.
 *
 * @param contrast What the call asks for
 * @param description The image's description
 * @param fallback The window for `auto`, and for `embedded` where the file holds no such view; see {@linkcode autoWindow}
 * @returns What {@linkcode applyContrast} applies
 *
 * @example A file without a window takes the sample's
 * ```ts
 * import { parseContrast, resolveVoi } from "@dicom/series-preview/contrast";
 * import { assertEquals } from "@std/assert";
 *
 * const description = { windows: [], voiLutFunction: "LINEAR", voiTables: [] } as const;
 * const sample = { center: 40, width: 400 };
 * assertEquals(resolveVoi(parseContrast("embedded"), description, sample), {
 *   kind: "window",
 *   center: 40,
 *   width: 400,
 *   function: "LINEAR_EXACT",
 * });
 * ```
 */
export function resolveVoi(
  contrast: Contrast,
  description: Pick<ImageDescription, "windows" | "voiLutFunction" | "voiTables">,
  fallback: VoiWindow,
): Voi {
  switch (contrast.kind) {
    case "window":
      return exactWindow(contrast);
    case "auto":
      return exactWindow(fallback);
    case "embedded":
      return embeddedVoi(description, contrast.window) ?? exactWindow(fallback);
  }
}

function exactWindow({ center, width }: VoiWindow): Voi {
  return { kind: "window", center, width, function: "LINEAR_EXACT" };
}
