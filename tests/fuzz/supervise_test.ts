import { assertEquals, assertMatch } from "@std/assert";
import { supervise } from "./supervise.ts";

const targets = new URL("faulty_targets.ts", import.meta.url).href;

Deno.test("A process that hangs or dies is told with its run, and another goes on after it", async () => {
  const ends = [
    ["hangs", /^it hangs: the process was killed$/],
    ["dies", /^the process ended by SIGKILL: $/],
    ["exits", /^the process ended with status 7: $/],
    ["untyped", /^run 5: an untyped error or a wrong result: TypeError: untyped\n/],
  ] as const;
  await Promise.all(ends.map(async ([name, words]) => {
    const task = { targets, name, seed: 1, from: 0, count: 20, mostSilence: 1500 };
    const { faults, decoded, refused } = await supervise(task);
    assertEquals(faults.map(({ run }) => run), [5], name);
    assertMatch(faults[0]!.what, words);
    assertEquals([decoded, refused], [0, 19], name);
  }));
});

Deno.test("A process that cannot start is a fault without a run", async () => {
  const task = { targets, name: "none", seed: 1, from: 0, count: 20, mostSilence: 1500 };
  const { faults, refused } = await supervise(task);
  assertEquals([faults.length, faults[0]?.run, refused], [1, null, 0]);
  assertMatch(faults[0]!.what, /^the process ended with status 1: error: Uncaught/);
});
