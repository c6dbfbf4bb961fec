/** How many objects of a series are not as they were when its index was kept. */
export interface IndexChanges {
  readonly added: number;
  /** Objects that are others now, and those that could not be read then and can be now. */
  readonly changed: number;
  readonly removed: number;
}

/** What an index tells of objects, by address: their states, of which equal ones mean no change. */
export type ObjectStates = ReadonlyMap<string, string>;

/** Compares what an index told of objects with what they are now; null when nothing has changed. */
export function countChanges(before: ObjectStates, now: ObjectStates): IndexChanges | null {
  const counts = { added: 0, changed: 0, removed: 0 };
  for (const [url, state] of before) {
    if (!now.has(url)) counts.removed++;
    else if (now.get(url) !== state) counts.changed++;
  }
  for (const url of now.keys()) if (!before.has(url)) counts.added++;
  return Object.values(counts).some((count) => count > 0) ? counts : null;
}

/** The changes in words, as in `2 added, 1 removed`. */
export function describeChanges({ added, changed, removed }: IndexChanges): string {
  const counts = [[added, "added"], [changed, "changed"], [removed, "removed"]] as const;
  return counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
    .join(", ");
}
