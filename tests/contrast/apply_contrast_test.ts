import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import {
  applyContrast,
  parseContrast,
  resolveVoi,
  type Voi,
  type WindowVoi,
} from "../../contrast/mod.ts";
import { imageDescriber } from "../../dicom/describe_image.ts";
import type { PixelArray } from "../../dicom/frame.ts";
import type { ImageDescription, VoiLutFunction } from "../../dicom/image_description.ts";
import { DecodeError } from "../../errors.ts";
import { sampleDescription, sampleFrame } from "./sample_description.ts";

function draw(data: PixelArray, voi: Voi, changes: Partial<ImageDescription> = {}): number[] {
  return [...applyContrast(sampleFrame(data), sampleDescription(changes), voi).data];
}

/** The formulas of PS3.3 C.11.2.1.2.1, C.11.2.1.3.1 and C.11.2.1.3.2 as they stand there. */
function standardOutput(x: number, c: number, w: number, kind: VoiLutFunction): number {
  const yMin = 0;
  const yMax = 255;
  switch (kind) {
    case "LINEAR":
      if (x <= c - 0.5 - (w - 1) / 2) return yMin;
      if (x > c - 0.5 + (w - 1) / 2) return yMax;
      return ((x - (c - 0.5)) / (w - 1) + 0.5) * (yMax - yMin) + yMin;
    case "LINEAR_EXACT":
      if (x <= c - w / 2) return yMin;
      if (x > c + w / 2) return yMax;
      return ((x - c) / w + 0.5) * (yMax - yMin) + yMin;
    case "SIGMOID":
      return (yMax - yMin) / (1 + Math.exp(-4 * (x - c) / w)) + yMin;
  }
}

const everyInt16 = Int16Array.from({ length: 0x10000 }, (_, index) => index - 0x8000);
const windows: WindowVoi[] = (["LINEAR", "LINEAR_EXACT", "SIGMOID"] as const).flatMap((kind) =>
  [[40, 400], [-600.5, 1600.25], [0, 1], [3, 2], [1e4, 65535]].map(([center, width]) => ({
    kind: "window" as const,
    center: center!,
    width: width!,
    function: kind,
  }))
);
const exact: WindowVoi = { kind: "window", center: 127.5, width: 255, function: "LINEAR_EXACT" };

Deno.test("every 16-bit value is windowed as the standard's formulas have it", () => {
  for (const voi of windows) {
    for (const [rescaleSlope, rescaleIntercept] of [[1, 0], [1, -1024], [0.37, 12.5], [-2, 3]]) {
      const bytes = draw(everyInt16, voi, {
        rescaleSlope: rescaleSlope!,
        rescaleIntercept: rescaleIntercept!,
      });
      everyInt16.forEach((stored, index) => {
        const real = stored * rescaleSlope! + rescaleIntercept!;
        const expected = standardOutput(real, voi.center, voi.width, voi.function);
        // One rounding at a half may fall either way; nothing more.
        const off = Math.abs(bytes[index]! - expected);
        if (off > 0.5 + 1e-9) {
          throw new Error(`${stored} at ${JSON.stringify(voi)} is off by ${off}`);
        }
      });
    }
  }
});

Deno.test("the ends of a window are where the standard puts them", () => {
  const linear: WindowVoi = { kind: "window", center: 2048, width: 4096, function: "LINEAR" };
  assertEquals(draw(Int16Array.of(-1, 0, 1, 4094, 4095, 4096), linear), [0, 0, 0, 255, 255, 255]);
  const step: WindowVoi = { kind: "window", center: 10, width: 1, function: "LINEAR" };
  assertEquals(draw(Int16Array.of(9, 10), step), [0, 255]);
  assertEquals(draw(Int16Array.of(0, 1, 254, 255), exact), [0, 1, 254, 255]);
});

Deno.test("frames too small for a table and types without one are drawn alike", () => {
  const stored = [-128, -127, -1, 0, 1, 100, 127];
  for (const voi of windows) {
    const expected = draw(everyInt16, voi, { rescaleSlope: 1.5 });
    const wanted = stored.map((value) => expected[value + 0x8000]!);
    for (
      const data of [
        Int8Array.from(stored),
        Int16Array.from(stored),
        Int32Array.from(stored),
        Float32Array.from(stored),
        Float64Array.from(stored),
        Int8Array.from({ length: 700 }, (_, index) => stored[index % 7]!),
      ]
    ) {
      assertEquals(draw(data, voi, { rescaleSlope: 1.5 }).slice(0, 7), wanted);
    }
  }
});

