import { groupSlices, type SliceGroup } from "./group_slices.ts";
import type { PrimaryAxis } from "./primary_axis.ts";
import type { SortableSlice } from "./sortable_slice.ts";
import { splitStacks, type StackDifference } from "./split_stacks.ts";
import { compareTieBreakKeys, tieBreakKey } from "./tie_break_key.ts";

/** A set of slices of one orientation in which every position is unique. */
export interface SliceStack {
  /** The axis of its slices. */
  readonly axis: PrimaryAxis;
  /** Which orientation, counted from 0 in display order; stacks of one orientation are repeats. */
  readonly group: number;
  /** How many slices it has. */
  readonly sliceCount: number;
  /** What sets it apart from others of its orientation, most significant first; empty without any. */
  readonly differences: readonly StackDifference[];
}

/** The display order of slices, and where each of them lies. */
export interface SortedSlices {
  /** `order[k]` is the index in the input of the slice shown as number k. */
  readonly order: Uint32Array;
  /** The axis of each slice, by its index in the input. */
  readonly axes: readonly PrimaryAxis[];
  /**
   * The position of each slice, by its index in the input: millimeters along the normal, growing
   * with the axis; Instance Number, or null without one, for axis `I`.
   */
  readonly positions: readonly (number | null)[];
  /** The stack of each slice, by its index in the input. */
  readonly stackOf: Uint32Array;
  /** The stacks, in display order. */
  readonly stacks: readonly SliceStack[];
}

/** Neighbors that are at most this many millimeters apart are at one position. */
const POSITION_TOLERANCE = 0.01;

/**
 * Puts slices in display order: axial superior to inferior, coronal anterior to posterior,
 * sagittal right to left, in DICOM's LPS.
 *
 * The position of a slice is the dot product of its Image Position (Patient) with its normal, so
 * oblique series sort right (PS3.3 C.7.6.2.1.1). Slices whose orientations agree within 0.002 in
 * every component are one group, measured along the normal of the group's first slice; groups
 * follow in the order of their lowest tie-break key. Neighbors within 0.01 mm are one position,
 * and go by TemporalPositionIdentifier, AcquisitionNumber, EchoNumbers, InstanceNumber, then
 * SOPInstanceUID; an absent or multi-valued number counts 0, but an absent InstanceNumber comes
 * last. Slices without position or orientation come after all others, by the same key; images
 * of a slide by the size of their matrix, the smallest first, then overviews and labels.
 *
 * Where no slice has an orientation, positions count along the axis they span most; where none has
 * a position, Slice Location, rising, takes its place; where none has that, the tie-break key.
 *
 * Slices that differ in orientation, or repeat the same positions, are split into stacks. See
 * {@linkcode describeStacks} for a line that says so.
 *
 * @example Sorting three axial slices
 * ```ts
 * import { sortSlices } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const slices = [-10, 30, 10].map((z, i) => ({
 *   orientation: [1, 0, 0, 0, 1, 0] as const,
 *   position: [0, 0, z] as const,
 *   sliceLocation: null,
 *   temporalPositionIdentifier: null,
 *   acquisitionNumber: null,
 *   echoNumbers: null,
 *   instanceNumber: i + 1,
 *   sopInstanceUID: `1.2.${i}`,
 * }));
 * const sorted = sortSlices(slices);
 * assertEquals([...sorted.order], [1, 2, 0]);
 * assertEquals(sorted.axes[0], "Z");
 * assertEquals(sorted.positions[0], -10);
 * ```
 */
export function sortSlices(slices: readonly SortableSlice[]): SortedSlices {
  const keys = slices.map(tieBreakKey);
  const byKey = slices.map((_, i) => i).sort((a, b) => compareTieBreakKeys(keys[a]!, keys[b]!));

  const order = new Uint32Array(slices.length);
  const axes: PrimaryAxis[] = new Array(slices.length).fill("I");
  const positions: (number | null)[] = keys.map(({ instanceNumber }) =>
    Number.isFinite(instanceNumber) ? instanceNumber : null
  );
  const stackOf = new Uint32Array(slices.length);
  const stacks: SliceStack[] = [];

  let shown = 0;
  groupSlices(slices, byKey).forEach((group, groupNumber) => {
    const { axis, members, coordinates, normal } = group;
    members.forEach((index, i) => {
      axes[index] = axis;
      if (axis !== "I") positions[index] = coordinates![i]!;
    });
    // Without coordinates, nothing tells of two slices that they lie at one position.
    const places = coordinates === null ? members.map((_, rank) => [rank]) : sortByPosition(group);
    const split = splitStacks(members.map((index) => slices[index]!), places, normal);
    const sizes = new Uint32Array(split.stacks.length);
    for (const rank of places.flat()) {
      order[shown++] = members[rank]!;
      stackOf[members[rank]!] = stacks.length + split.stackOf[rank]!;
      sizes[split.stackOf[rank]!]!++;
    }
    split.stacks.forEach((differences, i) => {
      stacks.push({ axis, group: groupNumber, sliceCount: sizes[i]!, differences });
    });
  });
  return { order, axes, positions, stackOf, stacks };
}

/**
 * The members of a group by position in display order, those of one position by tie-break key; as
 * numbers into the group's members.
 */
function sortByPosition(group: SliceGroup): number[][] {
  const coordinates = group.coordinates!;
  const ranks = group.members.map((_, rank) => rank)
    .sort((a, b) => (coordinates[a]! - coordinates[b]!) * group.direction);
  const places: number[][] = [];
  let last = NaN;
  for (const rank of ranks) {
    const coordinate = coordinates[rank]!;
    if (Math.abs(coordinate - last) <= POSITION_TOLERANCE) places.at(-1)!.push(rank);
    else places.push([rank]);
    last = coordinate;
  }
  // Members are by tie-break key, so their ranks are, too.
  for (const place of places) place.sort((a, b) => a - b);
  return places;
}
