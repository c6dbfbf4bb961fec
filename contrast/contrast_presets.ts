/** A window with names to call it by. */
export interface ContrastPreset {
  /** The full name, as in `ct-lung`. */
  readonly name: string;
  /** Shorter names. */
  readonly aliases: readonly string[];
  /** The name for people, as in `CT lung`. */
  readonly label: string;
  /** In HU for CT, in the units of the modality LUT's output else. */
  readonly width: number;
  /** In the same units as the width. */
  readonly center: number;
}

/**
 * The windows that {@linkcode parseContrast} knows by name.
 *
 * @example Listing the presets
 * ```ts
 * import { contrastPresets } from "@dicom/series-preview/contrast";
 * import { assertEquals } from "@std/assert";
 *
 * const [first] = contrastPresets;
 * assertEquals(first?.name, "ct-lung");
 * assertEquals(first?.width, 1500);
 * ```
 */
export const contrastPresets: readonly ContrastPreset[] = [
  { name: "ct-lung", aliases: ["lung"], label: "CT lung", width: 1500, center: -500 },
  { name: "ct-bone", aliases: ["bone"], label: "CT bone", width: 2000, center: 300 },
  { name: "ct-abdomen", aliases: ["abdomen"], label: "CT abdomen", width: 350, center: 50 },
  { name: "ct-brain", aliases: ["brain"], label: "CT brain", width: 80, center: 40 },
  {
    name: "ct-mediastinum",
    aliases: ["mediastinum", "media"],
    label: "CT mediastinum",
    width: 350,
    center: 50,
  },
  { name: "ct-vascular", aliases: ["vascular"], label: "CT vascular", width: 700, center: 200 },
  { name: "ct-liver", aliases: ["liver"], label: "CT liver", width: 150, center: 30 },
  {
    name: "ct-soft-tissue",
    aliases: ["soft-tissue", "soft"],
    label: "CT soft tissue",
    width: 400,
    center: 50,
  },
  { name: "mr-t1", aliases: ["t1"], label: "MR T1", width: 700, center: 300 },
  { name: "mr-t2", aliases: ["t2"], label: "MR T2", width: 475, center: 155 },
  { name: "mr-proton", aliases: ["proton"], label: "MR proton density", width: 920, center: 420 },
];
