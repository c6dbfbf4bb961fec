import { UsageError } from "../../errors.ts";
import { FileIndexCache } from "../../index_cache/file_index_cache.ts";
import { type IndexCache, MemoryIndexCache } from "@dicom/series-preview/index-cache";
import { assertEquals, assertRejects } from "@std/assert";

/** Runs a test on every kind of cache. */
function testCaches(name: string, test: (cache: IndexCache) => Promise<void>): void {
  Deno.test(`${name}, in memory`, () => test(new MemoryIndexCache()));
  Deno.test(`${name}, in files`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await test(new FileIndexCache(`${folder}/cache`));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

const bytes = (...values: number[]) => new Uint8Array(values);

testCaches("what is kept comes back, and the last one wins", async (cache) => {
  assertEquals(await cache.get("a"), null);
  await cache.put("a", bytes(1, 2, 3));
  await cache.put("b", bytes());
  assertEquals(await cache.get("a"), bytes(1, 2, 3));
  assertEquals(await cache.get("b"), bytes());
  await cache.put("a", bytes(4));
  assertEquals(await cache.get("a"), bytes(4));
});

testCaches("names are listed ascending", async (cache) => {
  assertEquals(await cache.list(), []);
  for (const name of ["b", "c-1", "B", "a.x_y"]) await cache.put(name, bytes(1));
  assertEquals(await cache.list(), ["B", "a.x_y", "b", "c-1"]);
});

testCaches("what is deleted is gone", async (cache) => {
  assertEquals(await cache.delete("a"), false);
  await cache.put("a", bytes(1));
  assertEquals(await cache.delete("a"), true);
  assertEquals(await cache.get("a"), null);
  assertEquals(await cache.list(), []);
});

testCaches("bytes that change after they were kept change nothing", async (cache) => {
  const given = bytes(1, 2);
  await cache.put("a", given);
  given[0] = 9;
  const got = (await cache.get("a"))!;
  assertEquals(got, bytes(1, 2));
  got[0] = 9;
  assertEquals(await cache.get("a"), bytes(1, 2));
});

testCaches("a name that is no plain name is refused by every call", async (cache) => {
  const names = [
    "",
    ".",
    "..",
    ".a",
    "a/b",
    "../a",
    "a\\b",
    "a b",
    "a\0",
    "C:a",
    "ä",
    "a".repeat(201),
  ];
  for (const name of names) {
    for (
      const call of [
        () => cache.get(name),
        () => cache.put(name, bytes(1)),
        () => cache.delete(name),
        () => cache.lock(name),
      ]
    ) {
      await assertRejects(call, UsageError, "cannot name an index");
    }
  }
  assertEquals(await cache.list(), []);
});

testCaches("an aborted call does nothing", async (cache) => {
  const signal = AbortSignal.abort(new Error("stop"));
  await assertRejects(() => cache.put("a", bytes(1), { signal }), Error, "stop");
  assertEquals(await cache.get("a"), null);
  await assertRejects(() => cache.get("a", { signal }), Error, "stop");
  await assertRejects(() => cache.list({ signal }), Error, "stop");
  await assertRejects(() => cache.delete("a", { signal }), Error, "stop");
  await assertRejects(() => cache.lock("a", { signal }), Error, "stop");
});

testCaches("one at a time holds the lock of a name", async (cache) => {
  const events: string[] = [];
  let holders = 0;
  const work = async (who: number) => {
    await using _lock = await cache.lock("a");
    assertEquals(++holders, 1);
    events.push(`enter ${who}`);
    await cache.put("a", bytes(who));
    holders--;
  };
  await Promise.all([1, 2, 3, 4].map(work));
  assertEquals(events.toSorted(), ["enter 1", "enter 2", "enter 3", "enter 4"]);
});

testCaches("locks of different names are held together, and who waits is told", async (cache) => {
  let waits = 0;
  const onWait = () => void waits++;
  const a = await cache.lock("a", { onWait });
  const b = await cache.lock("b", { onWait });
  assertEquals(waits, 0);
  const told = Promise.withResolvers<void>();
  const next = cache.lock("a", { onWait: told.resolve });
  await told.promise;
  await a[Symbol.asyncDispose]();
  await (await next)[Symbol.asyncDispose]();
  await b[Symbol.asyncDispose]();
});

testCaches(
  "a wait for a lock ends when it is aborted, and the next one still gets it",
  async (cache) => {
    const lock = await cache.lock("a");
    const controller = new AbortController();
    const waiting = cache.lock("a", {
      signal: controller.signal,
      onWait: () => controller.abort(new Error("stop")),
    });
    await assertRejects(() => waiting, Error, "stop");
    const told = Promise.withResolvers<void>();
    const next = cache.lock("a", { onWait: told.resolve });
    await told.promise;
    await lock[Symbol.asyncDispose]();
    await (await next)[Symbol.asyncDispose]();
  },
);
