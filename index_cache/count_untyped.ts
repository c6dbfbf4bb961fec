import type { ColumnSource } from "./encode_column.ts";
import { COLUMN_KEYS, COMPANION_SUFFIXES } from "./list_attribute_columns.ts";

/** How many instances have a value that its column cannot hold, by the column that has it instead. */
export function countUntyped(columns: readonly ColumnSource[]): Record<string, number> {
  const { text, bytes } = COMPANION_SUFFIXES;
  const counts: Record<string, number> = {};
  for (const { name, cells, metadata } of columns) {
    if (!metadata?.has(COLUMN_KEYS.tag) || !(name.endsWith(text) || name.endsWith(bytes))) continue;
    let count = 0;
    for (let row = 0; row < cells.length; row++) if (cells.at(row) !== undefined) count++;
    counts[name] = count;
  }
  return counts;
}
