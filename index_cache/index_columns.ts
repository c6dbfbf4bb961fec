import type { Table } from "apache-arrow";
import type { AttributeScalar, AttributeValue } from "../dicom/attribute.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import type { ColumnType } from "./column_type.ts";

/** Several values of a row, each read when it is asked for. */
export interface IndexList {
  /** How many there are. */
  readonly length: number;
  /** A value, counted from 0; null where there is none. */
  at(index: number): AttributeScalar | null;
}

/** A column of an index. */
export interface IndexColumn {
  /**
   * The value of a row, counted from 0: integers as numbers where they are safe, several values as an
   * array; null for none.
   */
  get(row: number): AttributeValue;
  /** The values of a row, of a column that has several; null for none. */
  list(row: number): IndexList | null;
}

/** What a column of an index is called, what it has, and what is kept with it. */
export interface IndexField {
  /** The column's name. */
  readonly name: string;
  /** The type of its values. */
  readonly type: ColumnType;
  /** Whether a cell is a list of values. */
  readonly list: boolean;
  /** Key-value pairs kept with it: `tag` and `vr` where it is an attribute's. */
  readonly metadata: ReadonlyMap<string, string>;
}

/**
 * The columns of an index, whatever they are kept in.
 *
 * @example
 * ```ts
 * import type { IndexColumn, IndexColumns, IndexList } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * // Columns over rows of plain values, of which there is no Arrow table.
 * function columnsOf(rows: readonly Record<string, string | readonly number[]>[]): IndexColumns {
 *   const names = Object.keys(rows[0] ?? {});
 *   const list = (values: string | readonly number[]): IndexList | null =>
 *     typeof values === "string"
 *       ? null
 *       : { length: values.length, at: (index) => values[index] ?? null };
 *   return {
 *     rowCount: rows.length,
 *     fields: names.map((name) => {
 *       const list = typeof rows[0]![name] !== "string";
 *       return { name, type: list ? "float64" : "utf8", list, metadata: new Map() };
 *     }),
 *     table: null,
 *     toTable: () => Promise.reject(new Error("there is no Arrow table")),
 *     column(name): IndexColumn | null {
 *       if (!names.includes(name)) return null;
 *       return { get: (row) => rows[row]![name]!, list: (row) => list(rows[row]![name]!) };
 *     },
 *   };
 * }
 *
 * const columns = columnsOf([{ Modality: "MR", ImageOrientationPatient: [1, 0, 0, 0, 1, 0] }]);
 * assertEquals(columns.column("Modality")?.get(0), "MR");
 * assertEquals(columns.column("ImageOrientationPatient")?.list(0)?.at(4), 1);
 * ```
 */
export interface IndexColumns {
  /** How many rows there are. */
  readonly rowCount: number;
  /** The columns in the order they stand in the file. */
  readonly fields: readonly IndexField[];
  /** Finds a column by its name; null when there is none. */
  column(name: string): IndexColumn | null;
  /** The columns as an Arrow table; null while it has not been made. */
  readonly table: Table | null;
  /** Makes that table, unless there is one. */
  toTable(options?: AbortOptions): Promise<Table>;
}
