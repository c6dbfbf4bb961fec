import type { Contrast } from "./contrast.ts";
import { contrastPresets } from "./contrast_presets.ts";

/**
 * Names a contrast for people, in ASCII, as a label on a picture wants it.
 *
 * @param contrast The contrast
 * @returns As in `CT lung 1500/-500`, `80/40`, `auto`, `embedded` or `embedded 1` (a view other than 0)
 *
 * @example Labels
 * ```ts
 * import { formatContrast, parseContrast } from "@dicom/series-preview/contrast";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(formatContrast(parseContrast("soft")), "CT soft tissue 400/50");
 * assertEquals(formatContrast(parseContrast("80,40")), "80/40");
 * ```
 */
export function formatContrast(contrast: Contrast): string {
  switch (contrast.kind) {
    case "auto":
      return "auto";
    case "embedded":
      return contrast.window === 0 ? "embedded" : `embedded ${contrast.window}`;
    case "window": {
      const label = contrastPresets.find((preset) => preset.name === contrast.name)?.label;
      const numbers = `${contrast.width}/${contrast.center}`;
      return label === undefined ? numbers : `${label} ${numbers}`;
    }
  }
}
