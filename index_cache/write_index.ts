import type { RecordBatch } from "parquet-wasm/bundler";
import { UsageError } from "../errors.ts";
import { CHECKSUM_KEY, CHECKSUM_PLACEHOLDER, sealIndex } from "./index_checksum.ts";
import { listColumnsWithoutDictionary } from "./list_columns_without_dictionary.ts";
import { loadArrowPackages } from "./load_arrow_packages.ts";
import { toMetadataPairs } from "./metadata_pairs.ts";
import type { SeriesTable } from "./series_table.ts";

/** Options of {@linkcode writeIndex}. */
export interface WriteIndexOptions {
  /** Aborts the writing. */
  readonly signal?: AbortSignal;
}

/** Rows of a row group; the writer holds one. */
const GROUP_ROWS = 2500;

/** Rows that are handed to the writer at once: each lies in memory three times meanwhile. */
const BATCH_ROWS = 500;

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
  const [{ tableToIPC }, parquet] = await loadArrowPackages();
  const arrowTable = await table.loadTable(options);
  const pairs = toMetadataPairs(table.metadata).set(CHECKSUM_KEY, CHECKSUM_PLACEHOLDER);
  let properties = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression.SNAPPY)
    // Minima and maxima help to skip row groups; whoever reads an index reads them all.
    .setStatisticsEnabled(parquet.EnabledStatistics.None)
    .setMaxRowGroupSize(GROUP_ROWS)
    .setKeyValueMetadata(pairs);
  for (const name of listColumnsWithoutDictionary(arrowTable)) {
    properties = properties.setColumnDictionaryEnabled(name, false);
  }
  let row = 0;
  let failure: unknown;
  const batches = new ReadableStream<RecordBatch>({
    pull(controller) {
      try {
        options.signal?.throwIfAborted();
        const rows = arrowTable.slice(row, row += BATCH_ROWS);
        const stream = tableToIPC(rows, "stream");
        const batch = parquet.Table.fromIPCStream(stream);
        // Gone now, not at some collection: all batches would lie about until then.
        (stream.buffer as ArrayBuffer).transfer(0);
        for (const part of batch.recordBatches()) controller.enqueue(part);
        batch.free();
        if (row >= arrowTable.numRows) controller.close();
      } catch (error) {
        throw failure = error;
      }
    },
  }, { highWaterMark: 0 });
  let bytes: Uint8Array;
  try {
    const file = await parquet.transformParquetStream(batches, properties.build());
    bytes = new Uint8Array(await new Response(file).arrayBuffer());
  } catch (error) {
    // What failed in a batch comes out as an error that says nothing of it.
    throw failure ?? error;
  }
  options.signal?.throwIfAborted();
  await sealIndex(bytes);
  return bytes;
}
