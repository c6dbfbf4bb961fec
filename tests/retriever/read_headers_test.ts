import { assert, assertEquals, assertLess, assertLessOrEqual } from "@std/assert";
import {
  HeaderSizes,
  HttpStore,
  MemoryStore,
  type Outcome,
  readHeaders,
  type ReadHeadersOptions,
  type RetrievedHeader,
  type Store,
} from "@dicom/series-preview/retriever";
import { NetworkError, NotDicomError, NotFoundError, NotTriedError } from "../../errors.ts";
import { wholeHeader } from "../dicom/header_facts.ts";
import { sampleElements } from "../dicom/sample_instances.ts";
import { element, writeInstance } from "../support/dicom_fixtures.ts";
import { startRangeServer } from "../support/range_server.ts";
import { CountingStore } from "./counting_store.ts";

/** An instance with a private block of that many bytes before its image, and 100 KB of pixels. */
function instanceOf(privateBytes: number): Uint8Array<ArrayBuffer> {
  const sample = sampleElements();
  return writeInstance([
    ...sample.filter(({ tag }) => tag < 0x00100000),
    element(0x00111001, "UN", new Uint8Array(privateBytes)),
    ...sample.filter(({ tag }) => tag > 0x00120000),
    element(0x7fe00010, "OW", new Uint8Array(100_000)),
  ]);
}

/** A series of instances whose headers differ a little. */
function seriesOf(count: number, privateBytes: number): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(
    Array.from({ length: count }, (_, i) => [
      `${String(i).padStart(3, "0")}.dcm`,
      instanceOf(privateBytes + (i * 37) % 50 * 2),
    ]),
  );
}

async function collect(
  store: Store,
  keys: readonly string[],
  options: ReadHeadersOptions = {},
): Promise<Outcome<RetrievedHeader>[]> {
  const outcomes: Outcome<RetrievedHeader>[] = [];
  for await (const outcome of readHeaders(store, keys, options)) outcomes.push(outcome);
  return outcomes;
}

for (const [privateBytes, first] of [[1_000, 1], [8_000, 2], [64_000, 2], [149_000, 2]] as const) {
  Deno.test(`Headers with ${privateBytes} private bytes take a request each over HTTP after the first`, async () => {
    const objects = seriesOf(30, privateBytes);
    await using server = startRangeServer({ objects });
    const store = new HttpStore(`${server.url}/`, { env: server.env });
    const outcomes = await collect(store, [...objects.keys()], { concurrency: 8 });
    assertEquals(outcomes.map(({ error }) => error), Array(30).fill(undefined));
    const { requests, bytes } = server.counts;
    assertEquals(requests, first + 29);
    assert(server.log.every(({ method, range }) => method === "GET" && range !== null));
    const headerBytes = [...objects.values()].reduce(
      (sum, object) => sum + wholeHeader(object).headerLength,
      0,
    );
    assertLess(bytes, 1.25 * headerBytes + 30 * 2100);
    assertEquals(outcomes.map(({ url }) => url), [...objects.keys()].map((key) => store.url(key)));
    for (const [i, object] of [...objects.values()].entries()) {
      assertEquals(outcomes[i]!.value?.size, object.length);
      assertEquals(outcomes[i]!.value?.header.headerLength, wholeHeader(object).headerLength);
    }
  });
}

Deno.test("No byte of a header is fetched twice", async () => {
  const objects = seriesOf(12, 20_000);
  objects.set("005.dcm", instanceOf(60_000));
  const store = new CountingStore(objects);
  await collect(store, [...objects.keys()], { concurrency: 4 });
  for (const key of objects.keys()) {
    let end = 0;
    for (const { offset, length } of store.reads.filter((read) => read.key === key)) {
      assertEquals(offset, end, key);
      end += length;
    }
  }
});

Deno.test("The first instance is read by itself, and the others then at once", async () => {
  const objects = seriesOf(20, 2_000);
  const gate = Promise.withResolvers<void>();
  const store = new CountingStore(objects, async (reply, { key }) => {
    if (key === "000.dcm") await gate.promise;
    return reply;
  });
  const all = collect(store, [...objects.keys()], { concurrency: 8 });
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(store.reads.map(({ key }) => key), ["000.dcm"]);
  gate.resolve();
  assertEquals((await all).length, 20);
  assertEquals(store.reads.length, 20);
});

