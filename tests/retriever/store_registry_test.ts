import { join } from "@std/path";
import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { StoreRegistry } from "../../retriever/store_registry.ts";
import { createTransferStats } from "../../retriever/transfer_stats.ts";
import { startRangeServer } from "../support/range_server.ts";

Deno.test("StoreRegistry opens one store a bucket, server or folder", async () => {
  const stores = new StoreRegistry({ env: () => undefined });
  const addresses = [
    ["s3://bucket/a/1 2.dcm", "s3://bucket/b/2.dcm", "a/1 2.dcm", "s3://other/a/1.dcm"],
    ["gs://bucket/a/1.dcm", "GS://bucket/2.dcm", "a/1.dcm", "s3://bucket/a/1.dcm"],
    ["https://host/a/1%202.dcm", "https://host/2.dcm", "a/1 2.dcm", "http://host/2.dcm"],
    ["https://host/1?t=1", "https://host/2?t=1", "1", "https://host/2?t=2"],
    ["file:///a/1%202.dcm", "/a/2.dcm", "1 2.dcm", "/b/2.dcm"],
  ] as const;
  for (const [first, second, key, other] of addresses) {
    const resolved = await stores.resolve(first);
    assertEquals(resolved.key, key);
    assertStrictEquals((await stores.resolve(second)).store, resolved.store);
    assert((await stores.resolve(other)).store !== resolved.store);
  }
});

Deno.test("StoreRegistry resolves what stores call their objects", async () => {
  const stores = new StoreRegistry({ env: () => undefined });
  for (
    const address of [
      "demo:ct/0001.dcm",
      "s3://bucket/a+b%20c",
      "https://host/a%20b/c.dcm",
      "file:///a%20b/c",
    ]
  ) {
    const { store, key } = await stores.resolve(address);
    assertEquals(store.url(key), address);
  }
});

Deno.test("StoreRegistry reads from many places, with one set of counters", async () => {
  const bytes = new Uint8Array([1, 2, 3]);
  await using server = startRangeServer({ objects: new Map([["a/1.dcm", bytes]]) });
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(join(folder, "1.dcm"), bytes);
    await Deno.mkdir(join(folder, "sub"));
    await Deno.symlink("../1.dcm", join(folder, "sub/link"));
    const stats = createTransferStats();
    const stores = new StoreRegistry({ env: server.env, stats });
    const { host } = new URL(server.url);
    for (
      const address of [
        "s3://idc-open-data/a/1.dcm",
        `http://me:secret@${host}/a/1.dcm?token=x`,
        join(folder, "1.dcm"),
      ]
    ) {
      const { store, key } = await stores.resolve(address);
      assertEquals((await store.get(key)).bytes, bytes);
    }
    assertEquals(stats, { requests: 3, retries: 0, bytesFetched: 9 });
    assertEquals(server.log[1]!.query.get("token"), "x");
    assertEquals(server.log[1]!.headers.get("authorization"), `Basic ${btoa("me:secret")}`);
    // A link that was named itself is read wherever it leads.
    const { store, key } = await stores.resolve(join(folder, "sub/link"));
    assertEquals((await store.get(key)).bytes, bytes);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("StoreRegistry refuses what is no address of an object", async () => {
  const stores = new StoreRegistry({ env: () => undefined });
  for (
    const address of ["s3://bucket", "s3://bucket/a/", "https://host/", "ftp://host/a", "s3:a"]
  ) {
    await assertRejects(() => stores.resolve(address), UsageError);
  }
  const error = await assertRejects(() => stores.resolve("https://u:pw@host/?token=x"), UsageError);
  assertEquals(error.message.includes("token") || error.message.includes("pw"), false);
});
