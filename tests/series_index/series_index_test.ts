import {
  AmbiguousSeriesError,
  CacheError,
  EmptySeriesError,
  NetworkError,
  NoImageError,
  NotFoundError,
  SeriesIndex,
  type SeriesIndexOptions,
  UsageError,
} from "@dicom/series-preview";
import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
import { assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { sampleDirectory, sampleSeries, sampleSlice, sampleUID } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { memoryFetch } from "./memory_fetch.ts";

const ADDRESS = "https://example.org/series/";

/** Opens objects of memory as the web folder they seem to be, without a cache. */
function open(
  objects: ReadonlyMap<string, Uint8Array>,
  options: SeriesIndexOptions = {},
): Promise<SeriesIndex> {
  return SeriesIndex.open(ADDRESS, { cache: false, fetch: memoryFetch(objects).fetch, ...options });
}

Deno.test("an opened series tells what it holds", async () => {
  const objects = sampleSeries(5);
  objects.set("plan.dcm", sampleSlice({ number: 9, imageless: true }));
  objects.set("cut.dcm", sampleSlice({ number: 8 }).slice(0, 300));
  objects.set("DICOMDIR", sampleDirectory());
  const index = await open(objects);
  assertEquals(index.address, ADDRESS);
  assertEquals([index.instanceCount, index.sliceCount, index.imagelessCount], [6, 5, 1]);
  assertEquals([index.primaryAxis, index.positionRange], ["Z", [0, 8]]);
  assertEquals([index.source, index.stacks], ["off", null]);
  assertEquals(index.failed.map(({ url }) => url), [`${ADDRESS}cut.dcm`]);
  assertEquals(index.skipped, [{ url: `${ADDRESS}DICOMDIR`, reason: "a DICOMDIR" }]);
});

Deno.test("the table has a row an instance, in display order, with all header keywords", async () => {
  const index = await open(sampleSeries(4, { description: "chest" }));
  const { table } = index;
  const column = (name: string) => [...table.getChild(name)!];
  assertEquals(table.numRows, 4);
  assertEquals(column("_index"), [0, 1, 2, 3]);
  assertEquals(column("_primary_position"), [6, 4, 2, 0]);
  assertEquals(column("SOPInstanceUID"), [3, 2, 1, 0].map((number) => sampleUID(number)));
  assertEquals(column("InstanceNumber"), [4, 3, 2, 1]);
  assertEquals(column("SeriesDescription"), Array(4).fill("chest"));
  assertEquals(column("_data_url"), [4, 3, 2, 1].map((number) => `${ADDRESS}000${number}.dcm`));
});

Deno.test("frames of an instance are its slices", async () => {
  const index = await open(sampleSeries(2, { frames: 6 }));
  assertEquals([index.instanceCount, index.sliceCount], [2, 12]);
  const { slices } = await index.renderMosaic({ samples: 12, width: 48 });
  assertEquals(slices.map(({ frame }) => frame), [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]);
  assertEquals(slices.map(({ index }) => index), Array.from({ length: 12 }, (_, i) => i));
  assertEquals(slices.at(-1)!.position, 1);
});

Deno.test("a cache in memory keeps the index, and a rebuild makes it anew", async () => {
  const { fetch, requests } = memoryFetch(sampleSeries(3));
  const cache = new MemoryIndexCache();
  const sources: string[] = [];
  const counts: number[] = [];
  for (const rebuild of [false, false, true, false]) {
    const before = requests.length;
    const index = await SeriesIndex.open(ADDRESS, { cache, fetch, rebuild });
    assertEquals([index.sliceCount, index.positionRange], [3, [0, 4]]);
    sources.push(index.source);
    counts.push(requests.length - before);
  }
  assertEquals(sources, ["miss", "hit", "miss", "hit"]);
  assertEquals(counts, [4, 0, 4, 0]);
  assertEquals((await cache.list()).length, 1);
});

Deno.test("without a cache nothing is written, with a folder for it the index is", async () => {
  await using folder = await temporaryFolder();
  const env = (name: string) => {
    return name === "IDC_SERIES_PREVIEW_CACHE_DIR" ? folder.join("platform") : undefined;
  };
  const objects = sampleSeries(2);
  await open(objects, { env });
  assertEquals(await folder.names(), []);
  await open(objects, { env, cache: undefined, cacheDir: folder.join("own") });
  assertEquals(await folder.names(), ["own"]);
  await open(objects, { env, cache: undefined });
  assertEquals(await folder.names(), ["own", "platform"]);
});

Deno.test("an index for drawing reads the columns that drawing takes, and draws the same", async () => {
  const cache = new MemoryIndexCache();
  const objects = sampleSeries(3);
  await open(objects, { cache });
  const whole = await open(objects, { cache });
  const lean = await open(objects, { cache, imagingOnly: true });
  assertEquals([whole.source, lean.source], ["hit", "hit"]);
  assertEquals(whole.table.getChild("SeriesDescription")?.get(0), "sample");
  assertThrows(() => lean.table, UsageError, "loadTable");
  const table = await lean.loadTable();
  assertEquals([table.numRows, table.getChild("SeriesDescription")], [3, null]);
  assertEquals(lean.table === table, true);
  const [one, other] = [
    await whole.renderMosaic({ width: 48 }),
    await lean.renderMosaic({ width: 48 }),
  ];
  assertEquals(one, other);
});

Deno.test("a series opened for drawing is kept by the time that its first picture is there", async () => {
  const cache = new MemoryIndexCache();
  const objects = sampleSeries(3);
  const index = await open(objects, { cache, imagingOnly: true });
  assertThrows(() => index.table, UsageError, "loadTable");
  await index.renderMosaic({ width: 48 });
  assertEquals([index.source, (await cache.list()).length], ["miss", 1]);
  assertEquals(
    (await index.getInstance({ headersOnly: true })).dataset.SeriesDescription,
    "sample",
  );

  const notices: string[] = [];
  class FullCache extends MemoryIndexCache {
    override put(): Promise<void> {
      return Promise.reject(new CacheError("no room"));
    }
  }
  const unkept = await open(objects, {
    cache: new FullCache(),
    imagingOnly: true,
    onNotice: (line) => notices.push(line),
  });
  await assertRejects(() => unkept.renderMosaic({ samples: 0 }), UsageError);
  assertEquals([unkept.source, notices], ["off", ["going on without the cache: no room"]]);
});

Deno.test("a read that fails tells its own error, also where the keeping fails", async () => {
  class BrokenCache extends MemoryIndexCache {
    override put(): Promise<void> {
      return Promise.reject(new TypeError("a mistake of the cache's"));
    }
  }
  const cache = new BrokenCache();
  const index = await open(sampleSeries(3), { cache, imagingOnly: true });
  await assertRejects(() => index.renderMosaic({ samples: 0 }), UsageError, "samples");
  await assertRejects(() => index.renderMosaic({ width: 48 }), TypeError, "a mistake");
});

Deno.test("who stops the opening once it is over stops no keeping, and no call that has a signal of its own", async () => {
  const cache = new MemoryIndexCache();
  const controller = new AbortController();
  const options = { cache, imagingOnly: true, signal: controller.signal };
  const index = await open(sampleSeries(3), options);
  controller.abort(new Error("it is open"));
  const { signal } = new AbortController();
  for (let call = 0; call < 2; call++) {
    const { image } = await index.renderMosaic({ width: 48, signal });
    assertEquals(image.width, 48);
  }
  assertEquals([index.source, (await cache.list()).length], ["miss", 1]);
  await assertRejects(() => index.renderMosaic({ width: 48 }), Error, "it is open");
});

Deno.test("progress counts every header, then every slice, up to all of them", async () => {
  const reports: [number, number][] = [];
  const onProgress = (done: number, total: number) => void reports.push([done, total]);
  const cache = new MemoryIndexCache();
  const objects = sampleSeries(4);
  const index = await open(objects, { onProgress, cache });
  assertEquals(reports, [[1, 4], [2, 4], [3, 4], [4, 4]]);
  reports.length = 0;
  await index.renderMosaic({ samples: 3, width: 48, onProgress });
  assertEquals(reports, [[1, 3], [2, 3], [3, 3]]);
  reports.length = 0;
  await open(objects, { onProgress, cache });
  assertEquals(reports, []);
});

Deno.test("no more reads are under way than the concurrency allows", async () => {
  for (const concurrency of [1, 3]) {
    const { fetch, peak } = memoryFetch(sampleSeries(12), { slow: true });
    const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch, concurrency });
    assertEquals(peak(), concurrency);
    await index.renderMosaic({ samples: 12, width: 48, concurrency: 2 });
    assertEquals(peak(), Math.max(2, concurrency));
  }
});

