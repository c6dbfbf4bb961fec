import { assert, assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import {
  DicomRetriever,
  HttpStore,
  type Outcome,
  type RetrievedInstance,
} from "@dicom/series-preview/retriever";
import { LimitError, NotDicomError, NotFoundError, UsageError } from "../../errors.ts";
import { wholeHeader } from "../dicom/header_facts.ts";
import { sampleElements } from "../dicom/sample_instances.ts";
import { element, writeInstance } from "../support/dicom_fixtures.ts";
import { startRangeServer } from "../support/range_server.ts";
import { CountingStore } from "./counting_store.ts";

/** A series of instances of 20 KB of pixels, each a little longer than the one before. */
function seriesOf(count: number, privateBytes = 8_000): Map<string, Uint8Array<ArrayBuffer>> {
  const sample = sampleElements();
  return new Map(
    Array.from({ length: count }, (_, i) => [
      `s/${i}.dcm`,
      writeInstance([
        ...sample.filter(({ tag }) => tag < 0x00100000),
        element(0x00111001, "UN", new Uint8Array(privateBytes)),
        ...sample.filter(({ tag }) => tag > 0x00120000),
        element(0x7fe00010, "OW", new Uint8Array(20_000 + 2 * i).fill(i)),
      ]),
    ]),
  );
}

const urlOf = (key: string) => `memory:${key}`;

async function collect(
  outcomes: AsyncIterable<Outcome<RetrievedInstance>>,
): Promise<Outcome<RetrievedInstance>[]> {
  return await Array.fromAsync(outcomes);
}

Deno.test("A retriever lists the objects of its folder alone, with addresses and sizes", async () => {
  const objects = seriesOf(3);
  objects.set("other/0.dcm", new Uint8Array(4));
  const retriever = new DicomRetriever({ store: new CountingStore(objects), prefix: "s/" });
  assertEquals(retriever.address, "memory:s/");
  const listed = await Array.fromAsync(retriever.listInstances());
  assertEquals(
    listed.map(({ key, url, size }) => ({ key, url, size })),
    ["s/0.dcm", "s/1.dcm", "s/2.dcm"].map((key) => (
      { key, url: urlOf(key), size: objects.get(key)!.length }
    )),
  );
});

Deno.test("A folder with nothing in it is not found", async () => {
  const retriever = new DicomRetriever({ store: new CountingStore(new Map()), prefix: "s/" });
  const error = await assertRejects(
    () => Array.fromAsync(retriever.listInstances()),
    NotFoundError,
  );
  assertEquals(error.address, "memory:s/");
});

for (const headersOnly of [true, false]) {
  const what = headersOnly ? "Headers" : "Whole instances";
  Deno.test(`${what} come in the order asked for, one outcome each, failures by name`, async () => {
    const objects = seriesOf(6);
    objects.set("s/text.dcm", new TextEncoder().encode("no image at all".repeat(20)));
    // The first reads are answered last.
    const gate = Promise.withResolvers<void>();
    let waiting = 0;
    const store = new CountingStore(objects, async (reply, { key }) => {
      if (key === "s/5.dcm" || headersOnly && store.reads.length < 4) return reply;
      if (++waiting === 3) gate.resolve();
      await gate.promise;
      return reply;
    });
    const retriever = new DicomRetriever({ store, prefix: "s/" });
    const urls = [
      urlOf("s/5.dcm"),
      urlOf("s/missing.dcm"),
      "https://user:secret@example.org/1.dcm?token=secret",
      urlOf("s/0.dcm"),
      urlOf("s/text.dcm"),
      urlOf("s/3.dcm"),
      urlOf("s/a/../3.dcm"),
      urlOf("s/3.dcm"),
    ];
    const progress: string[] = [];
    const outcomes = await collect(retriever.getInstances(urls, {
      headersOnly,
      concurrency: 8,
      onProgress: (done, total) => progress.push(`${done}/${total}`),
    }));

    assertEquals(outcomes.length, urls.length);
    assertEquals(outcomes.map(({ error }) => error?.constructor ?? null), [
      null,
      NotFoundError,
      UsageError,
      null,
      NotDicomError,
      null,
      UsageError,
      null,
    ]);
    for (const [i, { url, value, error }] of outcomes.entries()) {
      if (error instanceof UsageError) continue;
      assertEquals(url, urls[i]);
      if (error !== undefined) continue;
      const object = objects.get(url.slice("memory:".length))!;
      assertEquals(value.header.headerLength, wholeHeader(object).headerLength);
      assertEquals(value.size, object.length);
      assertEquals(value.bytes, headersOnly ? null : object);
    }
    assertEquals(outcomes[2]!.url, "https://example.org/1.dcm");
    assert(!outcomes[2]!.error!.message.includes("secret"));
    assertEquals(progress, ["3/8", "4/8", "5/8", "6/8", "7/8", "8/8"]);
  });
}

Deno.test("Headers take one range each over HTTP after the first, whole instances one request", async () => {
  const objects = seriesOf(12);
  await using server = startRangeServer({ objects });
  const store = new HttpStore(`${server.url}/s/`, { env: server.env });
  const retriever = new DicomRetriever({ store, prefix: "" });
  const urls = [...objects.keys()].map((key) => `${server.url}/${key}`);

  await retriever.getInstance(urls[0]!, { headersOnly: true });
  const first = server.counts.requests;
  assertEquals(first, 2);
  // What the one read has learned holds for the others, and the first is not read by itself again.
  const headers = await collect(retriever.getInstances(urls, { headersOnly: true }));
  assertEquals(
    headers.map(({ url, error }) => ({ url, error })),
    urls.map((url) => (
      { url, error: undefined }
    )),
  );
  assertEquals(server.counts.requests, first + 12);
  assert(server.log.every(({ method, range }) => method === "GET" && range !== null));
  assert(server.counts.bytes < 14 * 14_000, `${server.counts.bytes} bytes`);

  const whole = await collect(retriever.getInstances(urls));
  assertEquals(server.counts.requests, first + 24);
  assertEquals(whole.map(({ value }) => value?.bytes), [...objects.values()]);
});

Deno.test("No more whole instances are held than may be under way", async () => {
  const store = new CountingStore(seriesOf(12));
  const retriever = new DicomRetriever({ store, prefix: "s/" });
  const urls = Array.from({ length: 12 }, (_, i) => urlOf(`s/${i}.dcm`));
  let taken = 0;
  for await (const _ of retriever.getInstances(urls, { concurrency: 3 })) {
    taken++;
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert(store.reads.length <= taken + 2, `${store.reads.length} reads for ${taken} taken`);
  }
  assertEquals(taken, 12);
});

Deno.test("A header longer than what is looked at first is found in a whole instance", async () => {
  const objects = seriesOf(1, 200_000);
  const store = new CountingStore(objects);
  const { header } = await new DicomRetriever({ store, prefix: "s/" })
    .getInstance(urlOf("s/0.dcm"));
  assertEquals(header.headerLength, wholeHeader(objects.get("s/0.dcm")!).headerLength);
  const limited = new DicomRetriever({ store, prefix: "s/" }, {
    limits: { maxHeaderBytes: 100_000 },
  });
  for (const headersOnly of [true, false]) {
    await assertRejects(
      () => limited.getInstance(urlOf("s/0.dcm"), { headersOnly }),
      LimitError,
    );
  }
});

for (const headersOnly of [true, false]) {
  Deno.test(`An abort throws its reason and ends the reads, headersOnly ${headersOnly}`, async () => {
    const stop = new AbortController();
    const reason = new Error("enough");
    const store = new CountingStore(seriesOf(20), (reply) => {
      if (store.reads.length === 5) stop.abort(reason);
      return reply;
    });
    const retriever = new DicomRetriever({ store, prefix: "s/" });
    const urls = Array.from({ length: 20 }, (_, i) => urlOf(`s/${i}.dcm`));
    const { signal } = stop;
    const error = await assertRejects(() =>
      collect(retriever.getInstances(urls, { headersOnly, concurrency: 1, signal }))
    );
    assertEquals(error, reason);
    assertEquals(store.reads.length, 5);
    await assertRejects(() => retriever.getInstance(urls[0]!, { signal }), Error, "enough");
  });
}

Deno.test("An abort ends a listing", async () => {
  const retriever = await DicomRetriever.open("demo:ct");
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(
    () => Array.fromAsync(retriever.listInstances({ signal })),
    Error,
    "enough",
  );
});

Deno.test("One instance that cannot be read throws its own error", async () => {
  const retriever = await DicomRetriever.open("demo:ct");
  const error = await assertRejects(
    () => retriever.getInstance("demo:ct/9999.dcm", { headersOnly: true }),
    NotFoundError,
  );
  assertEquals(error.address, "demo:ct/9999.dcm");
  await assertRejects(() => retriever.getInstance("s3://bucket/1.dcm"), UsageError);
});

Deno.test("A position picks the nearest of the addresses in the order given", async () => {
  const store = new CountingStore(seriesOf(4));
  const retriever = new DicomRetriever({ store, prefix: "s/" });
  const urls = [3, 1, 0, 2].map((i) => urlOf(`s/${i}.dcm`));
  const options = { headersOnly: true };
  for (const [position, at] of [[0, 0], [0.16, 0], [0.17, 1], [0.5, 2], [0.84, 3], [1, 3]]) {
    const { url } = await retriever.getInstanceAtPosition(position!, urls, options);
    assertEquals(url, urls[at!], `position ${position}`);
  }
  const reads = store.reads.length;
  for (const position of [-0.01, 1.01, NaN]) {
    await assertRejects(
      () => retriever.getInstanceAtPosition(position, urls, options),
      UsageError,
      `position is ${position}`,
    );
  }
  const error = await assertRejects(() => retriever.getInstanceAtPosition(0.5, [], options));
  assertInstanceOf(error, UsageError);
  assertEquals(store.reads.length, reads);
});
