import { DEFAULT_ROOT, locateSeries, type LocateSeriesOptions } from "./locate_series.ts";
import { type LocatedSeries, locatedSeries } from "./located_series.ts";
import { openStore } from "./open_store.ts";
import { parseSeriesSpec } from "./parse_series_spec.ts";

/**
 * Lists the series under a root: the folders right below it, in ascending order of their names.
 * Whether there are instances in them is not asked.
 *
 * @param root An address, a local folder, a folder UUID; or the start of folder names and `*`, for
 * those that start so.
 * @throws {UsageError} The root is none of these.
 * @throws {NotFoundError} The root is missing, where that can be told from one that is empty.
 *
 * @example
 * ```ts
 * import { listSeries } from "@dicom/series-preview/retriever";
 * import { assertEquals } from "@std/assert";
 *
 * const root = await Deno.makeTempDir();
 * await Deno.mkdir(`${root}/head`);
 * const names: string[] = [];
 * for await (const { folder } of listSeries(root)) names.push(folder);
 * assertEquals(names, ["head"]);
 * await Deno.remove(root, { recursive: true });
 * ```
 */
export async function* listSeries(
  root: string,
  options: LocateSeriesOptions = {},
): AsyncGenerator<LocatedSeries> {
  const { signal } = options;
  const parsed = parseSeriesSpec(root);
  if (parsed.kind !== "prefix") {
    const { store, prefix } = await locateSeries(root, options);
    for await (const key of store.listFolders(prefix, { signal })) yield locatedSeries(store, key);
    return;
  }
  const { store, prefix } = await openStore(
    parsed.root ?? options.root ?? DEFAULT_ROOT,
    options,
  );
  for (const start of parsed.prefixes) {
    let found = false;
    for await (const key of store.listFolders(prefix + start, { signal })) {
      found = true;
      yield locatedSeries(store, key);
    }
    // As where one series is named so: the words as given count only if no UUID starts so.
    if (found) return;
  }
}
