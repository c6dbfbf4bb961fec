import type { TieBreakKey } from "./tie_break_key.ts";

/** What the stacks of one orientation differ in. */
export type StackDifference = "time point" | "echo" | "acquisition" | "repeat";

/** How the slices of one group are split into stacks of unique positions. */
export interface StackSplit {
  /** How many stacks there are. */
  readonly count: number;
  /** What they differ in; null for a single stack. */
  readonly difference: StackDifference | null;
  /** The stack of each slice, by the slice's index. */
  readonly stackOf: ReadonlyMap<number, number>;
}

const CANDIDATES: readonly (readonly [StackDifference, (key: TieBreakKey) => string | number])[] = [
  ["time point", (key) => key.temporalPosition],
  ["echo", (key) => key.echo],
  ["acquisition", (key) => key.acquisition],
  ["repeat", (key) => `${key.temporalPosition} ${key.acquisition} ${key.echo}`],
];

/**
 * Splits slices that repeat the same positions into stacks in which each position is unique.
 *
 * Where one of TemporalPositionIdentifier, EchoNumbers, AcquisitionNumber or all three tell the
 * repeats of every position apart, they name the stack, so that a stack stays whole when slices of
 * another are missing. Otherwise the k-th slice of a position, by tie-break key, is in stack k:
 * exact when every position is repeated equally often, and a guess when some are missing.
 *
 * @param positions The indices of the slices of each position, by tie-break key.
 * @param keys The tie-break key of every slice, by the slice's index.
 */
export function splitStacks(
  positions: readonly (readonly number[])[],
  keys: readonly TieBreakKey[],
): StackSplit {
  const count = positions.reduce((most, members) => Math.max(most, members.length), 0);
  const stackOf = new Map<number, number>();
  if (count === 1) {
    for (const members of positions) stackOf.set(members[0]!, 0);
    return { count, difference: null, stackOf };
  }

  const byKey = positions.flat();
  for (const [difference, part] of CANDIDATES) {
    const values = new Set(byKey.map((index) => part(keys[index]!)));
    if (values.size !== count) continue;
    const tellsApart = positions.every((members) =>
      new Set(members.map((index) => part(keys[index]!))).size === members.length
    );
    if (!tellsApart) continue;
    const first = new Map<string | number, TieBreakKey>();
    for (const index of byKey) {
      const value = part(keys[index]!);
      const known = first.get(value);
      if (known === undefined || isBefore(keys[index]!, known)) first.set(value, keys[index]!);
    }
    const ranks = new Map(
      [...first].sort((a, b) => isBefore(a[1], b[1]) ? -1 : 1).map((
        [value],
        rank,
      ) => [value, rank]),
    );
    for (const index of byKey) stackOf.set(index, ranks.get(part(keys[index]!))!);
    return { count, difference, stackOf };
  }

  for (const members of positions) {
    members.forEach((index, occurrence) => stackOf.set(index, occurrence));
  }
  return { count, difference: "repeat", stackOf };
}

/** Whether a key's repeat comes first: by time, acquisition, then echo. */
function isBefore(a: TieBreakKey, b: TieBreakKey): boolean {
  return (a.temporalPosition - b.temporalPosition || a.acquisition - b.acquisition ||
    a.echo - b.echo) < 0;
}
