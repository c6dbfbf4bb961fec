import type { PrimaryAxis } from "./primary_axis.ts";
import type { SliceStack } from "./sort_slices.ts";

const PLANES: Readonly<Record<PrimaryAxis, string>> = {
  X: "sagittal",
  Y: "coronal",
  Z: "axial",
  I: "without geometry",
};

const PLURALS = {
  "time point": "time points",
  "echo": "echoes",
  "acquisition": "acquisitions",
  "repeat": "repeats",
} as const;

/**
 * Says in one line what a series was split into, and how to pick one of the parts; null for a
 * series that is one stack.
 *
 * @example
 * ```ts
 * import { describeStacks } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const stack = { axis: "Z", group: 0, sliceCount: 15, difference: "time point" } as const;
 * assertEquals(describeStacks([stack, stack]), "2 time points of 15 slices; --stack 0…1 picks one");
 * assertEquals(describeStacks([{ ...stack, difference: null }]), null);
 * ```
 */
export function describeStacks(stacks: readonly SliceStack[]): string | null {
  const [first] = stacks;
  if (first === undefined || stacks.length === 1) return null;
  const pick = `--stack 0…${stacks.length - 1} picks one`;
  const sizes = new Set(stacks.map((stack) => stack.sliceCount));
  const oneGroup = stacks.every((stack) => stack.group === first.group);

  if (oneGroup && first.difference !== null) {
    const parts = `${stacks.length} ${PLURALS[first.difference]}`;
    return sizes.size === 1
      ? `${parts} of ${countSlices(first.sliceCount)}; ${pick}`
      : `${parts} of ${Math.min(...sizes)} to ${countSlices(Math.max(...sizes))}; ${pick}`;
  }

  const groups = new Map<number, SliceStack[]>();
  for (const stack of stacks) {
    groups.set(stack.group, [...(groups.get(stack.group) ?? []), stack]);
  }
  const parts = [...groups.values()].map((group) => {
    const plane = PLANES[group[0]!.axis];
    const slices = countSlices(group.reduce((sum, stack) => sum + stack.sliceCount, 0));
    const described = group[0]!.axis === "I" ? `${slices} ${plane}` : `${plane} ${slices}`;
    return group.length === 1
      ? described
      : `${described} in ${group.length} ${PLURALS[group[0]!.difference ?? "repeat"]}`;
  });
  return `${stacks.length} stacks: ${joinShort(parts)}; ${pick}`;
}

function countSlices(count: number): string {
  return count === 1 ? "1 slice" : `${count} slices`;
}

/** Joins parts with commas, the later ones of many only counted. */
function joinShort(parts: readonly string[]): string {
  const most = 4;
  return parts.length <= most
    ? parts.join(", ")
    : `${parts.slice(0, most).join(", ")} and ${parts.length - most} more orientations`;
}
