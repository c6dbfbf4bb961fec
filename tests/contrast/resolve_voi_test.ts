import { assertEquals } from "@std/assert";
import { needsAutoWindow, parseContrast, resolveVoi, type Voi } from "../../contrast/mod.ts";
import type { VoiLutFunction } from "../../dicom/image_description.ts";
import { sampleDescription } from "./sample_description.ts";

const fallback = { center: 7, width: 70 };
const fallbackVoi: Voi = { kind: "window", ...fallback, function: "LINEAR_EXACT" };
const windows = [{ center: 40, width: 400 }, { center: -600, width: 1600 }];
const table = { firstValue: 0, bits: 8, entries: Uint8Array.of(0, 255) };

Deno.test("presets, numbers and auto are exact windows, whatever the file holds", () => {
  const description = sampleDescription({ windows, voiTables: [table], voiLutFunction: "SIGMOID" });
  for (const text of ["lung", "1500/-500"]) {
    assertEquals(resolveVoi(parseContrast(text), description, fallback), {
      kind: "window",
      center: -500,
      width: 1500,
      function: "LINEAR_EXACT",
    });
    assertEquals(needsAutoWindow(parseContrast(text), description), false);
  }
  assertEquals(resolveVoi({ kind: "auto" }, description, fallback), fallbackVoi);
  assertEquals(needsAutoWindow({ kind: "auto" }, description), true);
});

Deno.test("a window of the file keeps the file's function", () => {
  for (const voiLutFunction of ["LINEAR", "LINEAR_EXACT", "SIGMOID"] as const) {
    const description = sampleDescription({ windows, voiLutFunction });
    for (const [number, window] of windows.entries()) {
      assertEquals(
        resolveVoi({ kind: "embedded", window: number }, description, fallback),
        { kind: "window", ...window, function: voiLutFunction },
      );
    }
  }
});

Deno.test("a VOI LUT wins over the window of its number", () => {
  const description = sampleDescription({ windows, voiTables: [table] });
  assertEquals(
    resolveVoi({ kind: "embedded", window: 0 }, description, fallback),
    { kind: "table", table },
  );
  assertEquals(
    resolveVoi({ kind: "embedded", window: 1 }, description, fallback),
    { kind: "window", center: -600, width: 1600, function: "LINEAR" },
  );
});

Deno.test("a file without the view asked for takes the fallback", () => {
  for (const window of [0, 1, 2]) {
    const description = sampleDescription({ windows: windows.slice(0, window) });
    const contrast = { kind: "embedded", window } as const;
    assertEquals(resolveVoi(contrast, description, fallback), fallbackVoi);
    assertEquals(needsAutoWindow(contrast, description), true);
  }
});

Deno.test("a width the function cannot use counts as absent", () => {
  const embedded = { kind: "embedded", window: 0 } as const;
  const cases: [VoiLutFunction, number, boolean][] = [
    ["LINEAR", 0.99, false],
    ["LINEAR", 1, true],
    ["LINEAR_EXACT", 0, false],
    ["LINEAR_EXACT", 0.01, true],
    ["SIGMOID", -5, false],
    ["SIGMOID", 0.5, true],
    ["SIGMOID", NaN, false],
  ];
  for (const [voiLutFunction, width, usable] of cases) {
    const description = sampleDescription({ windows: [{ center: 0, width }], voiLutFunction });
    const voi = resolveVoi(embedded, description, fallback);
    assertEquals(
      voi,
      usable ? { kind: "window", center: 0, width, function: voiLutFunction } : fallbackVoi,
    );
    assertEquals(needsAutoWindow(embedded, description), !usable);
  }
});
