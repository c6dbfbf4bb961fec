import { assertEquals } from "@std/assert";
import { nextTurn } from "../../runtime/next_turn.ts";

Deno.test("what waits for the thread gets it before the next turn ends", async () => {
  const done: string[] = [];
  queueMicrotask(() => done.push("microtask"));
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    done.push("message");
    port1.close();
  };
  port2.postMessage(null);
  await nextTurn();
  assertEquals(done, ["microtask", "message"]);
});

Deno.test("a computation that takes turns can be aborted by a timer", async () => {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 0);
  while (!controller.signal.aborted) await nextTurn();
  clearTimeout(timer);
});
