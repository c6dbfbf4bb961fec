import type { FrameGeometry } from "../dicom/frame_geometry.ts";
import { compareSlideOrders } from "./compare_slide_orders.ts";
import type { PrimaryAxis } from "./primary_axis.ts";
import { AXES, dot, type SliceNormal, sliceNormal, type Vector3 } from "./slice_normal.ts";
import type { SortableSlice } from "./sortable_slice.ts";

/** Slices that are put in order along one line. */
export interface SliceGroup {
  readonly axis: PrimaryAxis;
  /** Indices of the slices, by tie-break key. */
  readonly members: number[];
  /** Where each member lies along the line, in millimeters; null where nothing tells. */
  readonly coordinates: number[] | null;
  /** 1 to show rising coordinates, -1 to show falling ones. */
  readonly direction: 1 | -1;
  /** The direction of the line in the patient; null where members have no positions. */
  readonly normal: Vector3 | null;
}

/** Orientations whose components all differ by at most this much are one. */
const ORIENTATION_TOLERANCE = 0.002;

type Orientation = NonNullable<FrameGeometry["orientation"]>;

/** Z is shown falling (superior to inferior), X and Y rising. */
function displayDirection(axis: PrimaryAxis): 1 | -1 {
  return axis === "Z" ? -1 : 1;
}

function usablePosition(slice: SortableSlice): Vector3 | null {
  return slice.position?.every(Number.isFinite) ? slice.position : null;
}

function sameOrientation(a: Orientation, b: Orientation): boolean {
  return a.every((value, i) => Math.abs(value - b[i]!) <= ORIENTATION_TOLERANCE);
}

/** Weights of an orientation's components that leave few orientations with the same sum. */
const BUCKET_WEIGHTS = [2, 3, 5, 7, 11, 13];
/** Wider than the sums of two orientations that are one are apart: 41 tolerances. */
const BUCKET_WIDTH = 42 * ORIENTATION_TOLERANCE;

/** Where to look for an orientation: those that are the same are in this bucket, or in one beside it. */
function bucketOf(orientation: Orientation): number {
  const sum = orientation.reduce((sum, value, i) => sum + value * BUCKET_WEIGHTS[i]!, 0);
  return Math.floor(sum / BUCKET_WIDTH);
}

/** Slices of one orientation a group, measured along the normal of the group's first. */
function groupByOrientation(
  slices: readonly SortableSlice[],
  placed: readonly { readonly index: number; readonly normal: SliceNormal }[],
): SliceGroup[] {
  const groups: (SliceGroup & { readonly coordinates: number[]; readonly normal: Vector3 })[] = [];
  const orientations: Orientation[] = [];
  // A sweep by hand has as many orientations as slices.
  const buckets = new Map<number, number[]>();
  for (const { index, normal: { axis, direction: normal } } of placed) {
    const orientation = slices[index]!.orientation!;
    const bucket = bucketOf(orientation);
    const same = [bucket - 1, bucket, bucket + 1].flatMap((near) =>
      buckets.get(near)?.find((n) => sameOrientation(orientations[n]!, orientation)) ?? []
    );
    const number = Math.min(...same, groups.length);
    if (number === groups.length) {
      const direction = displayDirection(axis);
      groups.push({ axis, members: [], coordinates: [], direction, normal });
      orientations.push(orientation);
      buckets.set(bucket, [...buckets.get(bucket) ?? [], number]);
    }
    const { members, coordinates, normal: line } = groups[number]!;
    members.push(index);
    coordinates.push(dot(line, slices[index]!.position!));
  }
  return groups;
}

/** Slices that have positions but no orientation, along the axis that their positions span most. */
function groupByLargestRange(slices: readonly SortableSlice[], members: number[]): SliceGroup {
  const ranges = AXES.map((_, axis) => {
    const values = members.map((index) => slices[index]!.position![axis]!);
    return values.reduce((a, b) => Math.max(a, b)) - values.reduce((a, b) => Math.min(a, b));
  }) as [number, number, number];
  // On equal ranges the axial reading wins: it is by far the most common one.
  const index = ranges[2] >= ranges[0] && ranges[2] >= ranges[1]
    ? 2
    : ranges[1] >= ranges[0]
    ? 1
    : 0;
  const axis = AXES[index]!;
  return {
    axis,
    members,
    coordinates: members.map((member) => slices[member]!.position![index]!),
    direction: displayDirection(axis),
    normal: [index === 0 ? 1 : 0, index === 1 ? 1 : 0, index === 2 ? 1 : 0],
  };
}

/**
 * Parts slices into groups that are each put in order along a line of their own, in the order of
 * the groups' lowest tie-break keys; slices without geometry come last, of images of slides the
 * smallest first.
 *
 * @param byKey Indices of all slices, by tie-break key.
 */
export function groupSlices(
  slices: readonly SortableSlice[],
  byKey: readonly number[],
): SliceGroup[] {
  const oriented: { index: number; normal: SliceNormal }[] = [];
  const positioned: number[] = [];
  const located: number[] = [];
  for (const index of byKey) {
    const slice = slices[index]!;
    const normal = sliceNormal(slice.orientation);
    if (Number.isFinite(slice.sliceLocation ?? NaN)) located.push(index);
    if (usablePosition(slice) === null) continue;
    positioned.push(index);
    if (normal !== null) oriented.push({ index, normal });
  }

  let groups: SliceGroup[] = [];
  if (oriented.length > 0) {
    groups = groupByOrientation(slices, oriented);
  } else if (positioned.length > 0) {
    groups = [groupByLargestRange(slices, positioned)];
  } else if (located.length > 0) {
    const coordinates = located.map((index) => slices[index]!.sliceLocation!);
    groups = [{ axis: "I", members: located, coordinates, direction: 1, normal: null }];
  }

  const grouped = new Set(groups.flatMap((group) => group.members));
  const orderOf = (index: number) => slices[index]!.slideOrder ?? null;
  const rest = byKey.filter((index) => !grouped.has(index))
    .sort((a, b) => compareSlideOrders(orderOf(a), orderOf(b)));
  if (rest.length > 0) {
    groups.push({ axis: "I", members: rest, coordinates: null, direction: 1, normal: null });
  }
  return groups;
}
