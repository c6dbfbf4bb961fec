import type { IndexedInstance } from "./indexed_instance.ts";
import type { OrderedFrames } from "./order_frames.ts";

/** What the builder keeps of an instance beside its attributes. */
export interface InstanceRecord extends Omit<IndexedInstance, "attributes"> {
  readonly frames: OrderedFrames;
  /** Keywords of the attributes that are there without a value; null for none. */
  readonly empty: readonly string[] | null;
}
