import { assertEquals, assertGreaterOrEqual, assertLess } from "@std/assert";
import { retryDelay } from "../../../retriever/http/retry_delay.ts";
import { seededRandom } from "../../support/random.ts";

Deno.test("retryDelay waits between 100 ms and three times the wait before", () => {
  assertEquals(retryDelay({ random: 0 }), 100);
  assertEquals(retryDelay({ random: 0.5 }), 200);
  assertEquals(retryDelay({ random: 0.5, previous: 200 }), 350);
  const random = seededRandom(7);
  let previous = 0;
  for (let round = 0; round < 100; round++) {
    const wait = retryDelay({ random: random(), previous });
    assertGreaterOrEqual(wait, 100);
    assertLess(wait, Math.max(300, previous * 3));
    previous = wait;
  }
});

Deno.test("retryDelay never waits longer than 20 s of its own", () => {
  assertEquals(retryDelay({ random: 0.999, previous: 1e6 }), 20_000);
});

Deno.test("retryDelay waits as long as the server asks, and no shorter than it would", () => {
  assertEquals(retryDelay({ random: 0.5, retryAfter: 30_000 }), 30_000);
  assertEquals(retryDelay({ random: 0.5, retryAfter: 0 }), 200);
  assertEquals(retryDelay({ random: 0.5, retryAfter: null }), 200);
});
