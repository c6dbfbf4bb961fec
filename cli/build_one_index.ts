import { join } from "@std/path";
import { CacheError, type FailedRead } from "../errors.ts";
import type { IndexSource } from "../index_cache/mod.ts";
import { writeIndex } from "../index_cache/write_index.ts";
import type { LocatedSeries } from "../retriever/locate_series.ts";
import type { IndexChanges } from "../series_index/index_changes.ts";
import { loadIndex } from "../series_index/load_index.ts";
import type { SeriesIndexOptions } from "../series_index/series_index_options.ts";
import { imagingColumns } from "../series_index/image_rows.ts";
import type { CliEnvironment } from "./environment.ts";
import { openWritableFile } from "./writable_file.ts";

/** An index that is there now. */
export interface BuiltIndex {
  /** The address of its series. */
  readonly series: string;
  /** The name that it is kept under. */
  readonly name: string;
  readonly cache: IndexSource;
  /** What had changed since it was kept; null when nothing, and where none was kept. */
  readonly changes: IndexChanges | null;
  /** The file that it was written to beside the cache. */
  readonly output?: string;
  readonly instances: number;
  readonly slices: number;
  /** The instances that could not be read. */
  readonly failed: readonly FailedRead[];
}

/**
 * Makes sure that the index of a series is kept and tells of the series as it is now, and that it is
 * in a folder of the user's own where one is given.
 *
 * @throws {CacheError} When it could be kept nowhere.
 * @throws What reading the series throws.
 */
export async function buildOneIndex(
  location: LocatedSeries,
  options: SeriesIndexOptions,
  folder: string | undefined,
  environment: CliEnvironment,
): Promise<BuiltIndex> {
  const { address: series } = location;
  const columns = folder === undefined ? imagingColumns : undefined;
  const { table, source, changes } = await loadIndex(location, {
    ...options,
    columns,
    check: true,
  });
  const { seriesUID: name, failed } = table.metadata;
  if (source === "off" && folder === undefined) {
    throw new CacheError(`the index of ${series} was made, but could not be kept`, {
      address: series,
    });
  }
  const built = {
    series,
    name,
    cache: source,
    changes,
    instances: table.instanceCount,
    slices: table.sliceCount,
    failed,
  };
  if (folder === undefined) return built;
  const output = join(folder, `${name}_index.parquet`);
  const file = await openWritableFile(output, environment);
  await file.write(await writeIndex(table));
  return { ...built, output };
}
