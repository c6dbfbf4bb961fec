import { assertEquals } from "@std/assert";
import { realValues } from "../../contrast/mod.ts";
import { sampleDescription, sampleFrame } from "./sample_description.ts";

Deno.test("stored values become real ones by slope and intercept, in double precision", () => {
  const description = sampleDescription({ rescaleSlope: 0.1, rescaleIntercept: -0.3 });
  assertEquals(
    realValues(sampleFrame(Int16Array.of(-32768, 0, 3, 32767)), description),
    Float64Array.of(-32768 * 0.1 + -0.3, -0.3, 3 * 0.1 + -0.3, 32767 * 0.1 + -0.3),
  );
});

Deno.test("a modality table wins, and values beyond its ends map to them", () => {
  const modalityTable = { firstValue: -1, bits: 16, entries: Uint16Array.of(100, 2000, 30000) };
  const description = sampleDescription({ modalityTable, rescaleSlope: 9 });
  assertEquals(
    realValues(sampleFrame(Int16Array.of(-32768, -2, -1, 0, 1, 2, 32767)), description),
    Float64Array.of(100, 100, 100, 2000, 30000, 30000, 30000),
  );
});
