import { assertEquals, assertGreater, assertLess, assertLessOrEqual, fail } from "@std/assert";
import { HeaderReader } from "@dicom/series-preview/dicom";
import { SeriesPreviewError } from "../../errors.ts";
import { elementFacts, seededRandom, wholeHeader } from "./header_facts.ts";
import { mutateHeader } from "./mutate_header.ts";
import { readInstance } from "./read_instance.ts";
import { sampleInstances } from "./sample_instances.ts";
import { listKinds, readShared, testShared } from "../support/shared_data.ts";

/** Far above what reading any of these headers takes, and far below what a hang would. */
const MOST_MILLISECONDS = 1000;

/** Asserts that damaged copies of an object are read or refused, quickly and with a typed error. */
async function assertMutationsAreSafe(
  object: Uint8Array,
  what: string,
  runs: number,
  seed: number,
): Promise<number> {
  const random = seededRandom(seed);
  const { headerLength } = wholeHeader(object);
  // What follows the header is not read: a little of it is enough.
  const source = object.slice(0, headerLength + 200);
  let refused = 0;
  for (let run = 0; run < runs; run++) {
    const mutated = mutateHeader(source, headerLength, random);
    const start = performance.now();
    try {
      await readInstance(mutated);
    } catch (error) {
      if (!(error instanceof SeriesPreviewError)) {
        fail(`${what}, run ${run}: ${error instanceof Error ? error.stack : error}`);
      }
      refused++;
    }
    assertLess(performance.now() - start, MOST_MILLISECONDS, `${what}, run ${run}`);
  }
  return refused;
}

Deno.test("Damaged headers of every kind are read or refused with a typed error", async () => {
  let refused = 0;
  let seed = 100;
  for (const [kind, object] of sampleInstances()) {
    refused += await assertMutationsAreSafe(object, kind, 150, seed++);
  }
  assertGreater(refused, 100);
});

testShared("Damaged real headers are read or refused with a typed error", async (oracle) => {
  let refused = 0;
  let seed = 7;
  for (const { path } of listKinds(oracle)) {
    const object = readShared(path);
    const runs = wholeHeader(object).headerLength > 20_000 ? 8 : 40;
    refused += await assertMutationsAreSafe(object, path, runs, seed++);
  }
  assertGreater(refused, 100);
});

/** What becomes of an object that comes in chunks: its elements, or the name of its error. */
function outcomeOf(object: Uint8Array, chunkLength: () => number, what: string): string[] {
  const reader = new HeaderReader();
  try {
    for (let at = 0; at < object.length;) {
      const end = Math.min(object.length, at + chunkLength());
      const result = reader.append(object.slice(at, end), object.length);
      if (result.complete) return elementFacts(result.header);
      assertGreater(result.bytesNeeded, end, what);
      assertLessOrEqual(result.bytesNeeded, object.length, what);
      at = end;
    }
  } catch (error) {
    if (error instanceof SeriesPreviewError) return [error.name];
    throw error;
  }
  fail(`${what}: a whole object needs more bytes`);
}

Deno.test("Damaged headers come to the same end in chunks as at once", () => {
  let seed = 1000;
  for (const [kind, object] of sampleInstances()) {
    // What is corrupt is found sooner or later, as the pieces come that are inflated.
    if (kind.startsWith("deflated")) continue;
    const random = seededRandom(seed++);
    const { headerLength } = wholeHeader(object);
    for (let run = 0; run < 40; run++) {
      const mutated = mutateHeader(object, headerLength, random);
      if (mutated.length === 0) continue;
      const what = `${kind}, run ${run}`;
      const atOnce = outcomeOf(mutated, () => mutated.length, what);
      const inChunks = outcomeOf(mutated, () => 1 + Math.floor(random() * 300), what);
      assertEquals(inChunks, atOnce, what);
    }
  }
});
