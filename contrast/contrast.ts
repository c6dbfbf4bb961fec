/** A window that a call names, in the units of the modality LUT's output, such as HU. */
export interface WindowContrast {
  /** Tells it from the other kinds. */
  readonly kind: "window";
  /** The level. */
  readonly center: number;
  /** Above 0. */
  readonly width: number;
  /** The preset's name, as in `ct-lung`, or the numbers, as in `1500/-500`. */
  readonly name: string;
}

/** A window measured on the pixels: their 2nd to 98th percentile. */
export interface AutoContrast {
  /** Tells it from the other kinds. */
  readonly kind: "auto";
}

/** What the file itself holds: its segments' colors, VOI LUT or window, else a measured window. */
export interface EmbeddedContrast {
  /** Tells it from the other kinds. */
  readonly kind: "embedded";
  /** Which of the file's views, 0 for the first: colors of segments, then VOI LUTs, then windows. */
  readonly window: number;
}

/** How real values become brightness, as a call asks for it. */
export type Contrast = WindowContrast | AutoContrast | EmbeddedContrast;
