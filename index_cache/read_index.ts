import type { RecordBatch as ArrowBatch, Schema, Table } from "apache-arrow";
import type { ParquetFile, RecordBatch } from "parquet-wasm/bundler";
import { InvalidIndexError } from "../errors.ts";
import type { Arrow } from "./encode_column.ts";
import { verifyIndex } from "./index_checksum.ts";
import { INDEX_SCHEMA_VERSION, type IndexMetadata } from "./index_metadata.ts";
import { fromMetadataPairs, SCHEMA_VERSION_KEY, toMetadataPairs } from "./metadata_pairs.ts";
import { SLICE_COLUMNS } from "./series_columns.ts";
import { SeriesTable } from "./series_table.ts";

/** Rows that are decoded at once. */
const BATCH_ROWS = 1000;

/** Options of {@linkcode readIndex}. */
export interface ReadIndexOptions {
  /** The columns to read beside those that slices are counted by; all by default. */
  readonly columns?: readonly string[] | undefined;
  /** The series that the index must be of. */
  readonly seriesUID?: string | undefined;
  /** Aborts the reading. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads an index that {@linkcode writeIndex} wrote. Nothing is parsed before the checksum fits.
 *
 * @throws {InvalidIndexError} When the file is cut or damaged, has another schema version, or is of
 * another series.
 *
 * @example Reading two columns of an index
 * ```ts
 * import { IndexBuilder, readIndex, writeIndex } from "@dicom/series-preview/index-cache";
 * import { assertEquals } from "@std/assert";
 *
 * const table = await new IndexBuilder().build({ seriesUID: "ct", address: "demo:ct" });
 * const bytes = await writeIndex(table);
 * const index = await readIndex(bytes, { columns: ["_data_url", "Modality"], seriesUID: "ct" });
 * assertEquals(index.instanceCount, 0);
 * ```
 */
export async function readIndex(
  bytes: Uint8Array,
  options: ReadIndexOptions = {},
): Promise<SeriesTable> {
  await verifyIndex(bytes);
  options.signal?.throwIfAborted();
  const [arrow, parquet] = await Promise.all([
    import("apache-arrow"),
    import("parquet-wasm/bundler"),
  ]);
  try {
    const file = await parquet.ParquetFile.fromFile(new Blob([bytes as BlobPart]));
    try {
      const pairs: Map<string, string> = file.metadata().fileMetadata().keyValueMetadata();
      checkSchema(pairs);
      const metadata = fromMetadataPairs(pairs);
      checkSeries(metadata, options.seriesUID);
      const columns = options.columns && existing(file, arrow, options.columns);
      const { schema, batches } = await readBatches(file, arrow, columns, options.signal);
      // The stream carries the columns' metadata, but not the table's.
      const described = new arrow.Schema(schema.fields, toMetadataPairs(metadata));
      const table = new arrow.Table(described, batches);
      return new SeriesTable(table, metadata, { complete: columns === undefined });
    } finally {
      file.free();
    }
  } catch (error) {
    if (error instanceof InvalidIndexError || options.signal?.aborted) throw error;
    throw new InvalidIndexError("the index cannot be parsed", { cause: error });
  }
}

/** Reads row group by row group, so that what is read lies in memory twice a few rows at a time. */
async function readBatches(
  file: ParquetFile,
  arrow: Arrow,
  columns: string[] | undefined,
  signal: AbortSignal | undefined,
): Promise<Pick<Table, "schema" | "batches">> {
  const batches: ArrowBatch[] = [];
  const stream: ReadableStream<RecordBatch> = await file.stream(
    columns === undefined ? { batchSize: BATCH_ROWS } : { columns, batchSize: BATCH_ROWS },
  );
  for await (const batch of stream) {
    signal?.throwIfAborted();
    batches.push(...arrow.tableFromIPC(batch.intoIPCStream()).batches);
  }
  return { schema: batches[0]?.schema ?? readSchema(file, arrow), batches };
}

/** Nothing else is asked of a file of another schema, which need not have it. */
function checkSchema(pairs: ReadonlyMap<string, string>): void {
  const version = pairs.get(SCHEMA_VERSION_KEY);
  if (version !== String(INDEX_SCHEMA_VERSION)) {
    throw new InvalidIndexError(
      `the index is of schema ${version ?? "unknown"}, not ${INDEX_SCHEMA_VERSION}`,
    );
  }
}

function checkSeries(metadata: IndexMetadata, seriesUID: string | undefined): void {
  if (seriesUID !== undefined && metadata.seriesUID !== seriesUID) {
    throw new InvalidIndexError(`the index is of series ${metadata.seriesUID}, not ${seriesUID}`);
  }
}

/** The columns asked for and those that slices are counted by, as far as the file has them. */
function existing(file: ParquetFile, arrow: Arrow, columns: readonly string[]): string[] {
  const wanted = new Set([...SLICE_COLUMNS, ...columns]);
  return readSchema(file, arrow).names.map(String).filter((name) => wanted.has(name));
}

function readSchema(file: ParquetFile, arrow: Arrow): Schema {
  return arrow.tableFromIPC(file.schema().intoIPCStream()).schema;
}