Deno.test("a host that fails now and then is asked again, by the clock that is given", async () => {
  const { fetch, requests } = memoryFetch(sampleSeries(3), { failures: 4 });
  const clock = fakeClock();
  const options = { sleep: clock.sleep, now: clock.now, random: () => 0 };
  const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch, ...options });
  assertEquals([index.sliceCount, index.failed], [3, []]);
  assertEquals([requests.length, clock.waits.length], [4 + 4, 4]);
});

Deno.test("what cannot be opened is told by the class of the error", async () => {
  const two = new Map([
    ["1.dcm", sampleSlice({ number: 1, seriesUID: "1.2.1" })],
    ["2.dcm", sampleSlice({ number: 1, seriesUID: "1.2.2" })],
  ]);
  const text = new Map([["a.txt", new TextEncoder().encode("text")]]);
  const cut = new Map([["1.dcm", sampleSlice({ number: 1 }).slice(0, 300)]]);
  const ambiguous = await assertRejects(() => open(two), AmbiguousSeriesError);
  assertEquals([ambiguous.candidates, ambiguous.address], [["1.2.1", "1.2.2"], ADDRESS]);
  await assertRejects(() => open(two, { series: "1.2.3" }), NotFoundError);
  assertEquals((await open(two, { series: "1.2.2" })).instanceCount, 1);
  await assertRejects(() => open(new Map()), NotFoundError);
  await assertRejects(() => open(text), EmptySeriesError);
  const empty = await assertRejects(() => open(cut), EmptySeriesError);
  assertEquals(empty.failed.map(({ url }) => url), [`${ADDRESS}1.dcm`]);
  await assertRejects(() => SeriesIndex.open("no:where", { cache: false }), UsageError);
  const clock = fakeClock();
  const failing = { ...memoryFetch(two, { failures: Infinity }), ...clock, cache: false } as const;
  const lost = await assertRejects(() => SeriesIndex.open(ADDRESS, failing), NetworkError);
  assertEquals([lost.attempts, lost.status], [5, 500]);
});

Deno.test("what cannot be drawn is told by the class of the error", async () => {
  const index = await open(sampleSeries(3));
  for (
    const options of [
      { samples: 0 },
      { samples: 1.5 },
      { width: -1 },
      { start: 2 },
      { start: 0.6, end: 0.5 },
      { stack: 7 },
    ]
  ) {
    await assertRejects(() => index.renderMosaic(options), UsageError);
  }
  const imageless = await open(sampleSeries(2, { imageless: true }));
  const error = await assertRejects(() => imageless.renderMosaic(), NoImageError);
  assertEquals(error.address, ADDRESS);
  assertInstanceOf(error, Error);
});

Deno.test("the bytes decoded are counted over all pictures", async () => {
  const index = await open(sampleSeries(4));
  assertEquals(index.bytesDecoded, 0);
  await index.renderMosaic({ samples: 2, width: 48 });
  await index.renderMosaic({ samples: 1, width: 48 });
  assertEquals(index.bytesDecoded, 3 * 16 * 12 * 2);
});
