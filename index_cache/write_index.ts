import { UsageError } from "../errors.ts";
import { CHECKSUM_KEY, CHECKSUM_PLACEHOLDER, sealIndex } from "./index_checksum.ts";
import { toMetadataPairs } from "./metadata_pairs.ts";
import type { SeriesTable } from "./series_table.ts";

/** Options of {@linkcode writeIndex}. */
export interface WriteIndexOptions {
  /** Aborts the writing. */
  readonly signal?: AbortSignal;
}

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
  const [{ tableToIPC }, parquet] = await Promise.all([
    import("apache-arrow"),
    import("parquet-wasm/bundler"),
  ]);
  options.signal?.throwIfAborted();
  const pairs = toMetadataPairs(table.metadata).set(CHECKSUM_KEY, CHECKSUM_PLACEHOLDER);
  const properties = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression.SNAPPY)
    // Minima and maxima help to skip row groups; the index has one.
    .setStatisticsEnabled(parquet.EnabledStatistics.None)
    .setKeyValueMetadata(pairs)
    .build();
  const stream = tableToIPC(table.table, "stream");
  const bytes = parquet.writeParquet(parquet.Table.fromIPCStream(stream), properties);
  await sealIndex(bytes);
  return bytes;
}
