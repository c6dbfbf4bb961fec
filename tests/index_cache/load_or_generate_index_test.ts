import { CacheError } from "../../errors.ts";
import {
  INDEX_SCHEMA_VERSION,
  IndexBuilder,
  type IndexCache,
  type IndexedInstance,
  type IndexUpdate,
  loadOrGenerateIndex,
  MemoryIndexCache,
  type SeriesTable,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { assertEquals, assertRejects } from "@std/assert";
import { sealIndex } from "../../index_cache/index_checksum.ts";
import { makeAxial } from "./support.ts";

const URLS = ["a", "b", "c"];

/** A series that counts how often it is built, with the instances that can be read. */
class FakeSeries {
  builds = 0;
  readable = new Set(URLS);

  generate = (): Promise<SeriesTable> => {
    this.builds++;
    return this.#finish(new IndexBuilder(), URLS);
  };

  /** Tries again what could not be read. */
  update: IndexUpdate = {
    isDue: (table) => table.metadata.failed.length > 0,
    apply: (table) => {
      const urls = table.metadata.failed.map(({ url }) => url);
      if (!urls.some((url) => this.readable.has(url))) return Promise.resolve(null);
      return this.#finish(IndexBuilder.from(table), urls);
    },
  };

  #finish(builder: IndexBuilder, urls: readonly string[]): Promise<SeriesTable> {
    for (const url of urls) if (this.readable.has(url)) builder.add(this.#instance(url));
    const failed = urls.filter((url) => !this.readable.has(url))
      .map((url) => ({ url, error: "cut" }));
    return builder.build({ seriesUID: "s", address: "demo:s", listed: URLS.length, failed });
  }

  #instance(url: string): IndexedInstance {
    return makeAxial(url, URLS.indexOf(url), URLS.indexOf(url));
  }
}

function urls(table: SeriesTable): unknown[] {
  return Array.from({ length: table.instanceCount }, (_, row) => table.value(row, "_data_url"));
}

/** A cache of which the given calls fail. */
function failing(...calls: readonly (keyof IndexCache)[]): IndexCache {
  const inner = new MemoryIndexCache();
  return new Proxy(inner, {
    get: (_, call: keyof IndexCache) =>
      calls.includes(call)
        ? () => Promise.reject(new CacheError(`cannot ${call}`))
        : inner[call].bind(inner),
  });
}

Deno.test("an index is built once and read from then on", async () => {
  const series = new FakeSeries();
  const cache = new MemoryIndexCache();
  const first = await loadOrGenerateIndex("s", { cache, generate: series.generate });
  const second = await loadOrGenerateIndex("s", { cache, generate: series.generate });
  assertEquals([first.source, second.source, series.builds], ["miss", "hit", 1]);
  assertEquals(urls(second.table), urls(first.table));
  assertEquals(second.table.complete, true);
});

Deno.test("the columns asked for are read from the cache", async () => {
  const cache = new MemoryIndexCache();
  const { generate } = new FakeSeries();
  const options = { cache, generate, columns: ["_data_url"] };
  assertEquals((await loadOrGenerateIndex("s", options)).table.complete, true);
  const { table } = await loadOrGenerateIndex("s", options);
  assertEquals([table.complete, urls(table)], [false, ["c", "b", "a"]]);
});

Deno.test("without a cache an index is built every time", async () => {
  const series = new FakeSeries();
  for (let i = 0; i < 2; i++) {
    const { source } = await loadOrGenerateIndex("s", { cache: null, generate: series.generate });
    assertEquals(source, "off");
  }
  assertEquals(series.builds, 2);
});

Deno.test("a rebuild replaces what is cached", async () => {
  const series = new FakeSeries();
  const cache = new MemoryIndexCache();
  await loadOrGenerateIndex("s", { cache, generate: series.generate });
  const before = await cache.get("s");
  series.readable.delete("b");
  const { source, table } = await loadOrGenerateIndex("s", {
    cache,
    generate: series.generate,
    rebuild: true,
  });
  assertEquals([source, urls(table), series.builds], ["miss", ["c", "a"], 2]);
  assertEquals((await cache.get("s"))!.length === before!.length, false);
});

