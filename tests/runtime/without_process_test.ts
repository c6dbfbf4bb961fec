import { assertEquals, assertThrows } from "@std/assert";
import { withoutProcess } from "../../runtime/without_process.ts";

const descriptor = () => Object.getOwnPropertyDescriptor(globalThis, "process");

Deno.test("there is no process while the call runs, and the same as before afterwards", () => {
  const before = descriptor();
  // A call in a call hides what is hidden.
  const seen = withoutProcess(() => [
    withoutProcess(() => typeof process),
    typeof process,
  ]);
  assertEquals(seen, ["undefined", "undefined"]);
  assertEquals(descriptor(), before);
});

Deno.test("it is back when the call throws", () => {
  const before = descriptor();
  assertThrows(() =>
    withoutProcess(() => {
      throw new RangeError("no");
    }), RangeError);
  assertEquals(descriptor(), before);
});
