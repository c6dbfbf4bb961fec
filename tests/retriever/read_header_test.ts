import { assert, assertEquals, assertLess, assertLessOrEqual, assertRejects } from "@std/assert";
import { readAttributes, toAttributeValues } from "@dicom/series-preview/dicom";
import {
  HeaderSizes,
  MemoryStore,
  readHeader,
  type StoreReply,
} from "@dicom/series-preview/retriever";
import {
  InvalidHeaderError,
  LimitError,
  NotDicomError,
  NotFoundError,
  ObjectChangedError,
  ProtocolError,
} from "../../errors.ts";
import { DEFLATED, element, writeInstance } from "../support/dicom_fixtures.ts";
import { listKinds, readShared, testShared } from "../support/shared_data.ts";
import { headerFacts, wholeHeader } from "../dicom/header_facts.ts";
import { sampleElements } from "../dicom/sample_instances.ts";
import { type CountedRead, CountingStore } from "./counting_store.ts";

const PIXELS = element(0x7fe00010, "OW", new Uint8Array(600_000));

/** An instance with a header of about that many bytes: in one private element, or in many. */
function instanceOf(headerBytes: number, elementBytes = 500): Uint8Array {
  const blocks = Array.from(
    { length: Math.max(0, Math.round((headerBytes - 1000) / (elementBytes + 12))) },
    (_, i) => element(0x00091001 + i, "UN", new Uint8Array(elementBytes)),
  );
  const sample = sampleElements();
  const before = sample.filter(({ tag }) => tag < 0x00090000);
  const after = sample.filter(({ tag }) => tag > 0x000a0000);
  return writeInstance([...before, ...blocks, ...after, PIXELS]);
}

/** Asserts that the reads of a key follow one another without a gap or a byte twice. */
function assertNoByteTwice(reads: readonly CountedRead[]): void {
  let end = 0;
  for (const { offset, length } of reads) {
    assertEquals(offset, end);
    end += length;
  }
}

for (
  const [size, elementBytes, requests] of [
    [2_000, 500, 1],
    [9_000, 500, 2],
    [9_000, 8_000, 2],
    [20_000, 500, 3],
    [65_000, 500, 4],
    [65_000, 64_000, 2],
    [150_000, 500, 5],
    [150_000, 149_000, 2],
  ] as const
) {
  Deno.test(`A header of ${size} bytes, ${elementBytes} an element, takes ${requests} requests`, async () => {
    const object = instanceOf(size, elementBytes);
    const expected = await headerFacts(wholeHeader(object));
    const store = new CountingStore(new Map([["a", object]]));
    const { header, size: objectSize, url, etag } = await readHeader(store, "a");
    assertEquals(await headerFacts(header), expected);
    assertEquals([objectSize, url], [object.length, "memory:a"]);
    assertEquals(store.reads.length, requests);
    assertNoByteTwice(store.reads);
    assertLessOrEqual(store.bytes, 4 * header.headerLength + 5120);
    // Once it is known which object it is, no other is taken.
    assertEquals(store.reads.map((read) => read.etag), [null, ...Array(requests - 1).fill(etag)]);
  });
}

Deno.test("After the first header an instance takes one request", async () => {
  const sizes = [65_000, 64_000, 68_000, 30_000];
  const objects = new Map(sizes.map((size, i) => [`${i}`, instanceOf(size)]));
  const store = new CountingStore(objects);
  const learned = new HeaderSizes();
  for (const key of objects.keys()) await readHeader(store, key, { learned });
  assertEquals(store.reads.filter(({ key }) => key !== "0").length, 3);
});

Deno.test("Deflated headers do not ask for more from one instance to the next", async () => {
  const noise = Uint8Array.from({ length: 400_000 }, (_, i) => (i * i * 31) >> 7);
  const pixels = element(0x7fe00010, "OW", noise);
  const object = writeInstance([...sampleElements(), pixels], { transferSyntaxUID: DEFLATED });
  const keys = Array.from({ length: 40 }, (_, i) => `${i}`);
  const store = new CountingStore(new Map(keys.map((key) => [key, object])));
  const learned = new HeaderSizes();
  for (const key of keys) await readHeader(store, key, { learned });
  assertEquals(store.reads.length, 40);
  assertLess(store.reads.at(-1)!.length, 3000);
});

Deno.test("A header is read where no reply tells the object's size", async () => {
  const silent = (reply: StoreReply) => ({ ...reply, totalSize: null });
  const object = instanceOf(9_000);
  const store = new CountingStore(new Map([["a", object]]), silent);
  const { header, size } = await readHeader(store, "a");
  assertEquals(size, null);
  assertEquals(header.headerLength, wholeHeader(object).headerLength);
});

Deno.test("An object without pixels ends where a reply has no more bytes, when none tells its size", async () => {
  const silent = (reply: StoreReply) => ({ ...reply, totalSize: null });
  const object = writeInstance(sampleElements());
  const store = new CountingStore(new Map([["a", object]]), silent);
  const { header, size } = await readHeader(store, "a");
  assertEquals([size, header.pixelData], [object.length, null]);
  assertEquals(store.reads.length, 2);
});

