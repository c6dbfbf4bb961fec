import {
  AmbiguousSeriesError,
  EmptySeriesError,
  NetworkError,
  NotFoundError,
} from "@dicom/series-preview";
import { MemoryIndexCache, type SeriesTable } from "@dicom/series-preview/index-cache";
import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { locatedSeries } from "../../retriever/located_series.ts";
import { MemoryStore } from "../../retriever/memory_store.ts";
import type { ByteRange, ObjectEntry, ReadOptions, StoreReply } from "../../retriever/store.ts";
import { StoreView } from "../../retriever/store_view.ts";
import { indexName, loadIndex, type LoadIndexOptions } from "../../series_index/load_index.ts";
import { headerLength, sampleName, sampleSeries, sampleSlice } from "../cli/sample_series.ts";

/** A store that notes what is asked of it, and can tell less, or other things, than it should. */
class NotedStore extends StoreView {
  /** Keys that were read, and `list`. */
  readonly log: string[] = [];
  /** What listings tell of an object, in place of the truth. */
  describe = (entry: ObjectEntry): ObjectEntry => entry;
  /** Whether replies tell an ETag. */
  hasEtags = true;
  /** Keys of which the host fails. */
  failing = new Set<string>();

  override async getRange(key: string, range: ByteRange, options?: ReadOptions) {
    this.log.push(key);
    if (this.failing.has(key)) throw new NetworkError("answered 503", { address: this.url(key) });
    const reply: StoreReply = await this.store.getRange(key, range, options);
    return this.hasEtags ? reply : { ...reply, etag: null };
  }

  override async *list(prefix: string, options?: ReadOptions): AsyncGenerator<ObjectEntry> {
    this.log.push("list");
    for await (const entry of this.store.list(prefix, options)) yield this.describe(entry);
  }
}

/** A series whose objects come and go, with its cache. */
class ChangingSeries {
  readonly objects: Map<string, Uint8Array>;
  readonly store: NotedStore;
  readonly cache = new MemoryIndexCache();

  constructor(objects: ReadonlyMap<string, Uint8Array>) {
    this.objects = new Map(objects);
    this.store = new NotedStore(new MemoryStore(this.objects));
  }

  /** Loads the index; answers what was asked of the store for it, too. */
  async load(options: Omit<LoadIndexOptions, "cache"> = {}) {
    this.store.log.length = 0;
    const location = locatedSeries(this.store, "");
    const loaded = await loadIndex(location, { cache: this.cache, ...options });
    return { ...loaded, log: [...this.store.log] };
  }

  /** The file of the index that is kept. */
  async kept(): Promise<Uint8Array | null> {
    const name = await indexName(locatedSeries(this.store, ""), undefined);
    return await this.cache.get(name);
  }

  /** Makes sure that a table is the one that reading all anew makes. */
  async assertAsAnew(table: SeriesTable, options: Omit<LoadIndexOptions, "cache"> = {}) {
    const anew = await loadIndex(locatedSeries(this.store, ""), { ...options, cache: false });
    assertEquals(contentOf(table), contentOf(anew.table));
  }
}

/** All that an index tells. */
function contentOf(table: SeriesTable) {
  const { metadata, instanceCount, stackCount } = table;
  const byUrl = (a: { url: string }, b: { url: string }) => a.url < b.url ? -1 : 1;
  return {
    ...metadata,
    failed: metadata.failed.toSorted(byUrl),
    skipped: metadata.skipped.toSorted(byUrl),
    stackCount,
    columns: table.table.schema.fields.map(({ name, type }) => `${name} ${type}`),
    rows: Array.from({ length: instanceCount }, (_, row) => table.row(row)),
  };
}

const url = (key: string) => `memory:${key}`;
const text = (words: string) => new TextEncoder().encode(words);

Deno.test("a series that is as it was costs one listing, and its index stays", async () => {
  const series = new ChangingSeries(sampleSeries(5));
  assertEquals((await series.load()).source, "miss");
  const before = await series.kept();
  const { log, source, changes } = await series.load({ check: true });
  assertEquals([log, source, changes], [["list"], "hit", null]);
  assertEquals(await series.kept(), before);
  assertEquals((await series.load()).log, []);
});

