import type { LookupTable } from "../dicom/image_description.ts";

/** The entry a value maps to: values below the first one map to the first entry, those beyond the last to the last. */
export function lookUp(table: LookupTable, value: number): number {
  const { entries, firstValue } = table;
  // A value between two entries has no place in the standard; readers drop its fraction.
  const index = Math.floor(value - firstValue);
  return entries[index <= 0 ? 0 : index >= entries.length ? entries.length - 1 : index] ?? 0;
}
