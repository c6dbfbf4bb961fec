/** The parts of hyparquet-writer that an index is written by. */
export type ParquetWriterPackage = [
  writer: typeof import("hyparquet-writer/src/parquet-writer.js"),
  bytes: typeof import("hyparquet-writer/src/bytewriter.js"),
];

/** Loads what an index is written by: best while the headers are still being fetched. */
export async function loadParquetWriter(): Promise<ParquetWriterPackage> {
  return await Promise.all([
    import("hyparquet-writer/src/parquet-writer.js"),
    import("hyparquet-writer/src/bytewriter.js"),
  ]);
}