Deno.test("what is new or changed is read, what is gone left out, and the rest stays", async () => {
  const series = new ChangingSeries(sampleSeries(6, { padding: 30_000 }));
  await series.load();
  const slice = (number: number) => sampleSlice({ number, padding: 30_000, description: "new" });
  series.objects.set(sampleName(1), slice(1));
  series.objects.delete(sampleName(4));
  series.objects.set("0000.dcm", slice(8));
  series.objects.set(sampleName(9), slice(9));
  const { log, table, source, changes } = await series.load({ check: true });
  // Headers of that length would take several requests if the index did not tell it.
  assertEquals(log, ["list", "0000.dcm", sampleName(1), sampleName(9)]);
  assertEquals([source, changes], ["hit", { added: 2, changed: 1, removed: 1 }]);
  await series.assertAsAnew(table);
  const kept = await series.load();
  assertEquals([kept.log, contentOf(kept.table)], [[], contentOf(table)]);
});

Deno.test("a part that is read again finds its place among time points and orientations", async () => {
  const first = sampleSeries(4, { folder: "a/" });
  const series = new ChangingSeries(first);
  await series.load();
  const second = [...sampleSeries(4, { folder: "b/" }).keys()];
  for (const [number, key] of second.entries()) {
    series.objects.set(key, sampleSlice({ number, instance: number + 4 }));
  }
  const { table, log } = await series.load({ check: true });
  assertEquals([log, table.stackCount], [["list", ...second], 2]);
  await series.assertAsAnew(table);
  for (const key of first.keys()) series.objects.delete(key);
  const rest = await series.load({ check: true });
  assertEquals([rest.log, rest.table.stackCount, rest.table.metadata.stacks], [["list"], 1, null]);
  await series.assertAsAnew(rest.table);
});

Deno.test("columns that only other instances had are gone with them", async () => {
  const series = new ChangingSeries(sampleSeries(2));
  series.objects.set(sampleName(5), sampleSlice({ number: 5, padding: 10, window: [400, 40] }));
  const first = await series.load();
  assertEquals(first.table.table.schema.names.includes("WindowCenter"), true);
  series.objects.delete(sampleName(5));
  const { table } = await series.load({ check: true });
  assertEquals(table.table.schema.names.includes("WindowCenter"), false);
  await series.assertAsAnew(table);
});

Deno.test("an addition that cannot be read is named, and tried again alone", async () => {
  const series = new ChangingSeries(sampleSeries(3));
  await series.load();
  const good = sampleSlice({ number: 5 });
  series.objects.set("5.dcm", good.slice(0, 400));
  series.objects.set("6.dcm", sampleSlice({ number: 6 }));
  const first = await series.load({ check: true });
  assertEquals(first.changes, { added: 2, changed: 0, removed: 0 });
  assertEquals(first.table.metadata.failed.map((failed) => failed.url), [url("5.dcm")]);
  await series.assertAsAnew(first.table);

  const before = await series.kept();
  for (const check of [false, true]) {
    const again = await series.load({ check });
    assertEquals(again.log, [...(check ? ["list"] : []), "5.dcm"]);
    assertEquals([again.changes, again.table.metadata.failed.length], [null, 1]);
    assertEquals(await series.kept(), before);
  }
  series.objects.set("5.dcm", good);
  const mended = await series.load();
  assertEquals(mended.changes, { added: 0, changed: 1, removed: 0 });
  await series.assertAsAnew(mended.table);
});

Deno.test("a change to what cannot be read is a failure, and one that is gone is none", async () => {
  const series = new ChangingSeries(sampleSeries(4));
  await series.load();
  series.objects.set(sampleName(1), text("no DICOM any more"));
  const { table, changes } = await series.load({ check: true });
  assertEquals([table.instanceCount, changes], [3, { added: 0, changed: 1, removed: 0 }]);
  assertEquals(table.metadata.failed.map((failed) => failed.url), [url(sampleName(1))]);
  series.objects.delete(sampleName(1));
  const gone = await series.load();
  assertEquals([gone.table.metadata.failed, gone.table.metadata.listed], [[], 3]);
  assertEquals(gone.changes, { added: 0, changed: 0, removed: 1 });
  await series.assertAsAnew(gone.table);
});

