import type { HeaderNumber, SortableSlice } from "./sortable_slice.ts";

/** What orders slices of one position, most significant first. */
export interface TieBreakKey {
  readonly temporalPosition: number;
  readonly acquisition: number;
  readonly echo: number;
  /** Infinite when absent, so that it comes last. */
  readonly instanceNumber: number;
  readonly sopInstanceUID: string;
}

/** A header's number with the given stand-in for an absent one; a multi-valued one counts 0. */
function orderNumber(value: HeaderNumber, absent: number): number {
  if (typeof value === "number") return Number.isNaN(value) ? absent : value;
  return value === null || value.length === 0 ? absent : 0;
}

/** Reads the tie-break key of a slice. */
export function tieBreakKey(slice: SortableSlice): TieBreakKey {
  return {
    temporalPosition: orderNumber(slice.temporalPositionIdentifier, 0),
    acquisition: orderNumber(slice.acquisitionNumber, 0),
    echo: orderNumber(slice.echoNumbers, 0),
    instanceNumber: orderNumber(slice.instanceNumber, Infinity),
    sopInstanceUID: slice.sopInstanceUID,
  };
}

/** Compares numbers of which some may be infinite, where a difference would be NaN. */
function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares two tie-break keys, for `sort`. */
export function compareTieBreakKeys(a: TieBreakKey, b: TieBreakKey): number {
  return compareNumbers(a.temporalPosition, b.temporalPosition) ||
    compareNumbers(a.acquisition, b.acquisition) ||
    compareNumbers(a.echo, b.echo) ||
    compareNumbers(a.instanceNumber, b.instanceNumber) ||
    (a.sopInstanceUID < b.sopInstanceUID ? -1 : a.sopInstanceUID > b.sopInstanceUID ? 1 : 0);
}
