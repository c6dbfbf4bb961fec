import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual } from "@std/assert";
import { planHeaderRange } from "@dicom/series-preview/retriever";
import fc from "fast-check";

const progresses = fc.record({
  fetched: fc.nat(10 ** 7),
  requests: fc.nat(12),
  ahead: fc.integer({ min: 1, max: 10 ** 7 }),
  rest: fc.option(fc.nat(10 ** 9)),
  expected: fc.option(fc.integer({ min: 1, max: 10 ** 6 })),
  instances: fc.option(fc.integer({ min: 1, max: 10 ** 6 }), { nil: undefined }),
}).map(({ fetched, requests, ahead, rest, expected, instances }) => {
  const first = requests === 0;
  const progress = {
    fetched: first ? 0 : fetched + 1,
    requests,
    bytesNeeded: first ? 0 : fetched + 1 + ahead,
    totalSize: rest === null || first ? null : fetched + 1 + ahead + rest,
    instances,
  };
  return { progress, expected };
});

Deno.test("Every range starts where the last ended, brings what is needed, and stays inside", () => {
  fc.assert(
    fc.property(progresses, ({ progress, expected }) => {
      const { offset, length } = planHeaderRange(progress, expected);
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
function climb(
  headerLength: number,
  expected: number | null,
  { totalSize = 10 ** 9, instances = 1 } = {},
): number[] {
  const ends: number[] = [];
  let fetched = 0;
  while (fetched < headerLength) {
    const { offset, length } = planHeaderRange({
      fetched,
      requests: ends.length,
      bytesNeeded: ends.length === 0 ? 0 : fetched + 1,
      totalSize: ends.length === 0 ? null : totalSize,
      instances,
    }, expected);
    assertEquals(offset, fetched);
    fetched = Math.min(offset + length, totalSize);
    ends.push(fetched);
  }
  return ends;
}

Deno.test("The first instance climbs the ladder, then reaches four times as far each time", () => {
  const ends = [5120, 12_800, 23_040, 92_160, 184_320, 737_280, 2_949_120];
  assertEquals(climb(10 ** 6, null), ends);
  assertEquals(climb(10 ** 6, null, { instances: 20 }), ends);
  assertEquals(climb(2000, null), [5120]);
});

Deno.test("A header of 64 MiB takes few requests", () => {
  assertLessOrEqual(climb(64 * 2 ** 20, null).length, 10);
});

Deno.test("A long series spends a little of what all its headers take on a faster climb", () => {
  assertEquals(climb(65_000, null, { instances: 100 }), [5120, 25_600, 128_000]);
  assertEquals(climb(9_000, null, { instances: 500 }), [20_000]);
  for (const instances of [21, 50, 100, 500, 1000, 10_000, 1_000_000]) {
    for (const length of [1000, 2000, 9000, 65_000, 150_000, 10 ** 6]) {
      const alone = climb(length, null);
      const ends = climb(length, null, { instances });
      assertLessOrEqual(ends.length, alone.length);
      const most = Math.max(5120 - length, 3 * length, instances * length / 25);
      assertLessOrEqual(ends.at(-1)! - length, most);
    }
  }
});

Deno.test("What is expected is asked for at once", () => {
  assertEquals(climb(10_500, 11_000), [11_000]);
  assertEquals(planHeaderRange({ fetched: 0, requests: 0, bytesNeeded: 0, totalSize: null }, 1), {
    offset: 0,
    length: 1,
  });
});

Deno.test("What is expected only while a header is read is asked for next", () => {
  const progress = { fetched: 5120, requests: 1, bytesNeeded: 5200, totalSize: null };
  assertEquals(planHeaderRange(progress, 70_000), { offset: 5120, length: 64_880 });
  // What is there already is nearly that, and was too little.
  assertEquals(planHeaderRange(progress, 5200).length, 2560);
});

Deno.test("A header longer than expected is followed by half as much again, then four times as far", () => {
  assertEquals(climb(50_000, 10_000), [10_000, 15_000, 60_000]);
  assertEquals(climb(1500, 1000), [1000, 2024]);
});

Deno.test("A small object comes whole and no byte beyond it is asked for", () => {
  assertEquals(climb(6000, null, { totalSize: 6000 }), [5120, 6000]);
});

Deno.test("What the reader needs is asked for, and some more, when it is beyond the next step", () => {
  const progress = { fetched: 5120, requests: 1, bytesNeeded: 200_000, totalSize: null };
  assertEquals(planHeaderRange(progress, null), { offset: 5120, length: 200_000 - 5120 + 2048 });
  assertEquals(planHeaderRange({ ...progress, totalSize: 200_100 }, null).length, 194_980);
});
