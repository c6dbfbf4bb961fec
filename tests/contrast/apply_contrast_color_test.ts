import { assertEquals, assertLessOrEqual, assertThrows } from "@std/assert";
import fc from "fast-check";
import { applyContrast } from "../../contrast/mod.ts";
import type { PixelArray } from "../../dicom/frame.ts";
import type { ColorPalette, ImageDescription } from "../../dicom/image_description.ts";
import { DecodeError } from "../../errors.ts";
import { sampleDescription, sampleFrame } from "./sample_description.ts";

const narrow = { kind: "window", center: 0, width: 1, function: "LINEAR" } as const;

function drawColor(data: PixelArray, changes: Partial<ImageDescription>): number[] {
  const description = sampleDescription({
    samplesPerPixel: 3,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    pixelRepresentation: 0,
    ...changes,
  });
  const image = applyContrast(sampleFrame(data, 3), description, narrow);
  assertEquals([image.channels, image.width], [3, data.length / 3]);
  return [...image.data];
}

function drawIndices(data: PixelArray, palette: ColorPalette | null): number[] {
  const description = sampleDescription({ photometricInterpretation: "PALETTE COLOR", palette });
  const image = applyContrast(sampleFrame(data), description, narrow);
  assertEquals([image.channels, image.width], [3, data.length]);
  return [...image.data];
}

Deno.test("RGB of 8 bits passes as it is, whatever the window, in bytes of its own", () => {
  const data = Uint8Array.from({ length: 768 }, (_, index) => index % 256);
  for (const photometricInterpretation of ["RGB", "YBR_RCT", "YBR_ICT"]) {
    assertEquals(drawColor(data, { photometricInterpretation }), [...data]);
  }
  const description = sampleDescription({ photometricInterpretation: "RGB", bitsStored: 8 });
  const image = applyContrast(sampleFrame(data, 3), description, narrow);
  assertEquals(image.data.buffer === data.buffer, false);
});

Deno.test("RGB of more bits is scaled by its bits stored", () => {
  const photometricInterpretation = "RGB";
  assertEquals(
    drawColor(Uint16Array.of(0, 257, 65535, 128, 129, 32768), {
      photometricInterpretation,
      bitsStored: 16,
    }),
    [0, 1, 255, 0, 1, 128],
  );
  assertEquals(
    drawColor(Uint16Array.of(0, 2048, 4095), { photometricInterpretation, bitsStored: 12 }),
    [0, 128, 255],
  );
});

Deno.test("RGB and YBR are scaled by what the codestream says of its precision", () => {
  const description = (photometricInterpretation: string, bitsStored: number) =>
    sampleDescription({ samplesPerPixel: 3, photometricInterpretation, bitsStored });
  const frame = (...data: number[]) => sampleFrame(Uint16Array.from(data), 3);
  const twelve = { ...frame(0, 2048, 4095), precision: 12 };
  assertEquals([...applyContrast(twelve, description("RGB", 16), narrow).data], [0, 128, 255]);
  assertEquals([...applyContrast(twelve, description("RGB", 8), narrow).data], [0, 128, 255]);
  const grey = { ...frame(1024, 2048, 2048), precision: 12 };
  assertEquals([...applyContrast(grey, description("YBR_FULL", 16), narrow).data], [64, 64, 64]);
});

/** The equations of PS3.3 C.7.6.3.1.2. */
function toYbr([red, green, blue]: readonly number[]): number[] {
  return [
    0.2990 * red! + 0.5870 * green! + 0.1140 * blue!,
    -0.1687 * red! - 0.3313 * green! + 0.5000 * blue! + 128,
    0.5000 * red! - 0.4187 * green! - 0.0813 * blue! + 128,
  ].map((value) => Math.min(255, Math.round(value)));
}

Deno.test("YBR_FULL and YBR_FULL_422 become the RGB that they were made from", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(
    fc.property(fc.tuple(byte, byte, byte), (rgb) => {
      for (const photometricInterpretation of ["YBR_FULL", "YBR_FULL_422"]) {
        const drawn = drawColor(Uint8Array.from(toYbr(rgb)), { photometricInterpretation });
        // Three roundings to bytes on the way there leave two steps at most.
        drawn.forEach((value, channel) => assertLessOrEqual(Math.abs(value - rgb[channel]!), 2));
      }
    }),
    { seed: 1, numRuns: 500 },
  );
});

Deno.test("grey in YBR_FULL stays exactly grey, and overshoot is clamped", () => {
  const photometricInterpretation = "YBR_FULL";
  assertEquals(
    drawColor(Uint8Array.of(0, 128, 128, 77, 128, 128, 255, 128, 128), {
      photometricInterpretation,
    }),
    [0, 0, 0, 77, 77, 77, 255, 255, 255],
  );
  assertEquals(
    drawColor(Uint8Array.of(255, 255, 255, 0, 0, 0), { photometricInterpretation }),
    [255, 121, 255, 0, 135, 0],
  );
  assertEquals(
    drawColor(Uint16Array.of(65535, 32768, 32768), { photometricInterpretation, bitsStored: 16 }),
    [255, 255, 255],
  );
});