Deno.test("unsigned values are drawn up to their largest", () => {
  const voi: WindowVoi = {
    kind: "window",
    center: 32767.5,
    width: 65535,
    function: "LINEAR_EXACT",
  };
  const everyUint16 = Uint16Array.from(everyInt16.keys());
  const bytes = draw(everyUint16, voi);
  assertEquals(bytes, [...everyUint16].map((stored) => Math.round(stored / 257)));
  assertEquals(draw(Uint32Array.of(0, 65535, 4294967295), voi), [0, 255, 255]);
  assertEquals(draw(Uint8Array.from({ length: 256 }, (_, index) => index), exact), [
    ...Array(256).keys(),
  ]);
});

Deno.test("MONOCHROME1 is inverted once", () => {
  const stored = Uint8Array.from({ length: 300 }, (_, index) => index % 256);
  const upright = draw(stored, exact);
  const inverted = draw(stored, exact, { photometricInterpretation: "MONOCHROME1" });
  assertEquals(inverted, upright.map((grey) => 255 - grey));
});

Deno.test("MONOCHROME1 is inverted after every kind of VOI, as the standard's formulas have it", () => {
  const photometricInterpretation = "MONOCHROME1";
  for (const voi of windows) {
    const bytes = draw(everyInt16, voi, { photometricInterpretation, rescaleSlope: 0.5 });
    everyInt16.forEach((stored, index) => {
      const expected = 255 - standardOutput(stored * 0.5, voi.center, voi.width, voi.function);
      assertLessOrEqual(Math.abs(bytes[index]! - expected), 0.5 + 1e-9);
    });
  }
  const table = { firstValue: 0, bits: 8, entries: Uint8Array.of(10, 250) };
  assertEquals(
    draw(Int16Array.of(-1, 0, 1), { kind: "table", table }, { photometricInterpretation }),
    [
      245,
      245,
      5,
    ],
  );
});

Deno.test("a Presentation LUT Shape of INVERSE does not invert again", () => {
  for (const PhotometricInterpretation of ["MONOCHROME1", "MONOCHROME2"]) {
    for (const PresentationLUTShape of ["IDENTITY", "INVERSE"]) {
      const describe = imageDescriber({
        Rows: 1,
        Columns: 3,
        BitsAllocated: 8,
        PhotometricInterpretation,
        PresentationLUTShape,
        WindowCenter: 127.5,
        WindowWidth: 255,
        VOILUTFunction: "LINEAR_EXACT",
      });
      const description = describe(0);
      const voi = resolveVoi(parseContrast("embedded"), description, { center: 0, width: 1 });
      const { data } = applyContrast(sampleFrame(Uint8Array.of(0, 5, 255)), description, voi);
      const inverted = PhotometricInterpretation === "MONOCHROME1";
      assertEquals([...data], inverted ? [255, 250, 0] : [0, 5, 255]);
    }
  }
});

/** PS3.3 C.11.2.1.1, word for word, with the table's output stretched to bytes. */
function standardTableOutput(real: number, first: number, bits: number, entries: Uint16Array) {
  if (real <= first) return entries[0]! / (2 ** bits - 1) * 255;
  if (real >= first + entries.length - 1) return entries.at(-1)! / (2 ** bits - 1) * 255;
  return entries[real - first]! / (2 ** bits - 1) * 255;
}

Deno.test("every 16-bit value is looked up in a VOI LUT as the standard has it", () => {
  const random = (index: number) => (index * 2654435761) >>> 16;
  for (const bits of [8, 10, 12, 16]) {
    for (const [first, count] of [[-1024, 4096], [0, 256], [300, 1], [-32768, 65536]] as const) {
      const entries = Uint16Array.from({ length: count }, (_, i) => random(i) % 2 ** bits);
      const table = { firstValue: first, bits, entries };
      const bytes = draw(everyInt16, { kind: "table", table }, { rescaleIntercept: -24 });
      everyInt16.forEach((stored, index) => {
        const expected = standardTableOutput(stored - 24, first, bits, entries);
        assertLessOrEqual(Math.abs(bytes[index]! - expected), 0.5 + 1e-9);
      });
    }
  }
});

Deno.test("padding is background, in MONOCHROME1 too", () => {
  const padding = { low: -2000, high: -1999 };
  const voi: WindowVoi = { kind: "window", center: -1999, width: 10, function: "LINEAR_EXACT" };
  const data = Int16Array.of(-2001, -2000, -1999, -1998);
  assertEquals(draw(data, voi, { padding }), [77, 0, 0, 153]);
  const photometricInterpretation = "MONOCHROME1";
  assertEquals(draw(data, voi, { padding, photometricInterpretation }), [179, 0, 0, 102]);
  const drawn = draw(everyInt16, voi, { padding, photometricInterpretation });
  assertEquals(drawn.slice(0x8000 - 2001, 0x8000 - 1997), [179, 0, 0, 102]);
});

