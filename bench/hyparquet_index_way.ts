import { parquetReadObjects } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { toMetadataPairs } from "../index_cache/metadata_pairs.ts";
import { parquetSchema } from "../index_cache/parquet_schema.ts";
import type { IndexWay } from "./index_way.ts";

/** The same columns by hyparquet-writer and hyparquet, without a checksum, as rows of objects. */
export const indexWay: IndexWay = {
  write({ sources, metadata }) {
    const bytes = parquetWriteBuffer({
      schema: parquetSchema(sources),
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
