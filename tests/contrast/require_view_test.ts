import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { Contrast } from "../../contrast/mod.ts";
import { requireView } from "../../contrast/require_view.ts";
import { UsageError } from "../../errors.ts";
import { sampleDescription } from "./sample_description.ts";

const none = sampleDescription();
const two = sampleDescription({
  windows: [{ center: 40, width: 400, explanation: "BRAIN" }, { center: 0, width: 9 }],
});
const table = { firstValue: 0, bits: 8, entries: Uint8Array.of(0, 255), explanation: "HARDER" };
const three = sampleDescription({ voiTables: [table], windows: two.windows });

function view(window: number): Contrast {
  return { kind: "embedded", window };
}

Deno.test("one image that holds the view is enough, and the first view is never missed", () => {
  requireView(view(1), [none, two, none]);
  requireView(view(2), [two, three]);
  requireView(view(0), [none]);
  requireView({ kind: "auto" }, [none]);
});

Deno.test("a view that no image holds is a usage error that lists those there are", () => {
  const message = (window: number, ...sample: Parameters<typeof requireView>[1][]) =>
    assertThrows(() => requireView(view(window), sample.flatMap((each) => [...each])), UsageError)
      .message;
  assertEquals(
    message(3, [two, three, none]),
    "window is 3; no slice has that view: a file holds views 0 (HARDER), 1 (BRAIN), 2",
  );
  assertEquals(
    message(1, [none]),
    "window is 1; no slice has that view: a file holds none",
  );
  const many = sampleDescription({ windows: Array(100).fill({ center: 0, width: 9 }) });
  assertStringIncludes(message(100, [many]), "a file holds views 0, 1, 2, 3, 4, 5, 6, 7, …");
  const segments = sampleDescription({ segmentColors: { red: table, green: table, blue: table } });
  assertEquals(
    message(1, [segments]),
    "window is 1; no slice has that view: a file holds only view 0 (segment colors)",
  );
});

Deno.test("no more images are looked at than it takes", () => {
  let looked = 0;
  const sample = function* () {
    for (;;) yield ++looked === 2 ? three : none;
  };
  requireView(view(2), sample());
  assertEquals(looked, 2);
});
