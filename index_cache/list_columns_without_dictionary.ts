import type { Table, Vector } from "apache-arrow";

/** Rows that are looked at. */
const SAMPLE_ROWS = 32;

/**
 * Lists the columns that a Parquet file is to hold without a dictionary, by rows all over the table.
 *
 * Values that are different in every row are only made longer by one. Of numbers that are the same in
 * every row a dictionary saves little beside compression, and without it they are read as they lie.
 *
 * @returns Names of columns of single values.
 */
export function listColumnsWithoutDictionary(table: Table): string[] {
  const { numRows } = table;
  const count = Math.min(SAMPLE_ROWS, numRows);
  const rows = Array.from({ length: count }, (_, i) => Math.floor(i * numRows / count));
  return table.schema.fields
    .filter(({ name, type }) => type.children === null && isBetter(table.getChild(name)!, rows))
    .map(({ name }) => name);
}

function isBetter(column: Vector, rows: readonly number[]): boolean {
  const values = new Set<unknown>();
  let repeated = false;
  for (const row of rows) {
    const { size } = values;
    repeated ||= values.add(column.get(row)).size === size;
    if (repeated && values.size > 1) return false;
  }
  const [first] = values;
  return values.size > 1 || typeof first !== "string";
}
