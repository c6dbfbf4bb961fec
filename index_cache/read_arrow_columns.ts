import type { RecordBatch as ArrowBatch, Table } from "apache-arrow";
import type { ParquetFile, RecordBatch } from "parquet-wasm/bundler";
import type { Arrow } from "./encode_column.ts";
import type { IndexMetadata } from "./index_metadata.ts";
import { loadArrowPackages } from "./load_arrow_packages.ts";
import { fromColumnsText, toMetadataPairs } from "./metadata_pairs.ts";
import { toIndexField } from "./to_index_field.ts";

/** Rows that are decoded at once. */
const BATCH_ROWS = 1000;

/** Reads all columns of an index as an Arrow table. */
export async function readArrowColumns(
  bytes: Uint8Array,
  describe: (pairs: ReadonlyMap<string, string>) => IndexMetadata,
  signal: AbortSignal | undefined,
): Promise<{ readonly table: Table; readonly metadata: IndexMetadata }> {
  const [arrow, parquet] = await loadArrowPackages();
  const file = await parquet.ParquetFile.fromFile(new Blob([bytes as BlobPart]));
  try {
    const pairs = file.metadata().fileMetadata().keyValueMetadata();
    const metadata = describe(pairs);
    const { schema, batches } = await readBatches(file, arrow, signal);
    const kept = fromColumnsText(pairs);
    const fields = schema.fields.map(({ name, type, nullable }) =>
      new arrow.Field(name, type, nullable, new Map(kept.get(name)))
    );
    // A type that no index has is found now, not when it is asked for.
    fields.forEach(toIndexField);
    const described = new arrow.Schema(fields, toMetadataPairs(metadata));
    return { table: new arrow.Table(described, batches), metadata };
  } finally {
    file.free();
  }
}

/** Reads row group by row group, so that what is read lies in memory twice a few rows at a time. */
async function readBatches(
  file: ParquetFile,
  arrow: Arrow,
  signal: AbortSignal | undefined,
): Promise<Pick<Table, "schema" | "batches">> {
  const batches: ArrowBatch[] = [];
  const stream: ReadableStream<RecordBatch> = await file.stream({ batchSize: BATCH_ROWS });
  for await (const batch of stream) {
    signal?.throwIfAborted();
    batches.push(...arrow.tableFromIPC(batch.intoIPCStream()).batches);
  }
  const schema = batches[0]?.schema ?? arrow.tableFromIPC(file.schema().intoIPCStream()).schema;
  return { schema, batches };
}
