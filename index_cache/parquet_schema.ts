import type { SchemaElement } from "hyparquet";
import type { ColumnType } from "./column_type.ts";
import type { IndexField } from "./index_columns.ts";

/** How Parquet writes the types of columns. */
export const PARQUET_TYPES = {
  int32: { type: "INT32" },
  uint32: { type: "INT32", converted_type: "UINT_32" },
  int64: { type: "INT64" },
  uint64: { type: "INT64", converted_type: "UINT_64" },
  float32: { type: "FLOAT" },
  float64: { type: "DOUBLE" },
  utf8: { type: "BYTE_ARRAY", converted_type: "UTF8" },
} as const satisfies Readonly<Record<ColumnType, Partial<SchemaElement>>>;

/** The schema of an index's file: all columns are optional, a list is a group of a group of its items. */
export function parquetSchema(fields: readonly Omit<IndexField, "metadata">[]): SchemaElement[] {
  const columns = fields.flatMap(({ name, type, list }): SchemaElement[] => {
    const value = { ...PARQUET_TYPES[type], repetition_type: "OPTIONAL" } as const;
    return list
      ? [
        { name, num_children: 1, converted_type: "LIST", repetition_type: "OPTIONAL" },
        { name: "list", num_children: 1, repetition_type: "REPEATED" },
        { name: "element", ...value },
      ]
      : [{ name, ...value }];
  });
  return [{ name: "root", num_children: fields.length }, ...columns];
}
