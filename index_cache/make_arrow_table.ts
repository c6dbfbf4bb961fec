import type { Table } from "apache-arrow";
import { type Arrow, type ColumnSource, encodeColumn } from "./encode_column.ts";

/** Makes an Arrow table of columns, with key-value pairs of its own. */
export function makeArrowTable(
  arrow: Arrow,
  sources: readonly ColumnSource[],
  rowCount: number,
  pairs: ReadonlyMap<string, string>,
): Table {
  const encoded = sources.map((source) => encodeColumn(arrow, source));
  const fields = encoded.map(({ field }) => field);
  const schema = new arrow.Schema(fields, new Map(pairs));
  const data = arrow.makeData({
    type: new arrow.Struct(fields),
    length: rowCount,
    nullCount: 0,
    children: encoded.map((column) => column.data),
  });
  return new arrow.Table(schema, [new arrow.RecordBatch(schema, data)]);
}
