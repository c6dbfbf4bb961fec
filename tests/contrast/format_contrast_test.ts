import { assertEquals, assertMatch } from "@std/assert";
import { contrastPresets, formatContrast, parseContrast } from "../../contrast/mod.ts";

Deno.test("a preset is labeled with its name for people and its numbers", () => {
  assertEquals(formatContrast(parseContrast("lung")), "CT lung 1500/-500");
  for (const preset of contrastPresets) {
    assertMatch(formatContrast(parseContrast(preset.name)), /^[ -~]+ \d+\/-?\d+$/);
  }
});

Deno.test("numbers, auto and embedded are labeled as what they are", () => {
  assertEquals(formatContrast(parseContrast("0.5, -1.25")), "0.5/-1.25");
  assertEquals(formatContrast({ kind: "auto" }), "auto");
  assertEquals(formatContrast({ kind: "embedded", window: 0 }), "embedded");
  assertEquals(formatContrast({ kind: "embedded", window: 1 }), "embedded 1");
});
