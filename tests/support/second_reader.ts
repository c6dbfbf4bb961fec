import { parquetMetadata, parquetReadObjects, type SchemaElement } from "hyparquet";
import type { DataType, Vector } from "apache-arrow";
import type { SeriesTable } from "@dicom/series-preview/index-cache";
import { assertEquals } from "@std/assert";

/** How a Parquet file writes the types that an index has, by the name apache-arrow gives them. */
const PARQUET_TYPES: Readonly<Record<string, readonly [type: string, converted?: string]>> = {
  Int32: ["INT32"],
  Uint32: ["INT32", "UINT_32"],
  Int64: ["INT64"],
  Uint64: ["INT64", "UINT_64"],
  Float32: ["FLOAT"],
  Float64: ["DOUBLE"],
  Utf8: ["BYTE_ARRAY", "UTF8"],
};

/**
 * Reads an index's file by hyparquet and asserts that it finds every column, cell and key of the
 * table. The writer takes its constants from it; parquet-wasm, by which the tables of other tests are
 * read, and the programs of `deno task interchange` share nothing with it.
 */
export async function assertSecondReaderAgrees(
  bytes: Uint8Array,
  { table }: SeriesTable,
): Promise<void> {
  const file = bytes.slice().buffer;
  const { schema, num_rows: rowCount, key_value_metadata: pairs = [] } = parquetMetadata(file);
  assertEquals(Number(rowCount), table.numRows);
  const written = new Map(pairs.map(({ key, value }) => [key, value]));
  for (const [key, value] of table.schema.metadata) assertEquals(written.get(key), value, key);

  assertEquals(
    describeColumns(schema),
    table.schema.fields.map(({ name, type }) => {
      const isList = type.typeId === LIST;
      const item: DataType = isList ? type.children[0]!.type : type;
      return [name, isList ? "list" : "one", ...PARQUET_TYPES[String(item)]!].join(" ");
    }),
  );

  const rows = await parquetReadObjects({ file, useOffsetIndex: false });
  for (const { name } of table.schema.fields) {
    const column = table.getChild(name)!;
    rows.forEach((row, i) =>
      assertEquals(row[name] ?? null, cellOf(column, i), `${name}, row ${i}`)
    );
  }
}

/** `Type.List` of apache-arrow. */
const LIST = 12;

/** Tells each column of a file: its name, whether its cells are lists, and the type of its values. */
function describeColumns(schema: readonly SchemaElement[]): string[] {
  const columns: string[] = [];
  for (let at = 1; at < schema.length; at++) {
    const { name } = schema[at]!;
    const isList = schema[at]!.converted_type === "LIST";
    // A list is a group of a group of its items.
    if (isList) at += 2;
    const { type, converted_type: converted, repetition_type: repetition } = schema[at]!;
    assertEquals(repetition, "OPTIONAL", name);
    columns.push([name, isList ? "list" : "one", type, converted].filter(Boolean).join(" "));
  }
  return columns;
}

/** A cell of an Arrow column in the form in which hyparquet gives it. */
function cellOf(column: Vector, row: number): unknown {
  const cell: unknown = column.get(row);
  return typeof cell === "object" && cell !== null ? [...cell as Iterable<unknown>] : cell;
}
