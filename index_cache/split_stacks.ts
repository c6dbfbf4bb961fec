import type { Vector3 } from "./slice_normal.ts";
import type { SortableSlice } from "./sortable_slice.ts";
import {
  type Dimension,
  DIMENSIONS,
  type DimensionValue,
  type StackDimension,
} from "./stack_dimensions.ts";

/** Where a stack stands among those of its orientation in something that they differ in. */
export interface StackDifference {
  /** What they differ in. */
  readonly dimension: StackDimension;
  /** The stack's number in it, counted from 0. */
  readonly number: number;
}

/** How the slices of one orientation are split into stacks of unique positions. */
export interface StackSplit {
  /** The stack of each slice. */
  readonly stackOf: Uint32Array;
  /** What sets each stack apart from the others, most significant first; empty for a single one. */
  readonly stacks: readonly (readonly StackDifference[])[];
}

/** A numbering of slices by their values in something. */
interface Numbering {
  readonly name: StackDimension;
  readonly numbers: Uint32Array;
}

/**
 * Splits slices of one orientation that repeat the same positions into stacks in which each position
 * is unique.
 *
 * Taken to tell the slices apart are attributes that have the same values at every position, as far
 * as it has slices, so that a stack stays whole where slices of another are missing. Where they do
 * not suffice, attributes that name parts of a series split it even when the parts reach over
 * different positions. What is still of one position then goes by the time it was triggered or
 * acquired, or else by tie-break key: exact when every position is repeated equally often, and a
 * guess when some are missing.
 *
 * @param slices The slices by tie-break key.
 * @param positions The slices of each position, as numbers into `slices`, ascending.
 * @param normal The normal of the slices; null when they have no positions.
 */
export function splitStacks(
  slices: readonly SortableSlice[],
  positions: readonly (readonly number[])[],
  normal: Vector3 | null,
): StackSplit {
  const stackOf = new Uint32Array(slices.length);
  if (positions.length === slices.length) return { stackOf, stacks: [[]] };

  const { chosen, parts, toldApart } = chooseDimensions(slices, positions, normal);
  if (toldApart) return numberStacks(parts, chosen);
  const repeats = numberRepeats(slices, positions, parts);
  const name = chosen.some((one) => one.name === repeats.name) ? "repeat" : repeats.name;
  return numberStacks(combine(parts, repeats.numbers), [...chosen, { ...repeats, name }]);
}

/**
 * Chooses the dimensions that tell the slices apart, most significant first, and answers the parts
 * that they split them into, and whether those tell all slices of a position apart.
 */
function chooseDimensions(
  slices: readonly SortableSlice[],
  positions: readonly (readonly number[])[],
  normal: Vector3 | null,
): { chosen: Numbering[]; parts: Uint32Array; toldApart: boolean } {
  const chosen = new Map<Dimension, Numbering>();
  let parts: Uint32Array = new Uint32Array(slices.length);
  let now = measure(parts, positions);
  for (const uneven of [false, true]) {
    for (const dimension of DIMENSIONS) {
      const { name, names, values } = dimension;
      if (now.cells === slices.length) break;
      if ((uneven && !names) || [...chosen.keys()].some((one) => one.name === name)) continue;
      const numbers = numberValues(values(slices, normal));
      const finer = combine(parts, numbers);
      const then = measure(finer, positions);
      if (then.cells === now.cells) continue;
      if (uneven ? then.stacks === slices.length : then.stacks !== now.stacks) continue;
      chosen.set(dimension, { name, numbers });
      parts = finer;
      now = then;
    }
  }
  return {
    chosen: DIMENSIONS.flatMap((dimension) => chosen.get(dimension) ?? []),
    parts,
    toldApart: now.cells === slices.length,
  };
}

/**
 * Counts the parts that the slices of each position fall into, in all, and the stacks that it takes
 * to hold them when each has one slice of a part and position.
 */