Deno.test("what is no instance is skipped with its reason, and not read again", async () => {
  const series = new ChangingSeries(sampleSeries(2));
  await series.load();
  series.objects.set("notes.txt", text("notes"));
  const noted = await series.load({ check: true });
  assertEquals(noted.table.metadata.skipped, [{ url: url("notes.txt"), reason: "not DICOM" }]);
  await series.assertAsAnew(noted.table);
  assertEquals((await series.load({ check: true })).log, ["list"]);
  series.objects.delete("notes.txt");
  const { table, changes } = await series.load({ check: true });
  assertEquals([table.metadata.skipped, changes], [[], { added: 0, changed: 0, removed: 1 }]);
});

Deno.test("an addition that is cut before its image is told by the images that are there", async () => {
  const series = new ChangingSeries(sampleSeries(3));
  await series.load();
  const slice = sampleSlice({ number: 7 });
  const imageless = sampleSlice({ number: 8, imageless: true });
  // The header up to the first element of the image.
  series.objects.set("7.dcm", slice.slice(0, headerLength(slice) - 90));
  series.objects.set("8.dcm", imageless);
  const { table } = await series.load({ check: true });
  assertEquals([table.instanceCount, table.sliceCount], [4, 3]);
  await series.assertAsAnew(table);
});

Deno.test("an addition of another series is skipped where one was chosen, else refused", async () => {
  const series = new ChangingSeries(sampleSeries(2, { seriesUID: "1.2.1" }));
  await series.load();
  await series.load({ series: "1.2.1" });
  series.objects.set("other.dcm", sampleSlice({ number: 3, seriesUID: "1.2.2" }));
  const kept = await series.kept();
  const chosen = await series.load({ series: "1.2.1", check: true });
  const skipped = { url: url("other.dcm"), reason: "of another series, 1.2.2" };
  assertEquals(chosen.table.metadata.skipped, [skipped]);
  await series.assertAsAnew(chosen.table, { series: "1.2.1" });
  assertEquals((await series.load({ series: "1.2.1", check: true })).log, ["list"]);

  const error = await assertRejects(() => series.load({ check: true }), AmbiguousSeriesError);
  assertEquals(error.candidates, ["1.2.1", "1.2.2"]);
  assertEquals(await series.kept(), kept);
  assertEquals((await series.load()).table.instanceCount, 2);
});

Deno.test("a folder whose objects are all others is indexed anew, by the one listing", async () => {
  const series = new ChangingSeries(sampleSeries(2, { seriesUID: "1.2.1" }));
  await series.load();
  series.objects.clear();
  for (const [key, bytes] of sampleSeries(3, { seriesUID: "1.2.2" })) {
    series.objects.set(key, bytes);
  }
  const { table, log, changes } = await series.load({ check: true });
  assertEquals(log.filter((what) => what === "list").length, 1);
  assertEquals(changes, { added: 1, changed: 2, removed: 0 });
  await series.assertAsAnew(table);

  for (const key of series.objects.keys()) series.objects.set(key, text("nothing"));
  await assertRejects(() => series.load({ check: true }), EmptySeriesError);
  series.objects.clear();
  await assertRejects(() => series.load({ check: true }), NotFoundError, "nothing is in");
  assertEquals((await series.load()).table.instanceCount, 3);
});

Deno.test("a host that fails at what is to be read leaves the index as it was", async () => {
  const series = new ChangingSeries(sampleSeries(2));
  await series.load();
  const before = await series.kept();
  for (let number = 10; number < 60; number++) {
    series.objects.set(sampleName(number), sampleSlice({ number }));
    series.store.failing.add(sampleName(number));
  }
  const load = () => series.load({ check: true, concurrency: 4 });
  const error = await assertRejects(load, NetworkError, "keeps failing");
  assertEquals(error.failed.length, 50);
  assertMatch(error.failed.at(-1)!.error, /^not tried: 8 reads in a row/);
  assertEquals(series.store.log.length <= 1 + 12, true, `${series.store.log.length} reads`);
  assertEquals(await series.kept(), before);
});

