import type { RowGroup } from "hyparquet";
import type { IndexField } from "./index_columns.ts";
import { PARQUET_TYPES } from "./parquet_schema.ts";

/** Where the first column of a file starts, after its magic number. */
const DATA_START = 4n;

/**
 * The row group of an index without rows. A file with a list of no row groups would be valid, too, but
 * the writer gives that list a type that strict readers refuse.
 */
export function emptyRowGroup(fields: readonly IndexField[]): RowGroup {
  const columns = fields.map(({ name, type, list }) => ({
    file_offset: DATA_START,
    meta_data: {
      type: PARQUET_TYPES[type].type,
      encodings: ["PLAIN" as const],
      path_in_schema: list ? [name, "list", "element"] : [name],
      codec: "SNAPPY" as const,
      num_values: 0n,
      total_uncompressed_size: 0n,
      total_compressed_size: 0n,
      data_page_offset: DATA_START,
    },
  }));
  return { columns, total_byte_size: 0n, num_rows: 0n };
}
