import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  fail,
} from "@std/assert";
import { NotFoundError, ObjectChangedError, UsageError } from "../../errors.ts";
import { compareKeys } from "../../retriever/compare_keys.ts";
import type { ByteRange, Store } from "../../retriever/store.ts";
import { seededRandom } from "../support/random.ts";

/** A store to test, the objects that are in it, and what to do when done. */
export interface OpenStore extends AsyncDisposable {
  readonly store: Store;
  readonly objects: ReadonlyMap<string, Uint8Array>;
}

/** Tests that a store does what the `Store` interface promises. */
export function testStore(name: string, open: () => Promise<OpenStore> | OpenStore): void {
  Deno.test(`${name} lists all keys in ascending order with their sizes`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    for (const prefix of ["", ...folders(objects)]) {
      const entries = await Array.fromAsync(store.list(prefix));
      assertEquals(entries.map(({ key }) => key), keysWith(objects, prefix));
      for (const { key, size } of entries) {
        assert(size === null || size === objects.get(key)!.length, `size of ${key} is ${size}`);
      }
    }
  });

  Deno.test(`${name} lists what starts with a part of a name`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    const first = keysWith(objects, "")[0]!;
    const folder = first.slice(0, first.lastIndexOf("/") + 1);
    for (const length of [1, 2, 3]) {
      const prefix = first.slice(0, folder.length + length);
      const keys = (await Array.fromAsync(store.list(prefix))).map(({ key }) => key);
      assertEquals(keys, keysWith(objects, prefix));
    }
    assertEquals(await Array.fromAsync(store.list(`${folder}no such name`)), []);
  });

  Deno.test(`${name} lists nothing, or says so, where there is no folder`, async () => {
    await using opened = await open();
    try {
      assertEquals(await Array.fromAsync(opened.store.list("no such folder/")), []);
    } catch (error) {
      assertInstanceOf(error, NotFoundError);
      assertStringIncludes(error.address ?? "", "no");
    }
  });

  Deno.test(`${name} lists the folders right below a prefix`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    const all = folders(objects);
    for (const folder of ["", ...all]) {
      const below = all.filter((name) => isRightBelow(name, folder));
      assertEquals(await Array.fromAsync(store.listFolders(folder)), below);
      for (const name of below) {
        const prefix = name.slice(0, folder.length + 2);
        assertEquals(
          await Array.fromAsync(store.listFolders(prefix)),
          below.filter((other) => other.startsWith(prefix)),
        );
      }
    }
  });

  Deno.test(`${name} reads whole objects`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    for (const [key, object] of objects) {
      const { bytes, totalSize } = await store.get(key);
      assertBytes(bytes, object, key);
      assertEquals(totalSize, object.length);
    }
  });

  Deno.test(`${name} reads ranges at every edge`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    const bySize = [...objects].sort((a, b) => a[1].length - b[1].length);
    for (const [key, object] of [...bySize.slice(0, 3), ...bySize.slice(-2)]) {
      for (const range of edges(object.length)) {
        const { bytes, totalSize } = await store.getRange(key, range);
        assertBytes(bytes, slice(object, range), `${key} ${JSON.stringify(range)}`);
        assertEquals(totalSize, object.length, `${key} ${JSON.stringify(range)}`);
      }
    }
  });

  Deno.test(`${name} reads any range as a slice of the object`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    const random = seededRandom(20260101);
    const [key, object] = [...objects].reduce((a, b) => a[1].length >= b[1].length ? a : b);
    for (let round = 0; round < 40; round++) {
      const offset = Math.floor(random() * object.length * 1.1);
      const length = Math.floor(random() ** 3 * object.length);
      const range = round % 4 === 0 ? { suffix: length } : { offset, length };
      const { bytes } = await store.getRange(key, range);
      assertBytes(bytes, slice(object, range), JSON.stringify(range));
    }
  });

  Deno.test(`${name} refuses ranges that are none`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    const key = keysWith(objects, "")[0]!;
    for (
      const range of [
        { offset: -1, length: 1 },
        { offset: 0, length: -1 },
        { offset: 0.5, length: 1 },
        { offset: 0, length: Infinity },
        { suffix: NaN },
        { suffix: -1 },
      ]
    ) {
      await assertRejects(() => store.getRange(key, range), UsageError, "whole numbers");
    }
  });

  Deno.test(`${name} says which object is missing`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    const key = `${folders(objects)[0] ?? ""}missing.dcm`;
    const range = { offset: 0, length: 10 };
    for (const read of [() => store.get(key), () => store.getRange(key, range)]) {
      const error = await assertRejects(read, NotFoundError);
      assertEquals(error.address, store.url(key));
    }
  });

  Deno.test(`${name} tells a changed object by its ETag`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    const key = keysWith(objects, "")[0]!;
    const { etag } = await store.get(key);
    const range = { offset: 0, length: 10 };
    assert(etag !== null);
    assertEquals((await store.getRange(key, range, { etag })).etag, etag);
    assertEquals((await store.get(key, { etag })).etag, etag);
    assertEquals((await store.get(key, { etag: null })).etag, etag);
    for (
      const read of [
        () => store.get(key, { etag: '"another"' }),
        () => store.getRange(key, range, { etag: '"another"' }),
        () => store.getRange(key, range, { etag: 'W/"another"' }),
      ]
    ) {
      const error = await assertRejects(read, ObjectChangedError);
      assertEquals(error.address, store.url(key));
    }
  });

  Deno.test(`${name} does nothing for a signal that is aborted`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    const key = keysWith(objects, "")[0]!;
    const reason = new Error("enough");
    const options = { signal: AbortSignal.abort(reason) };
    for (
      const read of [
        () => store.get(key, options),
        () => store.getRange(key, { offset: 0, length: 1 }, options),
        () => Array.fromAsync(store.list(folders(objects)[0] ?? "", options)),
        () => Array.fromAsync(store.listFolders("", options)),
      ]
    ) {
      assertStrictEquals(await assertRejects(read), reason);
    }
  });

  Deno.test(`${name} turns keys into addresses and back`, async () => {
    await using opened = await open();
    const { store, objects } = opened;
    const addresses = new Set<string>();
    for (const key of [...objects.keys(), ...folders(objects)]) {
      const address = store.url(key);
      addresses.add(address);
      assertEquals(store.key(address), key);
    }
    assertEquals(addresses.size, objects.size + folders(objects).length);
    for (const foreign of ["s3://another-bucket/a.dcm", "https://example.org/a.dcm", "a", ""]) {
      assertEquals(store.key(foreign), null);
    }
    assertEquals(store.key(store.url("")), null);
  });
}

