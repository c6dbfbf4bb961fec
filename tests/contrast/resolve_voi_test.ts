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

Deno.test("VOI LUTs are counted before windows, so that each can be had", () => {
  const other = { ...table, firstValue: 9 };
  const description = sampleDescription({ windows, voiTables: [table, other] });
  const views = [0, 1, 2, 3, 4].map((window) =>
    resolveVoi({ kind: "embedded", window }, description, fallback)
  );
  assertEquals(views, [
    { kind: "table", table },
    { kind: "table", table: other },
    { kind: "window", center: 40, width: 400, function: "LINEAR" },
    { kind: "window", center: -600, width: 1600, function: "LINEAR" },
    fallbackVoi,
  ]);
});

Deno.test("segments are shown in their colors, unless another contrast is asked for", () => {
  const segmentColors = { red: table, green: table, blue: table };
  const description = sampleDescription({ segmentColors, windows });
  const embedded = parseContrast("embedded");
  assertEquals(resolveVoi(embedded, description, fallback), {
    kind: "colors",
    palette: segmentColors,
  });
  assertEquals(needsAutoWindow(embedded, description), false);
  assertEquals(resolveVoi({ kind: "auto" }, description, fallback), fallbackVoi);
  assertEquals(needsAutoWindow({ kind: "auto" }, description), true);
  assertEquals(resolveVoi({ kind: "embedded", window: 1 }, description, fallback).kind, "window");
});

Deno.test("color images wait for no window", () => {
  const rgb = sampleDescription({ samplesPerPixel: 3, photometricInterpretation: "RGB" });
  const palette = sampleDescription({ photometricInterpretation: "PALETTE COLOR" });
  for (const text of ["auto", "embedded", "lung"]) {
    for (const description of [rgb, palette]) {
      assertEquals(needsAutoWindow(parseContrast(text), description), false);
    }
  }
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
