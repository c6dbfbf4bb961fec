import type { SliceTraits } from "../dicom/slice_traits.ts";
import type { AttributeColumns } from "./attribute_columns.ts";
import type { InstanceRecord } from "./instance_record.ts";
import type { PlacedInstance } from "./placed_instance.ts";
import { type SliceStack, type SortedSlices, sortSlices } from "./sort_slices.ts";
import type { SortableSlice } from "./sortable_slice.ts";
import { sortableSliceReader } from "./sortable_slice_reader.ts";

/** The instances of a series in display order, and what their slices are split into. */
export interface PlacedSeries {
  /** The instances, those without an image last. */
  readonly placed: readonly PlacedInstance[];
  /** The stacks of the slices. */
  readonly stacks: readonly SliceStack[];
}

/** What is of one stack as a whole: a frame that lies somewhere, or all of an instance. */
interface Unit {
  readonly instance: number;
  readonly slice: SortableSlice;
  /** How many slices it is. */
  readonly sliceCount: number;
}

/**
 * Puts instances in display order, and splits their slices into stacks: those of all instances
 * together, so that the frames of one object and a series of objects are split alike.
 *
 * @param records What is kept of the instances.
 * @param columns Their attributes, by tag.
 * @param leaveOut Addresses of instances that have no place.
 */
export function placeInstances(
  records: readonly InstanceRecord[],
  columns: AttributeColumns,
  leaveOut: ReadonlySet<string> = new Set(),
): PlacedSeries {
  const read = sortableSliceReader(columns);
  // Instances that no key tells apart go by address, not by the order they were taken in.
  const byAddress = [...records.keys()]
    .filter((instance) => !leaveOut.has(records[instance]!.url))
    .sort((a, b) => records[a]!.url < records[b]!.url ? -1 : 1);
  const images = byAddress.filter((instance) => records[instance]!.frameCount > 0);
  const others = byAddress.filter((instance) => records[instance]!.frameCount === 0);

  const slices = images.map(read);
  const sorted = sortSlices(slices);
  const units = images.flatMap((instance, i) => unitsOf(records[instance]!, instance, slices[i]!));
  const { stackOf, stacks } = units.some(({ slice }, i) => slice !== slices[i])
    ? sortSlices(units.map(({ slice }) => slice))
    : sorted;
  const sizes = new Uint32Array(stacks.length);
  const stacksOf = new Map<number, number[]>();
  units.forEach(({ instance, sliceCount }, unit) => {
    const stack = stackOf[unit]!;
    sizes[stack]! += sliceCount;
    const known = stacksOf.get(instance);
    if (known === undefined) stacksOf.set(instance, [stack]);
    else known.push(stack);
  });

  return {
    placed: [
      ...place(records, images, sorted, (instance) => {
        const all = stacksOf.get(instance)!;
        const frameStacks = all.some((stack) => stack !== all[0]) ? all : null;
        const first = records[instance]!.frames.order?.[0] ?? 0;
        return { stack: frameStacks?.[first] ?? all[0]!, frameStacks };
      }),
      ...place(records, others, sortSlices(others.map(read)), () => ({
        stack: null,
        frameStacks: null,
      })),
    ],
    stacks: stacks.map((stack, i) => ({ ...stack, sliceCount: sizes[i]! })),
  };
}

/** The frames of an instance where they have geometry of their own, else the instance as a whole. */
function unitsOf(record: InstanceRecord, instance: number, slice: SortableSlice): Unit[] {
  const { frames, frameCount, frameGeometry, frameTraits } = record;
  if (frames.axes === null || !frameGeometry) return [{ instance, slice, sliceCount: frameCount }];
  return frameGeometry.map((geometry, frame) => {
    const traits = mergeTraits(slice.traits, frameTraits?.[frame]);
    return { instance, slice: { ...slice, ...geometry, traits }, sliceCount: 1 };
  });
}

/** The traits of a frame, and of its instance where those say nothing. */
function mergeTraits(instance: SliceTraits = {}, frame: SliceTraits = {}): SliceTraits {
  const told = Object.entries(frame).filter(([, value]) => value !== undefined);
  return { ...instance, ...Object.fromEntries(told) };
}

/** Instances in a sorted order, with what it tells of their places. */
function place(
  records: readonly InstanceRecord[],
  instances: readonly number[],
  { order, axes, positions }: SortedSlices,
  stacks: (instance: number) => Pick<PlacedInstance, "stack" | "frameStacks">,
): PlacedInstance[] {
  return Array.from(order, (i) => ({
    record: records[instances[i]!]!,
    instance: instances[i]!,
    axis: axes[i]!,
    position: positions[i]!,
    ...stacks(instances[i]!),
  }));
}