Deno.test("YBR_PARTIAL_422 has its black at 16 and its white at 235", () => {
  const photometricInterpretation = "YBR_PARTIAL_422";
  // The ends of grey, then pure red and pure blue by the equations that the standard had.
  assertEquals(
    drawColor(Uint8Array.of(16, 128, 128, 235, 128, 128), { photometricInterpretation }),
    [0, 0, 0, 255, 255, 255],
  );
  const red = drawColor(Uint8Array.of(81, 90, 240), { photometricInterpretation });
  const blue = drawColor(Uint8Array.of(41, 240, 110), { photometricInterpretation });
  [[red, [255, 0, 0]], [blue, [0, 0, 255]]].forEach(([drawn, wanted]) =>
    drawn!.forEach((value, i) => assertLessOrEqual(Math.abs(value - wanted![i]!), 2))
  );
});

Deno.test("color has no sign, whatever a header says of it", () => {
  const bytes = Uint8Array.from({ length: 768 }, (_, index) => index % 256);
  for (const photometricInterpretation of ["RGB", "YBR_FULL"]) {
    assertEquals(
      drawColor(new Int8Array(bytes.buffer), { photometricInterpretation, pixelRepresentation: 1 }),
      drawColor(bytes, { photometricInterpretation }),
    );
  }
  // Twelve bits whose sign was extended over sixteen.
  assertEquals(
    drawColor(Int16Array.of(0, -2048, -1), { photometricInterpretation: "RGB", bitsStored: 12 }),
    [0, 128, 255],
  );
});

Deno.test("colors of a kind that cannot be drawn are named, not drawn as RGB", () => {
  for (const photometricInterpretation of ["HSV", "XYB"]) {
    assertThrows(
      () => drawColor(Uint8Array.of(1, 2, 3), { photometricInterpretation }),
      DecodeError,
      photometricInterpretation,
    );
  }
});

Deno.test("a palette of 8 bits maps indices, and its ends hold beyond it", () => {
  const table = (...entries: number[]) => ({
    firstValue: 2,
    bits: 8,
    entries: Uint8Array.from(entries),
  });
  const palette = {
    red: table(1, 2, 255),
    green: table(10, 20, 30),
    blue: table(100, 150, 200),
  };
  const colors = [[1, 10, 100], [2, 20, 150], [255, 30, 200]];
  assertEquals(
    drawIndices(Uint8Array.of(0, 2, 3, 4, 5, 255), palette),
    [0, 0, 1, 2, 2, 2].flatMap((index) => colors[index]!),
  );
});

Deno.test("a palette of 16 bits is read by its high bytes, replicated or shifted", () => {
  const table = (scale: number) => ({
    firstValue: 0,
    bits: 16,
    entries: Uint16Array.from({ length: 256 }, (_, index) => index * scale),
  });
  const everyIndex = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (const scale of [256, 257]) {
    const palette = { red: table(scale), green: table(scale), blue: table(scale) };
    assertEquals(drawIndices(everyIndex, palette), [...everyIndex].flatMap((v) => [v, v, v]));
  }
});

Deno.test("a palette of 16 bits that leaves its high bytes empty is read by its low ones", () => {
  const table = { firstValue: 0, bits: 16, entries: Uint16Array.of(0, 128, 255) };
  const palette = { red: table, green: table, blue: table };
  assertEquals(drawIndices(Uint16Array.of(1, 2), palette), [128, 128, 128, 255, 255, 255]);
});

Deno.test("PALETTE COLOR without a palette is a decode error", () => {
  assertThrows(() => drawIndices(Uint8Array.of(1), null), DecodeError, "lookup tables");
});

Deno.test("segments are drawn in their colors by stored values alone", () => {
  const table = (...entries: number[]) => ({
    firstValue: 0,
    bits: 8,
    entries: Uint8Array.from(entries),
  });
  const palette = { red: table(0, 200), green: table(0, 90), blue: table(0, 7) };
  const description = sampleDescription({
    photometricInterpretation: "MONOCHROME1",
    rescaleSlope: 5,
    rescaleIntercept: -3,
  });
  const frame = sampleFrame(Uint8Array.of(0, 1, 1, 255));
  const { channels, data } = applyContrast(frame, description, { kind: "colors", palette });
  assertEquals([channels, ...data], [3, 0, 0, 0, 200, 90, 7, 200, 90, 7, 200, 90, 7]);
});
