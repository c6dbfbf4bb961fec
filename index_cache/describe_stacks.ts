import type { PrimaryAxis } from "./primary_axis.ts";
import type { SliceStack } from "./sort_slices.ts";

const PLANES: Readonly<Record<Exclude<PrimaryAxis, "I">, string>> = {
  X: "sagittal",
  Y: "coronal",
  Z: "axial",
};

/** Parts that are listed at most; more are only counted. */
const MOST_LISTED = 4;

/**
 * Says in one line what a series was split into, and how to pick one of the parts; null for a
 * series that is one stack.
 *
 * @example
 * ```ts
 * import { describeStacks } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const stacks = [0, 1].map((number) => ({
 *   axis: "Z" as const,
 *   group: 0,
 *   sliceCount: 15,
 *   differences: [{ dimension: "time point" as const, number }],
 * }));
 * assertEquals(describeStacks(stacks), "2 time points of 15 slices; --stack 0…1 picks one");
 * assertEquals(describeStacks(stacks.slice(0, 1)), null);
 * ```
 */
export function describeStacks(stacks: readonly SliceStack[]): string | null {
  if (stacks.length <= 1) return null;
  const groups = [...Map.groupBy(stacks, (stack) => stack.group).values()];
  return `${describeParts(stacks, groups)}; --stack 0…${stacks.length - 1} picks one`;
}

function describeParts(
  stacks: readonly SliceStack[],
  groups: readonly (readonly SliceStack[])[],
): string {
  if (groups.length === 1) return describeGroup(stacks);
  const located = stacks.every(({ axis }) => axis !== "I");
  if (located && stacks.length === groups.length && stacks.length <= MOST_LISTED) {
    const planes = stacks.map(planeOf);
    return stacks.every(({ sliceCount }) => sliceCount === stacks[0]!.sliceCount)
      ? `${stacks.length} orientations${describeSizes(stacks)}: ${listed(planes)}`
      : `${stacks.length} orientations: ${listCounts(stacks, planes)}`;
  }
  const grids = groups.map((group) => isGrid(group) ? describeGrid(group) : null);
  if (located && grids[0] !== null && grids.every((grid) => grid === grids[0])) {
    const repeats = grids[0] === "" ? "" : ` × ${grids[0]}`;
    return `${groups.length} orientations${repeats}${describeSizes(stacks)}`;
  }
  const parts = groups.slice(0, MOST_LISTED).map((group, i) => {
    const { axis } = group[0]!;
    const slices = countSlices(group.reduce((sum, { sliceCount }) => sum + sliceCount, 0));
    // Those that nothing places come last.
    const isPlaced = i < groups.length - 1;
    if (axis === "I") return `${slices} ${isPlaced ? "by Slice Location" : "without geometry"}`;
    const plane = `${planeOf(group[0]!)} ${slices}`;
    if (group.length === 1) return plane;
    return `${plane} in ${isGrid(group) ? describeGrid(group) : `${group.length} stacks`}`;
  });
  const more = groups.length - parts.length;
  if (more > 0) parts.push(`${more} more orientations`);
  return `${stacks.length} stacks: ${listed(parts)}`;
}

/** The stacks of one orientation: `2 echoes × 5 time points of …`, or `6 stacks of …, by …`. */
function describeGroup(stacks: readonly SliceStack[]): string {
  const sizes = describeSizes(stacks);
  return isGrid(stacks)
    ? `${describeGrid(stacks)}${sizes}`
    : `${stacks.length} stacks${sizes}, by ${listed(dimensionsOf(stacks))}`;
}

function dimensionsOf(stacks: readonly SliceStack[]): readonly string[] {
  return stacks[0]!.differences.map(({ dimension }) => dimension);
}

/** How many there are in each of the dimensions. */
function countsOf(stacks: readonly SliceStack[]): readonly number[] {
  return stacks[0]!.differences.map((_, i) =>
    new Set(stacks.map(({ differences }) => differences[i]!.number)).size
  );
}

/** Whether there is a stack for each combination of what stacks differ in. */
function isGrid(stacks: readonly SliceStack[]): boolean {
  return countsOf(stacks).reduce((all, count) => all * count, 1) === stacks.length;
}

function describeGrid(stacks: readonly SliceStack[]): string {
  const counts = countsOf(stacks);
  return dimensionsOf(stacks).map((thing, i) => countThings(counts[i]!, thing)).join(" × ");
}

function describeSizes(stacks: readonly SliceStack[]): string {
  const sizes = stacks.map(({ sliceCount }) => sliceCount);
  const [least, most] = [sizes.reduce(min), sizes.reduce(max)];
  if (least === most) return ` of ${countSlices(most)}`;
  return sizes.length <= MOST_LISTED
    ? `: ${listCounts(stacks)}`
    : ` of ${least} to ${countSlices(most)}`;
}

/** `axial 5, coronal 5 and sagittal 3 slices`. */
function listCounts(stacks: readonly SliceStack[], names: readonly string[] = []): string {
  const last = stacks.length - 1;
  return listed(stacks.map(({ sliceCount }, i) => {
    const count = i === last ? countSlices(sliceCount) : String(sliceCount);
    return names[i] === undefined ? count : `${names[i]} ${count}`;
  }));
}

function planeOf({ axis }: SliceStack): string {
  return PLANES[axis as Exclude<PrimaryAxis, "I">];
}

function countSlices(count: number): string {
  return countThings(count, "slice");
}

function countThings(count: number, thing: string): string {
  if (count === 1) return `1 ${thing}`;
  return `${count} ${thing}${thing.endsWith("echo") ? "es" : "s"}`;
}

/** Joins parts as a sentence lists them. */
function listed(parts: readonly string[]): string {
  return parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function min(a: number, b: number): number {
  return Math.min(a, b);
}

function max(a: number, b: number): number {
  return Math.max(a, b);
}
