import type { SeriesTable } from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";
import type { ObjectEntry, Store } from "../retriever/store.ts";
import type { UpdatePlan } from "./update_plan.ts";

/**
 * Compares an index with a listing of its series, and tells what to read: objects that are new, those
 * whose size or ETag is another, and those that could not be read before. An object of which the
 * listing tells neither is taken to be as it was, unless it is all there is: one is soon read. Pure.
 *
 * @param table The index; the columns that drawing takes are enough.
 */
export function compareListing(
  { table, store, entries }: {
    readonly table: SeriesTable;
    readonly store: Store;
    readonly entries: readonly ObjectEntry[];
  },
): UpdatePlan {
  const { failed, skipped } = table.metadata;
  const drop = new Set([...failed, ...skipped].map(({ url }) => url));
  const known = new Set<string>();
  const listed = new Map(entries.map((entry) => [store.url(entry.key), entry]));
  for (const { url } of skipped) {
    if (!listed.has(url)) continue;
    known.add(url);
    drop.delete(url);
  }
  for (let row = 0; row < table.instanceCount; row++) {
    const url = String(table.value(row, SERIES_COLUMNS.dataUrl));
    const entry = listed.get(url);
    const kept = {
      size: table.value(row, SERIES_COLUMNS.fileSize) as number | null,
      etag: table.value(row, SERIES_COLUMNS.etag) as string | null,
    };
    const isTold = entries.length > 1 || entry?.size !== null || entry.etag !== null;
    if (entry !== undefined && isTold && isSame(entry, kept)) known.add(url);
    else drop.add(url);
  }
  const read = [...listed].filter(([url]) => !known.has(url)).map(([, { key }]) => key);
  return { drop, read, entries };
}

function isSame(
  listed: Pick<ObjectEntry, "size" | "etag">,
  kept: Pick<ObjectEntry, "size" | "etag">,
): boolean {
  if (listed.size !== null && kept.size !== null && listed.size !== kept.size) return false;
  if (listed.etag === null || kept.etag === null) return true;
  return bareEtag(listed.etag) === bareEtag(kept.etag);
}

/** Listings leave out the quotes, or the mark of a weak one, where replies have them. */
function bareEtag(etag: string): string {
  return etag.replace(/^W\//, "").replace(/^"(.*)"$/, "$1");
}
