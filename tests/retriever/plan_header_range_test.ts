import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual } from "@std/assert";
import { planHeaderRange } from "@dicom/series-preview/retriever";
import fc from "fast-check";

const progresses = fc.record({
  fetched: fc.nat(10 ** 7),
  requests: fc.nat(12),
  ahead: fc.integer({ min: 1, max: 10 ** 7 }),
  rest: fc.option(fc.nat(10 ** 9)),
  learned: fc.option(fc.nat(10 ** 6)),
}).map(({ fetched, requests, ahead, rest, learned }) => {
  const first = requests === 0;
  const progress = {
    fetched: first ? 0 : fetched + 1,
    requests,
    bytesNeeded: first ? 0 : fetched + 1 + ahead,
    totalSize: rest === null || first ? null : fetched + 1 + ahead + rest,
  };
  return { progress, learned };
});

Deno.test("Every range starts where the last ended, brings what is needed, and stays inside", () => {
  fc.assert(
    fc.property(progresses, ({ progress, learned }) => {
      const { offset, length } = planHeaderRange(progress, learned);
      assertEquals(offset, progress.fetched);
      assert(Number.isSafeInteger(length));
      assertGreaterOrEqual(length, 1);
      assertGreaterOrEqual(offset + length, progress.bytesNeeded);
      if (progress.totalSize !== null) assertLessOrEqual(offset + length, progress.totalSize);
    }),
    { seed: 11, numRuns: 2000 },
  );
});

/** Plays a reader that always needs only one byte more than it has; answers the ranges' ends. */
function climb(headerLength: number, totalSize: number, learned: number | null): number[] {
  const ends: number[] = [];
  let fetched = 0;
  while (fetched < headerLength) {
    const { offset, length } = planHeaderRange({
      fetched,
      requests: ends.length,
      bytesNeeded: ends.length === 0 ? 0 : fetched + 1,
      totalSize: ends.length === 0 ? null : totalSize,
    }, learned);
    assertEquals(offset, fetched);
    fetched = Math.min(offset + length, totalSize);
    ends.push(fetched);
  }
  return ends;
}

Deno.test("The first instance climbs the ladder, then reaches four times as far each time", () => {
  assertEquals(climb(10 ** 6, 10 ** 9, null), [5120, 12800, 23040, 92160, 368640, 1474560]);
  assertEquals(climb(2000, 10 ** 9, null), [5120]);
});

Deno.test("A header of 64 MiB takes few requests", () => {
  assertLessOrEqual(climb(64 * 2 ** 20, 10 ** 9, null).length, 10);
});

Deno.test("What has been learned is asked for at once, and a tenth more", () => {
  assertEquals(climb(10_500, 10 ** 9, 10_000), [11_000]);
  assertEquals(planHeaderRange({ fetched: 0, requests: 0, bytesNeeded: 0, totalSize: null }, 1), {
    offset: 0,
    length: 2,
  });
});

Deno.test("A header longer than what was learned goes on up the ladder", () => {
  assertEquals(climb(18_000, 10 ** 9, 10_000), [11_000, 18_680]);
});

Deno.test("A small object comes whole and no byte beyond it is asked for", () => {
  assertEquals(climb(6000, 6000, null), [5120, 6000]);
});

Deno.test("What the reader needs is asked for, and some more, when it is beyond the next step", () => {
  const progress = { fetched: 5120, requests: 1, bytesNeeded: 200_000, totalSize: null };
  assertEquals(planHeaderRange(progress, null), { offset: 5120, length: 200_000 - 5120 + 2048 });
  assertEquals(planHeaderRange({ ...progress, totalSize: 200_100 }, null).length, 194_980);
});