function keysWith(objects: ReadonlyMap<string, unknown>, prefix: string): string[] {
  return [...objects.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
}

/** All folders that the objects are in, each ending in `/`. */
function folders(objects: ReadonlyMap<string, unknown>): string[] {
  const found = new Set<string>();
  for (const key of objects.keys()) {
    for (let end = key.indexOf("/"); end !== -1; end = key.indexOf("/", end + 1)) {
      found.add(key.slice(0, end + 1));
    }
  }
  return [...found].sort(compareKeys);
}

function isRightBelow(name: string, folder: string): boolean {
  return name.startsWith(folder) && name.indexOf("/", folder.length) === name.length - 1;
}

function edges(size: number): ByteRange[] {
  const offsets = [0, 1, size - 1, size, size + 1].filter((offset) => offset >= 0);
  const lengths = [0, 1, 7, size - 1, size, size + 1, 2 ** 40].filter((length) => length >= 0);
  return [
    ...offsets.flatMap((offset) => lengths.map((length) => ({ offset, length }))),
    ...lengths.map((suffix) => ({ suffix })),
  ];
}

function slice(object: Uint8Array, range: ByteRange): Uint8Array {
  if ("suffix" in range) return object.slice(Math.max(0, object.length - range.suffix));
  return object.slice(range.offset, range.offset + range.length);
}

/** Compares bytes one by one; `assertEquals` would take long over many. */
function assertBytes(actual: Uint8Array, expected: Uint8Array, what: string): void {
  assertEquals(actual.length, expected.length, `length of ${what}`);
  for (let index = 0; index < actual.length; index++) {
    if (actual[index] !== expected[index]) fail(`${what} differs at byte ${index}`);
  }
}