function measure(
  parts: Uint32Array,
  positions: readonly (readonly number[])[],
): { cells: number; stacks: number } {
  const most = new Map<number, number>();
  let cells = 0;
  for (const members of positions) {
    const counts = new Map<number, number>();
    for (const slice of members) {
      const part = parts[slice]!;
      const count = (counts.get(part) ?? 0) + 1;
      counts.set(part, count);
      if (count > (most.get(part) ?? 0)) most.set(part, count);
    }
    cells += counts.size;
  }
  let stacks = 0;
  for (const count of most.values()) stacks += count;
  return { cells, stacks };
}

/** Numbers values from 0: none first, numbers rising, texts as they come. */
function numberValues(values: readonly DimensionValue[]): Uint32Array {
  const distinct = [...new Set(values)];
  const rank = (value: DimensionValue) =>
    value === undefined ? -Infinity : typeof value === "number" ? value : Infinity;
  distinct.sort((a, b) => rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0);
  const numbers = new Map(distinct.map((value, number) => [value, number]));
  return Uint32Array.from(values, (value) => numbers.get(value)!);
}

/** Numbers pairs of a part and a number, from 0 as they come. */
function combine(parts: Uint32Array, numbers: Uint32Array): Uint32Array {
  const width = numbers.reduce((most, number) => Math.max(most, number), 0) + 1;
  const known = new Map<number, number>();
  return parts.map((part, slice) => {
    const pair = part * width + numbers[slice]!;
    let code = known.get(pair);
    if (code === undefined) known.set(pair, code = known.size);
    return code;
  });
}

/** Times that may order what nothing else tells apart, and what they make of it. */
const TIMES: readonly (readonly [
  name: StackDimension,
  time: (slice: SortableSlice) => number | undefined,
])[] = [
  ["phase", ({ traits }) => traits?.triggerTime],
  ["time point", ({ traits }) => traits?.acquiredAt],
];

/** Counts the slices of each position and part from 0, by time where each has its own, else by key. */
function numberRepeats(
  slices: readonly SortableSlice[],
  positions: readonly (readonly number[])[],
  parts: Uint32Array,
): Numbering {
  const cells = positions.flatMap((members) => {
    return [...Map.groupBy(members, (slice) => parts[slice]!).values()];
  });
  const found = TIMES.find(([, time]) =>
    cells.every((cell) => {
      const times = new Set(cell.map((slice) => time(slices[slice]!)));
      return cell.length === 1 || (times.size === cell.length && !times.has(undefined));
    })
  );
  const timeOf = (slice: number) => found?.[1](slices[slice]!) ?? 0;
  const numbers = new Uint32Array(slices.length);
  let most = 0;
  for (const cell of cells) {
    const sorted = cell.toSorted((a, b) => timeOf(a) - timeOf(b));
    sorted.forEach((slice, number) => numbers[slice] = number);
    most = Math.max(most, cell.length);
  }
  const areTimePoints = slices.every(({ traits }) => traits?.temporalPositionCount === most);
  return { name: found?.[0] ?? (areTimePoints ? "time point" : "repeat"), numbers };
}

/** Numbers the stacks by their numbers in each dimension, most significant first. */
function numberStacks(codes: Uint32Array, told: readonly Numbering[]): StackSplit {
  const members = new Map<number, number>();
  codes.forEach((code, slice) => {
    if (!members.has(code)) members.set(code, slice);
  });
  const compare = (a: number, b: number) => {
    for (const { numbers } of told) {
      if (numbers[a] !== numbers[b]) return numbers[a]! - numbers[b]!;
    }
    return 0;
  };
  const sorted = [...members].sort((a, b) => compare(a[1], b[1]));
  const stackOfCode = new Map(sorted.map(([code], stack) => [code, stack]));
  return {
    stackOf: codes.map((code) => stackOfCode.get(code)!),
    stacks: sorted.map(([, slice]) =>
      told.map(({ name, numbers }) => ({ dimension: name, number: numbers[slice]! }))
    ),
  };
}