Deno.test("a damaged index is built anew, with one notice", async () => {
  const series = new FakeSeries();
  const cache = new MemoryIndexCache();
  await loadOrGenerateIndex("s", { cache, generate: series.generate });
  const bytes = (await cache.get("s"))!;
  bytes[100]! ^= 1;
  await cache.put("s", bytes);
  const notices: string[] = [];
  const onNotice = (line: string) => void notices.push(line);
  const { source } = await loadOrGenerateIndex("s", { cache, generate: series.generate, onNotice });
  assertEquals([source, series.builds], ["miss", 2]);
  assertEquals(notices, ["the cached index s is built anew: the index is damaged"]);
  const again = await loadOrGenerateIndex("s", { cache, generate: series.generate, onNotice });
  assertEquals([again.source, notices.length], ["hit", 1]);
});

/** A whole file of another schema, which has its own keys. */
async function writeOtherSchema(version: string | null): Promise<Uint8Array> {
  const { tableFromArrays, tableToIPC } = await import("apache-arrow");
  const parquet = await import("parquet-wasm/bundler");
  const pairs = new Map([["checksum_sha256", "0".repeat(64)]]);
  if (version !== null) pairs.set("schema_version", version);
  const properties = new parquet.WriterPropertiesBuilder().setKeyValueMetadata(pairs).build();
  const stream = tableToIPC(tableFromArrays({ Index: Uint32Array.of(0) }), "stream");
  const bytes = parquet.writeParquet(parquet.Table.fromIPCStream(stream), properties);
  await sealIndex(bytes);
  return bytes;
}

Deno.test("an index of an older or a newer schema is built anew, with one notice", async () => {
  for (const version of ["1", "99", "one", null]) {
    const series = new FakeSeries();
    const cache = new MemoryIndexCache();
    await cache.put("s", await writeOtherSchema(version));
    const notices: string[] = [];
    const onNotice = (line: string) => void notices.push(line);
    const options = { cache, generate: series.generate, onNotice };
    assertEquals((await loadOrGenerateIndex("s", options)).source, "miss");
    assertEquals(notices, [
      `the cached index s is built anew: the index is of schema ${version ?? "unknown"}, ` +
      `not ${INDEX_SCHEMA_VERSION}`,
    ]);
    assertEquals((await loadOrGenerateIndex("s", options)).source, "hit");
    assertEquals([series.builds, notices.length], [1, 1]);
  }
});

Deno.test("an index of another series is built anew, with a notice", async () => {
  const series = new FakeSeries();
  const cache = new MemoryIndexCache();
  await loadOrGenerateIndex("s", { cache, generate: series.generate });
  const notices: string[] = [];
  await loadOrGenerateIndex("s", {
    cache,
    generate: series.generate,
    seriesUID: "t",
    onNotice: (line) => notices.push(line),
  });
  assertEquals(series.builds, 2);
  assertEquals(notices, ["the cached index s is built anew: the index is of series s, not t"]);
});

Deno.test("of calls at the same time one builds and the others read", async () => {
  const series = new FakeSeries();
  const cache = new MemoryIndexCache();
  const notices: string[] = [];
  const results = await Promise.all([1, 2, 3].map(() =>
    loadOrGenerateIndex("s", {
      cache,
      generate: series.generate,
      onNotice: (line) => notices.push(line),
    })
  ));
  assertEquals(series.builds, 1);
  assertEquals(results.map(({ source }) => source).toSorted(), ["hit", "hit", "miss"]);
  assertEquals(notices, Array(2).fill("another program builds the index s; waiting for it"));
});

Deno.test("instances that failed are tried again alone, and the better index is kept", async () => {
  const series = new FakeSeries();
  const cache = new MemoryIndexCache();
  const { generate, update } = series;
  series.readable.delete("b");
  const first = await loadOrGenerateIndex("s", { cache, generate, update });
  assertEquals([urls(first.table), first.table.metadata.failed.length], [["c", "a"], 1]);

  const same = await loadOrGenerateIndex("s", { cache, generate, update });
  assertEquals([same.source, urls(same.table)], ["hit", ["c", "a"]]);

  series.readable.add("b");
  const columns = ["_data_url"];
  const mended = await loadOrGenerateIndex("s", { cache, generate, update, columns });
  assertEquals([mended.source, urls(mended.table)], ["hit", ["c", "b", "a"]]);
  assertEquals(mended.table.metadata.failed, []);

  const kept = await loadOrGenerateIndex("s", { cache, generate });
  assertEquals([urls(kept.table), kept.table.metadata.listed], [["c", "b", "a"], 3]);
  assertEquals(series.builds, 1);
});

