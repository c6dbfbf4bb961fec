import { assertEquals, assertGreater } from "@std/assert";
import { damageIndex } from "../faults/damage_index.ts";
import { killBuilds, listSteps } from "../faults/kill_builds.ts";
import { raceBuilds } from "../faults/race_builds.ts";

Deno.test("a build that is killed at any step leaves the earlier index or the new one, whole", {
  // There is no such signal.
  ignore: Deno.build.os === "windows",
}, async () => {
  const names = await listSteps(3);
  assertEquals(names, [
    ...["mkdir", "open", "lock"],
    ...["open", "lock", "write", "sync", "rename"],
    "remove",
  ]);
  // The folder is there when the earlier index is.
  const steps = names.slice(1).map((_, step) => step);
  const halves = [steps.slice(0, 4), steps.slice(4)];
  const reports = await Promise.all(halves.map((steps) => killBuilds({ instances: 3, steps })));
  assertEquals(reports.flatMap(({ faults }) => faults), []);
  const sum = (key: "kills" | "temporaries" | "locks" | "earlier" | "later") =>
    reports.reduce((total, report) => total + report[key], 0);
  // The steps after the temporary file is there, up to its new name, and that after it has it.
  assertEquals([sum("kills"), sum("temporaries"), sum("earlier"), sum("later")], [8, 4, 7, 1]);
  assertEquals(sum("locks"), 7);
});

Deno.test("a build that is killed at some moment leaves the earlier index or the new one, whole", {
  ignore: Deno.build.os === "windows",
}, async () => {
  const { faults, earlier, later } = await killBuilds({ instances: 12, count: 2, seed: 5 });
  assertEquals([faults, earlier + later], [[], 2]);
});

Deno.test("an index that is damaged is refused before it is used, and built anew with one line", async () => {
  const { rebuilt, faults } = await damageIndex({ count: 200, seed: 3 });
  assertEquals(faults, []);
  assertGreater(Object.keys(rebuilt).length, 10);
  for (const [kind, count] of Object.entries(rebuilt)) assertGreater(count, 10, kind);
});

Deno.test("of four programs that want one index at once one builds it, and all have it", async () => {
  assertEquals((await raceBuilds({ rounds: 1 })).faults, []);
});
