import { SeriesIndex, type SeriesIndexOptions } from "@dicom/series-preview";
import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
import { assertEquals, assertLess, assertStrictEquals } from "@std/assert";
import { sampleSeries } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";
import { startRangeServer } from "../support/range_server.ts";
import { memoryFetch } from "./memory_fetch.ts";

const ADDRESS = "https://example.org/series/";
const REASON = new Error("the user has seen enough");

/** A host of 40 instances that aborts at a request, which is never answered. */
function abortAt(request: number) {
  const controller = new AbortController();
  let count = 0;
  const never = memoryFetch(sampleSeries(40), {
    gate() {
      if (++count < request) return Promise.resolve();
      controller.abort(REASON);
      return new Promise(() => {});
    },
  });
  return { ...never, signal: controller.signal };
}

/** Makes sure that a step throws the reason of the abort, and asks for nothing more afterwards. */
async function assertAborts(step: Promise<unknown>, requests: readonly URL[]): Promise<void> {
  const error = await step.then(() => null, (error) => error);
  assertStrictEquals(error, REASON);
  const { length } = requests;
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(requests.length, length, "it goes on asking");
}

Deno.test("a signal that is aborted already stops all before the first request", async () => {
  const { fetch, requests } = memoryFetch(sampleSeries(2));
  const aborted = { signal: AbortSignal.abort(REASON) };
  const options: SeriesIndexOptions = { cache: false, fetch };
  for (const series of [ADDRESS, "s3://bucket/series/", "demo:ct", "38*", "."]) {
    await assertAborts(SeriesIndex.open(series, { ...options, ...aborted }), requests);
  }
  assertEquals(requests.length, 0);
  const index = await SeriesIndex.open(ADDRESS, options);
  const { length } = requests;
  await assertAborts(index.renderMosaic(aborted), requests);
  assertEquals(requests.length, length);
});

Deno.test("an abort stops a listing, the first header and many headers at once", async () => {
  for (const request of [1, 2, 3, 20]) {
    const { fetch, requests, signal } = abortAt(request);
    await assertAborts(SeriesIndex.open(ADDRESS, { cache: false, fetch, signal }), requests);
    assertLess(requests.length, 40);
  }
});

Deno.test("an abort stops the drawing, by the signal of either call", async () => {
  for (const own of [true, false]) {
    // A listing and the headers of all come first.
    const { fetch, requests, signal } = abortAt(1 + 40 + 3);
    const options = { cache: false, fetch, concurrency: 4 } as const;
    const index = await SeriesIndex.open(ADDRESS, own ? options : { ...options, signal });
    const mosaic = index.renderMosaic({ samples: 40, width: 96, ...(own ? { signal } : {}) });
    await assertAborts(mosaic, requests);
    assertLess(requests.length, 1 + 40 + 10);
  }
});

Deno.test("an abort keeps nothing half-made, and lets the next one build", async () => {
  await using folder = await temporaryFolder();
  const caches: SeriesIndexOptions[] = [
    { cache: new MemoryIndexCache() },
    { cacheDir: folder.join("cache") },
  ];
  for (const cache of caches) {
    const { fetch, requests, signal } = abortAt(10);
    await assertAborts(SeriesIndex.open(ADDRESS, { ...cache, fetch, signal }), requests);
    const next = await SeriesIndex.open(ADDRESS, {
      ...cache,
      fetch: memoryFetch(sampleSeries(40)).fetch,
      onNotice: (line) => assertEquals(line, "nothing to be said"),
    });
    assertEquals([next.source, next.sliceCount], ["miss", 40]);
  }
  const names = await folder.names("cache/indices");
  assertEquals(names.filter((name) => name.startsWith(".")), []);
});

Deno.test("an abort ends the wait for another one's index", async () => {
  const [started, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { fetch } = memoryFetch(sampleSeries(3), {
    gate() {
      started.resolve();
      return gate.promise;
    },
  });
  const cache = new MemoryIndexCache();
  const builder = SeriesIndex.open(ADDRESS, { cache, fetch });
  await started.promise;
  const controller = new AbortController();
  const waiter = SeriesIndex.open(ADDRESS, {
    cache,
    fetch,
    signal: controller.signal,
    onNotice: () => controller.abort(REASON),
  });
  await assertAborts(waiter, []);
  gate.resolve();
  assertEquals((await builder).source, "miss");
});

Deno.test("an abort lets go of the connections to a host that keeps them", async () => {
  await using server = startRangeServer({ objects: sampleSeries(40, { folder: "series/" }) });
  const controller = new AbortController();
  server.misbehave({
    stallAt: 10,
    when: ({ key }) => {
      if (key === "series/0020.dcm") controller.abort(REASON);
      return key !== null && key > "series/0005.dcm";
    },
  });
  const options = { cache: false, signal: controller.signal } as const;
  const opening = SeriesIndex.open(`${server.url}/series/`, options);
  await assertAborts(opening, []);
});
