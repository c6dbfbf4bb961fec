import { parquetReadObjects, type SchemaElement } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { ColumnType } from "../index_cache/column_type.ts";
import { toMetadataPairs } from "../index_cache/metadata_pairs.ts";
import type { IndexArrays, IndexWay } from "./index_way.ts";

/** The same columns by hyparquet-writer and hyparquet, without a checksum, as rows of objects. */
export const indexWay: IndexWay = {
  write({ sources, metadata }) {
    const bytes = parquetWriteBuffer({
      schema: makeSchema(sources),
      columnData: sources.map(({ name, cells: data }) => ({ name, data })),
      kvMetadata: [...toMetadataPairs(metadata)].map(([key, value]) => ({ key, value })),
      statistics: false,
    });
    return Promise.resolve(new Uint8Array(bytes));
  },
  async loadSome({ buffer: file }, columns) {
    return (await parquetReadObjects({ file, columns: [...columns] })).length;
  },
  async loadAll({ buffer: file }) {
    return (await parquetReadObjects({ file })).length;
  },
};

const TYPES: Readonly<Record<ColumnType, Pick<SchemaElement, "type" | "converted_type">>> = {
  int32: { type: "INT32" },
  uint32: { type: "INT32", converted_type: "UINT_32" },
  int64: { type: "INT64" },
  uint64: { type: "INT64", converted_type: "UINT_64" },
  float32: { type: "FLOAT" },
  float64: { type: "DOUBLE" },
  utf8: { type: "BYTE_ARRAY", converted_type: "UTF8" },
};

function makeSchema(sources: IndexArrays["sources"]): SchemaElement[] {
  const columns = sources.flatMap(({ name, type, list }): SchemaElement[] =>
    list
      ? [
        { name, num_children: 1, converted_type: "LIST", repetition_type: "OPTIONAL" },
        { name: "list", num_children: 1, repetition_type: "REPEATED" },
        { name: "element", ...TYPES[type], repetition_type: "OPTIONAL" },
      ]
      : [{ name, ...TYPES[type], repetition_type: "OPTIONAL" }]
  );
  return [{ name: "root", num_children: sources.length }, ...columns];
}