Deno.test("An object of just the bytes asked for takes a request more to show its end", async () => {
  const object = writeInstance([
    ...sampleElements(),
    element(0x00990010, "LO", "M"),
    element(0x00991001, "UN", ""),
  ]);
  const exact = writeInstance([
    ...sampleElements(),
    element(0x00990010, "LO", "M"),
    element(0x00991001, "UN", new Uint8Array(5120 - object.length)),
  ]);
  assertEquals(exact.length, 5120);
  const told = new CountingStore(new Map([["a", exact]]));
  assertEquals((await readHeader(told, "a")).size, 5120);
  assertEquals(told.reads.length, 1);
  const silent = new CountingStore(
    new Map([["a", exact]]),
    (reply) => ({ ...reply, totalSize: null }),
  );
  assertEquals((await readHeader(silent, "a")).size, 5120);
  assertEquals(silent.reads.length, 2);
});

Deno.test("An object that changes its size between two ranges is an error", async () => {
  const store = new CountingStore(
    new Map([["a", instanceOf(9_000)]]),
    (reply, { offset }) => offset === 0 ? reply : { ...reply, totalSize: reply.totalSize! + 1 },
  );
  const error = await assertRejects(() => readHeader(store, "a"), ObjectChangedError);
  assertEquals(error.address, "memory:a");
});

Deno.test("An object that is replaced between two ranges is an error", async () => {
  const objects = new Map([["a", instanceOf(9_000)]]);
  const store = new CountingStore(objects, (reply) => {
    const other = instanceOf(9_000);
    other[400] = 1;
    objects.set("a", other);
    return reply;
  });
  await assertRejects(() => readHeader(store, "a"), ObjectChangedError);
});

Deno.test("An object other than the one that is asked for is an error", async () => {
  const store = new MemoryStore(new Map([["a", instanceOf(2_000)]]));
  await assertRejects(() => readHeader(store, "a", { etag: '"other"' }), ObjectChangedError);
});

Deno.test("Replies without bytes where there should be some end the read", async () => {
  const store = new CountingStore(
    new Map([["a", instanceOf(9_000)]]),
    (reply, { offset }) => offset === 0 ? reply : { ...reply, bytes: new Uint8Array(0) },
  );
  const error = await assertRejects(() => readHeader(store, "a"), ProtocolError, "5120");
  assertEquals([error.address, store.reads.length], ["memory:a", 2]);
});

Deno.test("Replies shorter than asked for are read on from", async () => {
  const object = instanceOf(9_000);
  const store = new CountingStore(
    new Map([["a", object]]),
    (reply) => ({ ...reply, bytes: reply.bytes.slice(0, 1000) }),
  );
  const { header } = await readHeader(store, "a");
  assertEquals(await headerFacts(header), await headerFacts(wholeHeader(object)));
  assertEquals(store.reads.map(({ offset }) => offset), store.reads.map((_, i) => i * 1000));
});

Deno.test("Errors of a header name its address", async () => {
  const whole = instanceOf(9_000);
  const store = new MemoryStore(
    new Map([
      ["empty", new Uint8Array(0)],
      ["text", new TextEncoder().encode("hello ".repeat(2000))],
      ["cut", whole.slice(0, 3000)],
      ["good", whole],
    ]),
  );
  const cases = [
    ["empty", NotDicomError],
    ["text", NotDicomError],
    ["cut", InvalidHeaderError],
    ["missing", NotFoundError],
  ] as const;
  for (const [key, ErrorType] of cases) {
    const error = await assertRejects(() => readHeader(store, key), ErrorType);
    assertEquals(error.address, `memory:${key}`);
  }
  const limits = { maxHeaderBytes: 6000 };
  const error = await assertRejects(() => readHeader(store, "good", { limits }), LimitError);
  assertEquals(error.address, "memory:good");
});

Deno.test("A read that is aborted stops", async () => {
  const controller = new AbortController();
  const store = new CountingStore(new Map([["a", instanceOf(9_000)]]), (reply) => {
    controller.abort(new Error("enough"));
    return reply;
  });
  const { signal } = controller;
  await assertRejects(() => readHeader(store, "a", { signal }), Error, "enough");
  assertEquals(store.bytes, 5120);
});

testShared(
  "Real headers take one request each once the first of their series is read",
  async (oracle) => {
    let requests = 0;
    let instances = 0;
    for (const [folder, { instances: listed }] of Object.entries(oracle.series)) {
      const keys = listed.slice(0, 12).map(({ file }) => `${folder}/${file}.dcm`);
      const store = new CountingStore(new Map(keys.map((key) => [key, readShared(key)])));
      const learned = new HeaderSizes();
      for (const key of keys) {
        const { header } = await readHeader(store, key, { learned });
        assertEquals(header.headerLength, wholeHeader(readShared(key)).headerLength, key);
        assertNoByteTwice(store.reads.filter((read) => read.key === key));
      }
      const later = store.reads.filter(({ key }) => key !== keys[0]);
      assertEquals(later.length, keys.length - 1, folder);
      requests += later.length;
      instances += keys.length - 1;
    }
    assert(instances > 100);
    assertEquals(requests, instances);
  },
);

testShared("A real header's attributes are the same read by ranges or at once", async (oracle) => {
  for (const { path } of listKinds(oracle)) {
    const object = readShared(path);
    const store = new MemoryStore(new Map([["a", object]]));
    const { header } = await readHeader(store, "a");
    const whole = wholeHeader(object);
    assertEquals(
      toAttributeValues(await readAttributes(header)),
      toAttributeValues(await readAttributes(whole)),
      path,
    );
    assertEquals(header.pixelData, whole.pixelData, path);
  }
});
