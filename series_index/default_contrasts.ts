import type { Contrast } from "../contrast/contrast.ts";
import { isGrey } from "../contrast/is_grey.ts";
import { needsAutoWindow } from "../contrast/needs_auto_window.ts";
import { parseContrast } from "../contrast/parse_contrast.ts";
import type { ImageDescription } from "../dicom/image_description.ts";

/** What shows most of what images of a modality have to show, beside what their files hold. */
const namesByModality: ReadonlyMap<string | null, readonly string[]> = new Map([
  ["CT", ["lung", "soft-tissue", "bone"]],
  ["MR", ["auto", "t1", "t2"]],
]);

/**
 * The contrasts to compare an image by where none are named: what its file holds, or a measured window
 * where it holds nothing, and the presets of CT or MR; of any other modality a measured window. Color
 * looks the same by all of them, and has one.
 *
 * @param modality Modality (0008,0060).
 * @param description The image's description.
 */
export function defaultContrasts(
  modality: string | null,
  description: ImageDescription,
): readonly Contrast[] {
  if (!isGrey(description)) return [embedded];
  const own = needsAutoWindow(embedded, description) ? "auto" : "embedded";
  const names = [own, ...namesByModality.get(modality) ?? ["auto"]];
  return [...new Set(names)].map(parseContrast);
}

const embedded: Contrast = { kind: "embedded", window: 0 };
