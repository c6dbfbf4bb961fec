import { assert, assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { type Outcome, readInOrder } from "@dicom/series-preview/retriever";
import fc from "fast-check";
import { NetworkError, NotFoundError, NotTriedError } from "../../errors.ts";

const numbers = (length: number) => Array.from({ length }, (_, i) => i);
const urlOf = (item: number) => `memory:${item}`;

/** Reads that settle when told to, and what is known of them. */
function manualReads() {
  const waiting = new Map<number, PromiseWithResolvers<number>>();
  const started: number[] = [];
  const read = (item: number): Promise<number> => {
    started.push(item);
    const settled = Promise.withResolvers<number>();
    waiting.set(item, settled);
    return settled.promise.finally(() => waiting.delete(item));
  };
  return { waiting, started, read };
}

/** Lets everything run that waits for nothing outside. */
const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

async function collect<R>(outcomes: AsyncIterable<Outcome<R>>): Promise<Outcome<R>[]> {
  const all: Outcome<R>[] = [];
  for await (const outcome of outcomes) all.push(outcome);
  return all;
}

Deno.test("Outcomes come in the order of the input, whatever order the reads end in", async () => {
  const reads = manualReads();
  const all = collect(readInOrder(numbers(6), urlOf, reads.read, { concurrency: 3 }));
  const order: number[] = [];
  while (order.length < 6) {
    await settle();
    const latest = Math.max(...reads.waiting.keys());
    order.push(latest);
    reads.waiting.get(latest)!.resolve(latest * 10);
  }
  assert(order.join() !== numbers(6).join());
  assertEquals(await all, numbers(6).map((i) => ({ url: `memory:${i}`, value: i * 10 })));
});

Deno.test("No more reads are under way than the concurrency, and no more outcomes wait than ahead", async () => {
  const settings = fc.record({
    count: fc.integer({ min: 0, max: 60 }),
    concurrency: fc.integer({ min: 1, max: 8 }),
    ahead: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    picks: fc.infiniteStream(fc.nat(1000)),
  });
  await fc.assert(
    fc.asyncProperty(settings, async ({ count, concurrency, ahead, picks }) => {
      const reads = manualReads();
      const bound = Math.max(concurrency, ahead ?? 4 * concurrency);
      const all = collect(
        readInOrder(numbers(count), urlOf, reads.read, { concurrency, ahead }),
      );
      let oldest = 0;
      for (let ended = 0; ended < count; ended++) {
        await settle();
        assertLessOrEqual(reads.waiting.size, concurrency);
        assertLessOrEqual(reads.started.length, oldest + bound);
        assert(reads.waiting.size > 0);
        const keys = [...reads.waiting.keys()];
        const key = keys[picks.next().value! % keys.length]!;
        reads.waiting.get(key)!.resolve(key);
        await settle();
        while (oldest < reads.started.length && !reads.waiting.has(oldest)) oldest++;
      }
      assertEquals((await all).map(({ value }) => value), numbers(count));
      assertEquals(reads.started, numbers(count));
    }),
    { seed: 12, numRuns: 25 },
  );
});

Deno.test("A slow consumer keeps reads from running far ahead", async () => {
  const started: number[] = [];
  const read = (item: number) => Promise.resolve(started.push(item));
  const outcomes = readInOrder(numbers(100), urlOf, read, { concurrency: 2, ahead: 5 });
  await outcomes.next();
  await settle();
  assertEquals(started.length, 5);
  await outcomes.next();
  await settle();
  assertEquals(started.length, 6);
  await outcomes.return();
  await settle();
  assertEquals(started.length, 6);
});

Deno.test("A consumer that stops ends the reading", async () => {
  const reads = manualReads();
  const outcomes = readInOrder(numbers(100), urlOf, reads.read, { concurrency: 2 });
  const first = outcomes.next();
  await settle();
  reads.waiting.get(0)!.resolve(0);
  await first;
  await settle();
  const { length } = reads.started;
  await outcomes.return();
  for (const each of reads.waiting.values()) each.resolve(1);
  await settle();
  assertEquals(reads.started.length, length);
});

Deno.test("Failures are named in their places, and the rest is read", async () => {
  const outcomes = await collect(readInOrder(numbers(5), urlOf, (item) => {
    if (item === 1) return Promise.reject(new NotFoundError("nothing there"));
    if (item === 3) throw "a text";
    return Promise.resolve(item);
  }));
  assertEquals(outcomes.map(({ value }) => value), [0, undefined, 2, undefined, 4]);
  assert(outcomes[1]!.error instanceof NotFoundError);
  assertEquals(outcomes[3]!.error?.message, "a text");
  assertEquals(outcomes.map(({ url }) => url), numbers(5).map(urlOf));
});

const refuse = (item: number) => Promise.reject(new NetworkError(`host failed for ${item}`));

for (const concurrency of [1, 4, 32]) {
  Deno.test(`After eight host failures in a row nothing more is tried, ${concurrency} at once`, async () => {
    let tried = 0;
    const progress: number[] = [];
    const outcomes = await collect(readInOrder(numbers(5000), urlOf, (item) => {
      tried++;
      return refuse(item);
    }, { concurrency, onProgress: (done) => progress.push(done) }));
    assertEquals(outcomes.length, 5000);
    assert(outcomes.every(({ error }) => error instanceof NetworkError));
    const untried = outcomes.filter(({ error }) => error instanceof NotTriedError);
    assertEquals(untried.length, 5000 - tried);
    assertLessOrEqual(tried, 8 + concurrency - 1);
    assertEquals((untried[0]!.error as NetworkError).attempts, 0);
    assertEquals(outcomes.map(({ url }) => url), numbers(5000).map(urlOf));
    assertEquals(progress, numbers(5000).map((i) => i + 1));
  });
}

Deno.test("Host failures that are not in a row stop nothing", async () => {
  for (
    const between of [(item: number) => Promise.resolve(item), () => {
      throw new NotFoundError("nothing there");
    }]
  ) {
    let tried = 0;
    const outcomes = await collect(readInOrder(numbers(100), urlOf, (item) => {
      tried++;
      return item % 8 === 7 ? between(item) : refuse(item);
    }, { concurrency: 1 }));
    assertEquals([tried, outcomes.length], [100, 100]);
  }
});

Deno.test("A read that was under way when the run stopped does not start it again", async () => {
  const late = Promise.withResolvers<number>();
  let tried = 0;
  const all = collect(readInOrder(numbers(200), urlOf, (item) => {
    tried++;
    return item === 0 ? late.promise : refuse(item);
  }, { concurrency: 4, ahead: 100 }));
  await settle();
  await settle();
  late.resolve(7);
  const outcomes = await all;
  assertEquals(outcomes[0], { url: "memory:0", value: 7 });
  assertLessOrEqual(tried, 1 + 8 + 3);
  assertEquals(outcomes.filter(({ error }) => error instanceof NotTriedError).length, 200 - tried);
});

Deno.test("An abort is thrown, and nothing more is read", async () => {
  const controller = new AbortController();
  const started: number[] = [];
  const outcomes = readInOrder(numbers(50), urlOf, async (item) => {
    started.push(item);
    await settle();
    controller.signal.throwIfAborted();
    if (item === 4) controller.abort(new Error("enough"));
    return item;
  }, { concurrency: 2, signal: controller.signal });
  await assertRejects(() => collect(outcomes), Error, "enough");
  await settle();
  await settle();
  assertLessOrEqual(started.length, 8);
});

Deno.test("A signal that is aborted before lets nothing be read", async () => {
  const started: number[] = [];
  const signal = AbortSignal.abort(new Error("enough"));
  const read = (item: number) => Promise.resolve(started.push(item));
  const outcomes = readInOrder(numbers(5), urlOf, read, { signal });
  await assertRejects(() => collect(outcomes), Error, "enough");
  assertEquals(started, []);
});

Deno.test("An empty input has no outcome, and a concurrency below one is one", async () => {
  assertEquals(await collect(readInOrder([], urlOf, (item) => Promise.resolve(item))), []);
  const read = (item: number) => Promise.resolve(item);
  const outcomes = await collect(readInOrder(numbers(3), urlOf, read, { concurrency: 0 }));
  assertEquals(outcomes.map(({ value }) => value), [0, 1, 2]);
});

Deno.test("A consumer that stops aborts the reads that are under way", async () => {
  const signals: AbortSignal[] = [];
  const read = (item: number, signal: AbortSignal) => {
    signals.push(signal);
    return item === 0 ? Promise.resolve(item) : new Promise<number>(() => {});
  };
  for await (const { value } of readInOrder(numbers(10), urlOf, read, { concurrency: 4 })) {
    assertEquals(value, 0);
    break;
  }
  assert(signals.length > 1);
  assert(signals.every(({ aborted }) => aborted));
});
