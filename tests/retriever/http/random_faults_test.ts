import { assertEquals, assertGreater, assertLessOrEqual } from "@std/assert";
import { readAtRandom } from "../../support/random_reads.ts";
import { VirtualTime } from "../../support/virtual_time.ts";

const SEED = 20_260_117;

Deno.test(`500 reads of which every fifth request fails are exact or refused, seed ${SEED}`, async () => {
  const time = new VirtualTime();
  const tally = await readAtRandom({
    ...{ count: 500, seed: SEED, concurrency: 1, timeout: 60_000, idleTimeout: 10_000 },
    time,
    options: time.options,
  });
  const { exact, refused, silent, untyped, longest, requests, faults } = tally;
  const refusals = Object.values(refused).reduce((sum, count) => sum + count, 0);
  assertEquals([silent, untyped], [[], []]);
  assertEquals(exact + refusals, 500);
  assertLessOrEqual(longest, 60_000);
  // The faults did happen, those that pass and those that do not.
  assertGreater(faults, requests * 0.15);
  assertGreater(refusals, 10);
  assertGreater(exact, 400);
});
