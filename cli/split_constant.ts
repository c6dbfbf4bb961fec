import type { SeriesIndex } from "../series_index/series_index.ts";
import { jsonText } from "./json_text.ts";

/** The columns of an index, apart by whether all of its rows have the same value. */
export interface SplitColumns {
  /** Names of those that have. */
  readonly constant: readonly string[];
  /** Names of the others. */
  readonly varying: readonly string[];
}

/** Tells the columns of an index that have the same value in all rows from the others. */
export function splitConstant(index: SeriesIndex): SplitColumns {
  const constant: string[] = [];
  const varying: string[] = [];
  for (const { name } of index.table.schema.fields) {
    (isConstant(index, name) ? constant : varying).push(name);
  }
  return { constant, varying };
}

function isConstant(index: SeriesIndex, name: string): boolean {
  let first: string | null = null;
  for (const row of index.rows([name])) {
    const text = jsonText(row[name]);
    first ??= text;
    if (text !== first) return false;
  }
  return true;
}
