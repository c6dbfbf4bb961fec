import type { InstanceRecord } from "./instance_record.ts";
import type { PrimaryAxis } from "./primary_axis.ts";

/** An instance with its place in the index. */
export interface PlacedInstance {
  readonly record: InstanceRecord;
  /** Which of the builder's instances it is. */
  readonly instance: number;
  readonly axis: PrimaryAxis;
  readonly position: number | null;
  /** Null for an instance without an image. */
  readonly stack: number | null;
}