Deno.test("a cache that fails costs one notice, and the index is built without it", async () => {
  for (const call of ["get", "lock", "put"] as const) {
    const series = new FakeSeries();
    const notices: string[] = [];
    const { source, table } = await loadOrGenerateIndex("s", {
      cache: failing(call),
      generate: series.generate,
      onNotice: (line) => notices.push(line),
    });
    assertEquals([source, table.instanceCount, series.builds], ["off", 3, 1]);
    assertEquals(notices, [`going on without the cache: cannot ${call}`]);
  }
});

Deno.test("the lock is let go when building or keeping fails", async () => {
  const cache = failing("put");
  const broken = () => Promise.reject(new Error("no network"));
  await assertRejects(() => loadOrGenerateIndex("s", { cache, generate: broken }), Error, "no net");
  await loadOrGenerateIndex("s", { cache, generate: new FakeSeries().generate });
  let waited = false;
  await cache.lock("s", { onWait: () => waited = true });
  assertEquals(waited, false);
});

Deno.test("a cached index that cannot be locked is brought up to date all the same, but not kept", async () => {
  const series = new FakeSeries();
  series.readable.delete("b");
  const { generate, update } = series;
  const cache = failing("lock");
  const { table } = await loadOrGenerateIndex("s", { cache: new MemoryIndexCache(), generate });
  await cache.put("s", await writeIndex(table));

  const notices: string[] = [];
  const onNotice = (line: string) => void notices.push(line);
  const options = { cache, generate, update, onNotice, columns: ["_data_url"] };
  const hit = await loadOrGenerateIndex("s", options);
  assertEquals([hit.source, urls(hit.table), series.builds], ["hit", ["c", "a"], 1]);
  series.readable.add("b");
  const mended = await loadOrGenerateIndex("s", options);
  assertEquals([mended.source, urls(mended.table)], ["off", ["c", "b", "a"]]);
  assertEquals(series.builds, 1);
  assertEquals(notices, Array(2).fill("going on without the cache: cannot lock"));
});

Deno.test("an update that the cache does not take is used, with one notice", async () => {
  const series = new FakeSeries();
  series.readable.delete("b");
  const { generate, update } = series;
  const cache = new MemoryIndexCache();
  await loadOrGenerateIndex("s", { cache, generate });
  series.readable.add("b");
  cache.put = () => Promise.reject(new CacheError("cannot put"));
  const notices: string[] = [];
  const onNotice = (line: string) => void notices.push(line);
  const { source, table } = await loadOrGenerateIndex("s", { cache, generate, update, onNotice });
  assertEquals([source, urls(table)], ["off", ["c", "b", "a"]]);
  assertEquals(notices, ["going on without the cache: cannot put"]);
});

Deno.test("an index is looked at by the columns asked for, and updated whole, under the lock", async () => {
  const series = new FakeSeries();
  const cache = new MemoryIndexCache();
  await loadOrGenerateIndex("s", { cache, generate: series.generate });
  const seen: string[] = [];
  const update: IndexUpdate = {
    isDue: (table) => {
      seen.push(`due ${table.complete}`);
      return true;
    },
    apply: async (table) => {
      let waits = false;
      const other = cache.lock("s", { onWait: () => waits = true });
      seen.push(`apply ${table.complete}, locked ${waits}`);
      other.then((lock) => lock[Symbol.asyncDispose]());
      return await Promise.resolve(null);
    },
  };
  const options = { cache, generate: series.generate, update, columns: ["_data_url"] };
  assertEquals((await loadOrGenerateIndex("s", options)).source, "hit");
  assertEquals(seen, ["due false", "apply true, locked true"]);
});

