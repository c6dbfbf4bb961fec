import type { AttributeValues } from "./attribute.ts";
import { numberOf } from "./plain_values.ts";

/**
 * Number of Frames (0028,0008), 1 when it is absent or no count.
 *
 * @example
 * ```ts
 * import { frameCountOf } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(frameCountOf({ NumberOfFrames: 30 }), 30);
 * assertEquals(frameCountOf({}), 1);
 * ```
 */
export function frameCountOf(values: AttributeValues): number {
  const count = numberOf(values, "NumberOfFrames") ?? 1;
  return Number.isInteger(count) && count > 0 ? count : 1;
}
