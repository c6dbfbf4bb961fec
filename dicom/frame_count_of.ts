import type { AttributeValues } from "./attribute.ts";
import { numberOf } from "./plain_values.ts";

/** Number of Frames (0028,0008), 1 when it is absent or no count. */
export function frameCountOf(values: AttributeValues): number {
  const count = numberOf(values, "NumberOfFrames") ?? 1;
  return Number.isInteger(count) && count > 0 ? count : 1;
}
