import { autoWindow } from "../contrast/auto_window.ts";
import type { Contrast } from "../contrast/contrast.ts";
import { needsAutoWindow } from "../contrast/needs_auto_window.ts";
import type { VoiWindow } from "../dicom/image_description.ts";
import type { DecodedSlice } from "./slice_reader.ts";

/**
 * Measures a window for each contrast over all slices of a sample that need one for it, so that
 * their pictures compare: every slice where it is `auto`, those without a view of their own where it
 * is `embedded`.
 */
export function measureWindows(
  contrasts: readonly Contrast[],
  sample: readonly DecodedSlice[],
): VoiWindow[] {
  // Whoever lacks a view lacks the later ones, too: contrasts that need as many slices need the same.
  const measured = new Map<number, VoiWindow>([[0, unusedWindow]]);
  return contrasts.map((contrast) => {
    const needy = sample.filter(({ description }) => needsAutoWindow(contrast, description));
    const window = measured.get(needy.length) ?? autoWindow(needy);
    measured.set(needy.length, window);
    return window;
  });
}

/** Stands where no slice needs one. */
const unusedWindow: VoiWindow = { center: 0, width: 1 };
