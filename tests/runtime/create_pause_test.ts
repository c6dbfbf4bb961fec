import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { createPause } from "../../runtime/create_pause.ts";
import { nextTurn } from "../../runtime/next_turn.ts";

function compute(milliseconds: number): void {
  for (const until = performance.now() + milliseconds; performance.now() < until;);
}

Deno.test("a long computation lets others have their turn, and a short one goes on", async () => {
  let turns = 0;
  nextTurn().then(() => turns++);
  const pause = createPause(undefined);
  for (let step = 0; step < 100; step++) await pause();
  assertEquals(turns, 0);
  compute(60);
  await pause();
  assertEquals(turns, 1);
});

Deno.test("an abort that comes in a pause ends the computation with its reason", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  const pause = createPause(controller.signal);
  await pause();
  nextTurn().then(() => controller.abort(reason));
  compute(60);
  assertStrictEquals(await assertRejects(pause), reason);
});
