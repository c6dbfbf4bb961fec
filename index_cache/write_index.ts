import type { AttributeValue } from "../dicom/attribute.ts";
import { UsageError } from "../errors.ts";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { createPause } from "../runtime/create_pause.ts";
import { emptyRowGroup } from "./empty_row_group.ts";
import { CHECKSUM_KEY, CHECKSUM_PLACEHOLDER, sealIndex } from "./index_checksum.ts";
import type { IndexField } from "./index_columns.ts";
import { loadParquetWriter } from "./load_parquet_writer.ts";
import { COLUMNS_KEY, toColumnsText, toMetadataPairs } from "./metadata_pairs.ts";
import { parquetSchema } from "./parquet_schema.ts";
import type { SeriesTable } from "./series_table.ts";

/** Options of {@linkcode writeIndex}. */
export interface WriteIndexOptions extends AbortOptions {}

/** Rows of a row group, which are written at once. */
const GROUP_ROWS = 1000;

/**
 * Writes an index as a Parquet file, with its metadata and a checksum of all its bytes.
 *
 * The pages are compressed by Snappy, which every reader of Parquet knows. The checksum is the
 * SHA-256 of the file with the checksum's own 64 digits as zeros; it stands in the key-value
 * metadata as `checksum_sha256`.
 *
 * @throws {UsageError} When the table was read with some of its columns only.
 *
 * @example
 * ```ts
 * import { IndexBuilder, readIndex, writeIndex } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const builder = new IndexBuilder();
 * const table = await builder.build({ seriesUID: "empty", address: "https://example.org/empty" });
 * const bytes = await writeIndex(table);
 * assertEquals((await readIndex(bytes)).metadata.seriesUID, "empty");
 * ```
 */
export async function writeIndex(
  table: SeriesTable,
  options: WriteIndexOptions = {},
): Promise<Uint8Array> {
  if (!table.complete) {
    throw new UsageError("only a whole index can be written; read it with all columns");
  }
  const { signal } = options;
  const pause = createPause(signal);
  const [{ ParquetWriter }, { ByteWriter }] = await loadParquetWriter();
  signal?.throwIfAborted();
  const { columns: { fields, rowCount }, metadata } = table;
  const pairs = toMetadataPairs(metadata)
    .set(COLUMNS_KEY, toColumnsText(fields))
    .set(CHECKSUM_KEY, CHECKSUM_PLACEHOLDER);
  const writer = new ByteWriter();
  const parquet = new ParquetWriter({
    writer,
    schema: parquetSchema(fields),
    // Minima and maxima help to skip row groups; whoever reads an index reads them all.
    statistics: false,
    kvMetadata: Array.from(pairs, ([key, value]) => ({ key, value })),
    createdBy: `series-preview version ${metadata.toolVersion}`,
  });
  for (let row = 0; row < rowCount; row += GROUP_ROWS) {
    const end = Math.min(row + GROUP_ROWS, rowCount);
    await parquet.write({
      columnData: fields.map((field) => columnData(table, field, row, end)),
      rowGroupSize: GROUP_ROWS,
    });
    await pause();
  }
  if (rowCount === 0) parquet.row_groups.push(emptyRowGroup(fields));
  await parquet.finish();
  const bytes = new Uint8Array(writer.getBuffer());
  await sealIndex(bytes);
  return bytes;
}

/** The cells of some rows of a column, which are there while they are written only. */
function columnData(
  table: SeriesTable,
  { name, type }: IndexField,
  start: number,
  end: number,
) {
  const column = table.columns.column(name)!;
  const isLong = type === "int64" || type === "uint64";
  return {
    name,
    get data() {
      const cells: ReturnType<typeof toBigInts>[] | AttributeValue[] = [];
      for (let row = start; row < end; row++) {
        const cell = column.get(row);
        cells.push(isLong ? toBigInts(cell) : cell as never);
      }
      return cells;
    },
    // A dictionary takes -0 for 0, and saves little of numbers beside compression.
    ...(type === "utf8" ? {} : { encoding: "PLAIN" as const }),
  };
}

/** Integers as the writer takes those of 64 bits. */
function toBigInts(value: AttributeValue): bigint | readonly (bigint | null)[] | null {
  if (value === null) return null;
  return Array.isArray(value)
    ? value.map((item) => item === null ? null : BigInt(item))
    : BigInt(value as number | bigint);
}