Deno.test("NaN is background, and infinities are the ends", () => {
  const data = Float32Array.of(NaN, -Infinity, Infinity);
  const photometricInterpretation = "MONOCHROME1";
  const table = { firstValue: 0, bits: 8, entries: Uint8Array.of(7, 200) };
  assertEquals(draw(data, exact), [0, 0, 255]);
  assertEquals(draw(data, exact, { photometricInterpretation }), [0, 255, 0]);
  assertEquals(draw(data, { kind: "table", table }), [0, 7, 200]);
});

Deno.test("a modality table goes before the window", () => {
  const modalityTable = { firstValue: 2, bits: 8, entries: Uint8Array.of(10, 20, 250) };
  assertEquals(draw(Int16Array.of(-5, 2, 3, 4, 5, 32767), exact, { modalityTable }), [
    10,
    10,
    20,
    250,
    250,
    250,
  ]);
});

Deno.test("a VOI table of 8 to 16 bits is scaled to bytes, and its ends hold beyond it", () => {
  for (const bits of [8, 10, 12, 16]) {
    const top = 2 ** bits - 1;
    const table = { firstValue: -1, bits, entries: Uint16Array.of(0, top / 5, top) };
    assertEquals(
      draw(Int16Array.of(-32768, -2, -1, 0, 1, 2, 32767), { kind: "table", table }),
      [0, 0, 0, 51, 255, 255, 255],
    );
  }
});

Deno.test("a VOI table takes the entry at or below a real value between two", () => {
  const table = { firstValue: 0, bits: 8, entries: Uint8Array.of(10, 20, 30) };
  const changes = { rescaleSlope: 0.5, rescaleIntercept: -0.5 };
  assertEquals(
    draw(Int16Array.of(0, 1, 2, 3, 4), { kind: "table", table }, changes),
    [10, 10, 10, 20, 20],
  );
});

Deno.test("entries beyond a VOI table's bits are white", () => {
  const table = { firstValue: 0, bits: 8, entries: Uint16Array.of(255, 4095) };
  assertEquals(draw(Int16Array.of(0, 1), { kind: "table", table }), [255, 255]);
});

Deno.test("parameters and tables that alternate are never mixed up", () => {
  const tables = [Uint8Array.of(1, 2), Uint8Array.of(3, 4)].map((entries) => ({
    firstValue: 0,
    bits: 8,
    entries,
  }));
  const data = Uint8Array.from({ length: 256 }, (_, index) => index);
  const cases: [Voi, Partial<ImageDescription>, number, number][] = [
    [exact, {}, 0, 1],
    [{ ...exact, center: 126.5 }, {}, 1, 2],
    [{ ...exact, width: 51 }, {}, 0, 0],
    [{ ...exact, function: "SIGMOID" }, {}, 30, 31],
    [exact, { rescaleSlope: 2 }, 0, 2],
    [exact, { rescaleIntercept: 9 }, 9, 10],
    [exact, { photometricInterpretation: "MONOCHROME1" }, 255, 254],
    [exact, { padding: { low: 1, high: 1 } }, 0, 0],
    [exact, { padding: { low: 2, high: 3 } }, 0, 1],
    [exact, { padding: { low: 1, high: 3 } }, 0, 0],
    [exact, { modalityTable: tables[0]! }, 1, 2],
    [exact, { modalityTable: tables[1]! }, 3, 4],
    [{ kind: "table", table: tables[0]! }, {}, 1, 2],
    [{ kind: "table", table: tables[1]! }, {}, 3, 4],
  ];
  for (let round = 0; round < 3; round++) {
    for (const [voi, changes, first, second] of cases) {
      assertEquals(draw(data, voi, changes).slice(0, 2), [first, second], JSON.stringify(changes));
    }
    cases.reverse();
  }
});

Deno.test("the picture has the frame's size, also when that is not the description's", () => {
  const frame = { rows: 2, columns: 3, samplesPerPixel: 1, data: new Int16Array(6) };
  const { width, height, channels } = applyContrast(
    frame,
    sampleDescription({ rows: 8, columns: 12 }),
    exact,
  );
  assertEquals([width, height, channels], [3, 2, 1]);
});

Deno.test("neither 1 nor 3 samples a pixel is a decode error", () => {
  assertThrows(
    () => applyContrast(sampleFrame(new Uint8Array(8), 4), sampleDescription(), exact),
    DecodeError,
    "4 samples",
  );
});
