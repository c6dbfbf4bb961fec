import { assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { mapInOrder } from "../../../series_index/workers/map_in_order.ts";

/** Numbers from 0, of which each is noted when it is taken, and the end when it is let go of. */
async function* numbers(count: number, taken: string[]): AsyncGenerator<number> {
  try {
    for (let i = 0; i < count; i++) {
      taken.push(`take ${i}`);
      await Promise.resolve();
      yield i;
    }
  } finally {
    taken.push("end");
  }
}

Deno.test("What ends later than what came after it is answered before it", async () => {
  const waiting: (() => void)[] = [];
  const mapped = mapInOrder([0, 1, 2], async (number) => {
    await new Promise<void>((resolve) => waiting[number] = resolve);
    return number * 10;
  }, () => 3);
  const first = mapped.next();
  while (waiting.length < 3) await Promise.resolve();
  waiting[2]!();
  waiting[1]!();
  waiting[0]!();
  assertEquals((await first).value, 0);
  assertEquals(await Array.fromAsync(mapped), [10, 20]);
});

Deno.test("No more are under way than may be, which may change while they are", async () => {
  for (const parallel of [1, 2, 5]) {
    let [open, most, limit] = [0, 0, 1];
    const mapped = mapInOrder(numbers(40, []), async (number) => {
      most = Math.max(most, ++open);
      assertLessOrEqual(open, limit);
      for (let i = 0; i < 40 + number % 4; i++) await Promise.resolve();
      open--;
      return number;
    }, () => limit);
    const seen: number[] = [];
    for await (const number of mapped) {
      seen.push(number);
      if (number === 10) limit = parallel;
    }
    assertEquals(seen, Array.from({ length: 40 }, (_, i) => i));
    assertEquals(most, parallel);
  }
});

Deno.test("One that fails is thrown in its turn, and the source is let go of", async () => {
  const log: string[] = [];
  const seen: number[] = [];
  await assertRejects(
    async () => {
      const map = (number: number) =>
        number >= 2 ? Promise.reject(new RangeError(`no ${number}`)) : Promise.resolve(number);
      for await (const number of mapInOrder(numbers(9, log), map, () => 4)) seen.push(number);
    },
    RangeError,
    "no 2",
  );
  assertEquals(seen, [0, 1]);
  assertEquals(log.at(-1), "end");
});

Deno.test("Who stops early lets go of the source", async () => {
  const log: string[] = [];
  for await (const _ of mapInOrder(numbers(9, log), (n) => Promise.resolve(n), () => 2)) break;
  assertEquals(log, ["take 0", "take 1", "end"]);
});
