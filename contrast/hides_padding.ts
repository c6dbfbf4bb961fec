import type { ImageDescription } from "../dicom/image_description.ts";
import type { Contrast } from "./contrast.ts";
import { modalityFunction } from "./modality_function.ts";
import { needsAutoWindow } from "./needs_auto_window.ts";
import { resolveVoi } from "./resolve_voi.ts";
import { voiFunction } from "./voi_function.ts";

/**
 * Whether padding would be as black as it is drawn if it were drawn like any other value, as the
 * −2000 around a CT is: then nothing is lost where it is mixed with its neighbors. True, too, where
 * there is no padding.
 *
 * Never so of a contrast that is measured, which mixed values would count in, nor of lookup tables,
 * which need not rise.
 */
export function hidesPadding(contrast: Contrast, description: ImageDescription): boolean {
  const { padding, photometricInterpretation } = description;
  if (padding === null) return true;
  if (needsAutoWindow(contrast, description)) return false;
  const voi = resolveVoi(contrast, description, { center: 0, width: 1 });
  if (voi.kind !== "window" || description.modalityTable !== null) return false;
  const toReal = modalityFunction(description);
  const toGrey = voiFunction(voi);
  const black = photometricInterpretation === "MONOCHROME1" ? 255 : 0;
  return [padding.low, padding.high].every((stored) =>
    Math.round(toGrey(toReal(stored))) === black
  );
}