Deno.test("failures that a failing host keeps from being tried again stay as they were told", async () => {
  const series = new ChangingSeries(sampleSeries(2));
  const cut = Array.from({ length: 30 }, (_, number) => `cut${number}.dcm`);
  for (const key of cut) series.objects.set(key, sampleSlice({ number: 9 }).slice(0, 400));
  const { table: { metadata: { failed } } } = await series.load();
  assertEquals(failed.length, cut.length);
  for (const key of cut) series.store.failing.add(key);
  const { table, source } = await series.load({ concurrency: 4 });
  assertEquals([table.instanceCount, source, table.metadata.failed], [2, "hit", failed]);
  // One more is gone, so that the failures are written anew.
  series.objects.delete("cut0.dcm");
  series.store.failing.delete("cut0.dcm");
  const rest = await series.load({ concurrency: 1 });
  const told = new Map(rest.table.metadata.failed.map((each) => [each.url, each.error]));
  assertEquals(told.size, cut.length - 1);
  assertEquals([...told.values()].some((error) => error.startsWith("not tried")), false);
});

Deno.test("where nothing tells ETags, sizes do", async () => {
  const series = new ChangingSeries(sampleSeries(3));
  series.store.hasEtags = false;
  series.store.describe = (entry) => ({ ...entry, etag: null });
  const { table } = await series.load();
  assertEquals(table.value(0, "_etag"), null);
  series.objects.set(sampleName(0), sampleSlice({ number: 0, description: "sbmple" }));
  series.objects.set(sampleName(1), sampleSlice({ number: 1, description: "a longer one" }));
  const { log, changes } = await series.load({ check: true });
  assertEquals([log, changes?.changed], [["list", sampleName(1)], 1]);
});

Deno.test("ETags are the same however a listing writes them", async () => {
  for (
    const write of [
      (etag: string) => etag.slice(1, -1),
      (etag: string) => `W/${etag}`,
    ]
  ) {
    const series = new ChangingSeries(sampleSeries(3));
    series.store.describe = (entry) => ({ ...entry, etag: write(entry.etag!) });
    await series.load();
    assertEquals((await series.load({ check: true })).log, ["list"]);
    series.objects.set(sampleName(0), sampleSlice({ number: 0, description: "sbmple" }));
    assertEquals((await series.load({ check: true })).log, ["list", sampleName(0)]);
  }
});

Deno.test("a listing whose ETags are none of the objects' costs headers, and changes nothing", async () => {
  const series = new ChangingSeries(sampleSeries(3));
  series.store.describe = (entry) => ({ ...entry, etag: `"other"` });
  await series.load();
  const before = await series.kept();
  const { log, changes, source } = await series.load({ check: true });
  assertEquals([log.length, changes, source], [4, null, "hit"]);
  assertEquals(await series.kept(), before);
});

Deno.test("instances that are said to have changed are read again, and nothing is listed", async () => {
  const series = new ChangingSeries(sampleSeries(5));
  await series.load();
  series.objects.set(sampleName(2), sampleSlice({ number: 7, description: "moved" }));
  series.objects.delete(sampleName(3));
  const changed = [url(sampleName(2)), url(sampleName(3)), "https://elsewhere.org/x.dcm"];
  const { log, table, changes } = await series.load({ changed });
  assertEquals(log, [sampleName(2), sampleName(3)]);
  assertEquals(changes, { added: 0, changed: 1, removed: 1 });
  await series.assertAsAnew(table);
  // Another program, which saw the same, finds it done.
  const again = await series.load({ changed: [url(sampleName(2))] });
  assertEquals([again.log, again.changes], [[sampleName(2)], null]);
});

Deno.test("of calls at the same time one reads what has changed", async () => {
  const series = new ChangingSeries(sampleSeries(4));
  await series.load();
  series.objects.set(sampleName(7), sampleSlice({ number: 7 }));
  const loads = await Promise.all([1, 2, 3].map(() => series.load({ check: true })));
  assertEquals(loads.map(({ table }) => table.instanceCount), [5, 5, 5]);
  assertEquals(series.store.log.filter((key) => key === sampleName(7)).length, 1);
  assertEquals(loads.filter(({ changes }) => changes !== null).length, 1);
});

Deno.test("without a cache, or with none kept, a check is the listing that an index takes", async () => {
  const series = new ChangingSeries(sampleSeries(2));
  const names = [...series.objects.keys()];
  assertEquals((await series.load({ check: true })).log, ["list", ...names]);
  assertEquals((await series.load({ check: true, rebuild: true })).log, ["list", ...names]);
});
