import { InvalidIndexError } from "../errors.ts";
import { verifyIndex } from "./index_checksum.ts";
import { INDEX_SCHEMA_VERSION, type IndexMetadata } from "./index_metadata.ts";
import { loadArrowPackages } from "./load_arrow_packages.ts";
import { loadPlainReader } from "./load_plain_reader.ts";
import { fromMetadataPairs, SCHEMA_VERSION_KEY } from "./metadata_pairs.ts";
import { readArrowColumns } from "./read_arrow_columns.ts";
import { readPlainColumns } from "./read_plain_columns.ts";
import { SLICE_COLUMNS } from "./series_columns.ts";
import { SeriesTable } from "./series_table.ts";

/** Options of {@linkcode readIndex}. */
export interface ReadIndexOptions {
  /**
   * The columns to read beside those that slices are counted by; all by default. Of some, no Arrow
   * table is made before {@linkcode SeriesTable.loadTable} is called.
   */
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
  const { columns, seriesUID, signal } = options;
  // What reads it is loaded meanwhile.
  const loading = columns === undefined ? loadArrowPackages() : loadPlainReader();
  await Promise.all([verifyIndex(bytes), loading]);
  signal?.throwIfAborted();
  const describe = (pairs: ReadonlyMap<string, string>) => readMetadata(pairs, seriesUID);
  try {
    if (columns === undefined) {
      const { table, metadata } = await readArrowColumns(bytes, describe, signal);
      return new SeriesTable(table, metadata);
    }
    const wanted = new Set([...SLICE_COLUMNS, ...columns]);
    const { plain, metadata } = await readPlainColumns(bytes, describe, wanted, signal);
    return new SeriesTable(plain, metadata, { complete: false });
  } catch (error) {
    if (error instanceof InvalidIndexError || signal?.aborted) throw error;
    throw new InvalidIndexError("the index cannot be parsed", { cause: error });
  }
}

function readMetadata(
  pairs: ReadonlyMap<string, string>,
  seriesUID: string | undefined,
): IndexMetadata {
  const version = pairs.get(SCHEMA_VERSION_KEY);
  // Nothing else is asked of a file of another schema, which need not have it.
  if (version !== String(INDEX_SCHEMA_VERSION)) {
    throw new InvalidIndexError(
      `the index is of schema ${version ?? "unknown"}, not ${INDEX_SCHEMA_VERSION}`,
    );
  }
  const metadata = fromMetadataPairs(pairs);
  if (seriesUID !== undefined && metadata.seriesUID !== seriesUID) {
    throw new InvalidIndexError(`the index is of series ${metadata.seriesUID}, not ${seriesUID}`);
  }
  return metadata;
}