Deno.test("what another program updates while one waits for the lock is not updated again", async () => {
  const series = new FakeSeries();
  series.readable.delete("b");
  const cache = new MemoryIndexCache();
  await loadOrGenerateIndex("s", { cache, generate: series.generate });
  series.readable.add("b");
  let updates = 0;
  const update: IndexUpdate = {
    isDue: series.update.isDue,
    apply: (table, options) => {
      if (table.metadata.failed.length === 0) return Promise.resolve(null);
      updates++;
      return series.update.apply(table, options);
    },
  };
  const calls = [1, 2, 3].map(() =>
    loadOrGenerateIndex("s", { cache, generate: series.generate, update })
  );
  for (const { source, table } of await Promise.all(calls)) {
    assertEquals([source, urls(table)], ["hit", ["c", "b", "a"]]);
  }
  assertEquals([updates, series.builds], [1, 1]);
});

Deno.test("an index that is removed before it can be updated is built", async () => {
  const series = new FakeSeries();
  const cache = new MemoryIndexCache();
  await loadOrGenerateIndex("s", { cache, generate: series.generate });
  const update: IndexUpdate = {
    isDue: async () => await cache.delete("s"),
    apply: () => Promise.reject(new Error("there is nothing to update")),
  };
  const { source } = await loadOrGenerateIndex("s", { cache, generate: series.generate, update });
  assertEquals([source, series.builds], ["miss", 2]);
});

Deno.test("an aborted call builds nothing", async () => {
  const series = new FakeSeries();
  const signal = AbortSignal.abort(new Error("stop"));
  const cache = new MemoryIndexCache();
  const { generate } = series;
  await assertRejects(() => loadOrGenerateIndex("s", { cache, generate, signal }), Error, "stop");
  assertEquals(series.builds, 0);
});

/** A cache that takes an index only once `open` is called. */
class SlowCache extends MemoryIndexCache {
  readonly #opened = Promise.withResolvers<void>();
  readonly asked = Promise.withResolvers<void>();

  open(): void {
    this.#opened.resolve();
  }

  override async put(...args: Parameters<MemoryIndexCache["put"]>): Promise<void> {
    this.asked.resolve();
    await this.#opened.promise;
    return await super.put(...args);
  }
}

Deno.test("an index that is saved later is there at once, and for others once the cache has it", async () => {
  const series = new FakeSeries();
  const cache = new SlowCache();
  const options = { cache, generate: series.generate };
  const first = await loadOrGenerateIndex("s", { ...options, saveLater: true });
  assertEquals([first.source, urls(first.table)], ["miss", ["c", "b", "a"]]);
  await cache.asked.promise;
  assertEquals(await cache.list(), []);
  const waits: string[] = [];
  const second = loadOrGenerateIndex("s", { ...options, onNotice: (line) => waits.push(line) });
  cache.open();
  assertEquals([await first.saved, (await second).source, series.builds], ["miss", "hit", 1]);
  assertEquals(waits.length, 1);
  const third = await loadOrGenerateIndex("s", { ...options, saveLater: true });
  assertEquals([third.source, await third.saved], ["hit", "hit"]);
});

Deno.test("a cache that fails to take an index later costs one notice, too", async () => {
  const notices: string[] = [];
  const { generate } = new FakeSeries();
  const onNotice = (line: string) => notices.push(line);
  const options = { cache: failing("put"), generate, onNotice, saveLater: true };
  const { source, saved } = await loadOrGenerateIndex("s", options);
  assertEquals([source, await saved], ["miss", "off"]);
  assertEquals(notices, ["going on without the cache: cannot put"]);
  const unlocked = await loadOrGenerateIndex("s", { ...options, cache: failing("get") });
  assertEquals([unlocked.source, await unlocked.saved], ["off", "off"]);
});

Deno.test("what is saved later is saved whoever aborts meanwhile, and the lock let go of", async () => {
  const cache = new MemoryIndexCache();
  const { generate } = new FakeSeries();
  const stop = new AbortController();
  const options = { cache, generate, saveLater: true };
  const { saved } = await loadOrGenerateIndex("s", { ...options, signal: stop.signal });
  stop.abort(new Error("stop"));
  assertEquals(await saved, "miss");
  assertEquals((await loadOrGenerateIndex("s", { cache, generate })).source, "hit");
});
