import { NotFoundError, SeriesPreviewError } from "../errors.ts";
import { IndexBuilder, type SeriesTable } from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import type { LocatedSeries } from "../retriever/locate_series.ts";
import { readHeaders, type ReadHeadersOptions } from "../retriever/read_headers.ts";
import { type Failure, missingSeriesUID, namedFailures } from "./failures.ts";
import { cutBeforeImage } from "./cut_before_image.ts";
import { headerText, seriesInstanceUID, sopClassUID } from "./header_text.ts";
import { toIndexedInstance } from "./to_indexed_instance.ts";

/**
 * Reads the headers again that could not be read when an index was made.
 *
 * @returns The index with the instances that can be read now and without those that are gone, or
 * null when nothing has changed.
 */
export async function retryFailed(
  location: LocatedSeries,
  table: SeriesTable,
  options: ReadHeadersOptions,
): Promise<SeriesTable | null> {
  const { store } = location;
  const { seriesUID, address, failed } = table.metadata;
  const skipped = [...table.metadata.skipped];
  const uid = table.value(0, "SeriesInstanceUID") ?? "";
  const keys = failed.flatMap(({ url }) => store.key(url) ?? []);
  const imageClasses = imageClassesOf(table);
  const builder = IndexBuilder.from(table);
  const failures: Failure[] = [];
  for await (const { url, value, error } of readHeaders(store, keys, options)) {
    try {
      if (error !== undefined) throw error;
      const own = headerText(value.header, seriesInstanceUID);
      if (own === "" && uid !== "") throw missingSeriesUID(url);
      if (own !== uid) {
        skipped.push({ url, reason: `of another series, ${own}` });
        continue;
      }
      const instance = await toIndexedInstance(value);
      const cut = cutBeforeImage(instance, headerText(value.header, sopClassUID), imageClasses);
      if (cut !== null) throw cut;
      builder.add(instance);
    } catch (cause) {
      if (cause instanceof NotFoundError) continue;
      if (!(cause instanceof SeriesPreviewError)) throw cause;
      failures.push({ url, cause });
    }
  }
  if (failures.length === keys.length) return null;
  const still = failed.filter(({ url }) => store.key(url) === null);
  const named = [...still, ...namedFailures(failures)];
  // What is gone from its place is listed no more.
  const present = builder.instanceCount + named.length + skipped.length;
  return await builder.build({ seriesUID, address, listed: present, failed: named, skipped });
}

/** The SOP classes of the instances that have an image. */
function imageClassesOf(table: SeriesTable): Set<string> {
  const classes = new Set<string>();
  for (let row = 0; row < table.instanceCount; row++) {
    if (table.value(row, SERIES_COLUMNS.frameCount) === 0) continue;
    classes.add(String(table.value(row, "SOPClassUID") ?? ""));
  }
  return classes;
}
