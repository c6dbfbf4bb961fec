import type { InstanceRecord } from "./instance_record.ts";
import type { PrimaryAxis } from "./primary_axis.ts";

/** An instance with its place in the index. */
export interface PlacedInstance {
  readonly record: InstanceRecord;
  /** Which of the builder's instances it is. */
  readonly instance: number;
  readonly axis: PrimaryAxis;
  readonly position: number | null;
  /** The stack of the slice shown first; null for an instance without an image. */
  readonly stack: number | null;
  /** The stack of each frame in stored order; null when all are of the same. */
  readonly frameStacks: readonly number[] | null;
}
