import { numberStations } from "./number_stations.ts";
import type { Vector3 } from "./slice_normal.ts";
import type { SortableSlice } from "./sortable_slice.ts";

/** What the stacks of one orientation may differ in. */
export type StackDimension =
  | "segment"
  | "stack"
  | "b-value"
  | "gradient direction"
  | "time point"
  | "phase"
  | "image type"
  | "label"
  | "inversion time"
  | "flip angle"
  | "station"
  | "echo"
  | "dimension"
  | "acquisition"
  | "repeat";

/** A value of a dimension; undefined where a slice has none. */
export type DimensionValue = number | string | undefined;

/** A dimension in which slices of one position may differ. */
export interface Dimension {
  readonly name: StackDimension;
  /** Reads the values of slices of one orientation, whose normal is given. */
  readonly values: (
    slices: readonly SortableSlice[],
    normal: Vector3 | null,
  ) => readonly DimensionValue[];
  /**
   * Whether it names parts of a series, so that parts that do not reach over the same positions are
   * told apart by it, too. Any other may as well be a count of slices, or a clock.
   */
  readonly names: boolean;
}

/** Makes a dimension of one value a slice. */
function dimension(
  name: StackDimension,
  value: (slice: SortableSlice) => DimensionValue,
  names = false,
): Dimension {
  return { name, names, values: (slices) => slices.map(value) };
}

/** The number that a header gives; undefined where it gives none, or several. */
function single(value: SortableSlice["echoNumbers"]): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/**
 * The dimensions in which slices of one position may differ: most significant first in the numbers
 * of stacks, and what is tried first to tell the slices apart.
 */
export const DIMENSIONS: readonly Dimension[] = [
  dimension("segment", ({ traits }) => traits?.segmentNumber, true),
  dimension("stack", ({ traits }) => traits?.stackID, true),
  dimension("b-value", ({ traits }) => traits?.bValue, true),
  dimension("gradient direction", ({ traits }) => traits?.gradientOrientation),
  dimension(
    "time point",
    ({ traits, temporalPositionIdentifier }) =>
      traits?.temporalPosition ?? single(temporalPositionIdentifier),
    true,
  ),
  dimension("time point", ({ traits }) => traits?.frameReferenceTime),
  dimension("phase", ({ traits }) => traits?.phase),
  dimension("phase", ({ traits }) => traits?.triggerTime),
  dimension("image type", ({ traits }) => traits?.imageType, true),
  dimension("label", ({ traits }) => traits?.labeling, true),
  dimension("inversion time", ({ traits }) => traits?.inversionTime),
  dimension("flip angle", ({ traits }) => traits?.flipAngle),
  dimension("echo", ({ echoNumbers }) => single(echoNumbers), true),
  dimension("echo", ({ traits }) => traits?.echoTime),
  { name: "station", names: false, values: numberStations },
  dimension("dimension", ({ traits }) => traits?.dimensionIndices),
  dimension("time point", ({ traits }) => traits?.acquiredAt),
  dimension(
    "acquisition",
    ({ traits, acquisitionNumber }) => traits?.frameAcquisitionNumber ?? single(acquisitionNumber),
  ),
];