Deno.test("What an earlier run has learned spares the first instance its ladder", async () => {
  const objects = seriesOf(10, 30_000);
  const learned = new HeaderSizes();
  await collect(new MemoryStore(objects), ["000.dcm"], { learned });
  const store = new CountingStore(objects);
  await collect(store, [...objects.keys()], { learned });
  assertEquals(store.reads.length, 10);
});

Deno.test("Listed are as many as returned and failed, each by name", async () => {
  const objects = seriesOf(9, 2_000);
  objects.set("000.dcm", new TextEncoder().encode("no image at all".repeat(20)));
  objects.set("004.dcm", new Uint8Array(0));
  const keys = [...objects.keys(), "missing.dcm"];
  const outcomes = await collect(new MemoryStore(objects), keys, { concurrency: 3 });
  assertEquals(outcomes.length, keys.length);
  assertEquals(outcomes.map(({ url }) => url), keys.map((key) => `memory:${key}`));
  const failed = outcomes.filter(({ error }) => error !== undefined);
  assertEquals(failed.map(({ url }) => url), [
    "memory:000.dcm",
    "memory:004.dcm",
    "memory:missing.dcm",
  ]);
  assert(failed[0]!.error instanceof NotDicomError);
  assert(failed[2]!.error instanceof NotFoundError);
  assertEquals(outcomes.filter(({ value }) => value !== undefined).length, keys.length - 3);
});

Deno.test("A host that fails ends the run, and the rest is named as not tried", async () => {
  const objects = seriesOf(300, 100);
  let requests = 0;
  const store = new CountingStore(objects, (_, { key }) => {
    requests++;
    throw new NetworkError(`503 for ${key}`, { address: `memory:${key}`, status: 503 });
  });
  const outcomes = await collect(store, [...objects.keys()], { concurrency: 4 });
  assertEquals(outcomes.length, 300);
  assert(outcomes.every(({ error }) => error instanceof NetworkError));
  assertLessOrEqual(requests, 11);
  const untried = outcomes.filter(({ error }) => error instanceof NotTriedError);
  assertEquals(untried.length, 300 - requests);
});

Deno.test("Limits and signals reach every read", async () => {
  const objects = seriesOf(5, 20_000);
  const limits = { maxHeaderBytes: 10_000 };
  const limited = await collect(new MemoryStore(objects), [...objects.keys()], { limits });
  assertEquals(limited.map(({ error }) => error?.name), Array(5).fill("LimitError"));
  const signal = AbortSignal.abort(new Error("enough"));
  let thrown: unknown;
  try {
    await collect(new MemoryStore(objects), [...objects.keys()], { signal });
  } catch (error) {
    thrown = error;
  }
  assertEquals((thrown as Error).message, "enough");
});

Deno.test("A long object without pixels does not make the images' headers be read as long", async () => {
  const withoutImage = [
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.481.3"),
    element(0x00090010, "LO", "SAMPLE"),
    element(0x00091001, "OB", new Uint8Array(300_000)),
  ];
  const objects = seriesOf(20, 1_000);
  const images = [...objects.keys()];
  objects.set("0", writeInstance(withoutImage));
  const store = new CountingStore(objects);
  await collect(store, ["0", ...images]);
  const read = store.reads.filter(({ key }) => key !== "0").reduce(
    (sum, each) => sum + each.length,
    0,
  );
  const headers = images.reduce(
    (sum, key) => sum + wholeHeader(objects.get(key)!).headerLength + 12,
    0,
  );
  assertLess(read, headers * 1.3 + 5120);
});

Deno.test("Headers are not read one by one from a host that is down", async () => {
  const keys = Array.from({ length: 200 }, (_, i) => `${i}.dcm`);
  let rounds = 0;
  let running = 0;
  const fetch = () => {
    // A round is what is under way together: each takes as long as a read may.
    if (running++ === 0) rounds++;
    return new Promise<Response>((_resolve, reject) => {
      setTimeout(() => {
        running--;
        reject(new TypeError("tcp connect error: Connection refused"));
      });
    });
  };
  const sleep = () => Promise.resolve();
  const store = new HttpStore("http://host/", { fetch, sleep, timeout: 1 });
  const outcomes = await collect(store, keys, { concurrency: 16 });
  assert(outcomes.every(({ error }) => error instanceof NetworkError));
  const tried = outcomes.filter(({ error }) => !(error instanceof NotTriedError));
  assertLessOrEqual(tried.length, 1 + 7 + 16);
  assertLessOrEqual(rounds, 3);
});
