import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { autoWindow, type ContrastSample, realValues } from "../../contrast/mod.ts";
import type { PixelArray } from "../../dicom/frame.ts";
import type { ImageDescription } from "../../dicom/image_description.ts";
import { sampleDescription, sampleFrame } from "./sample_description.ts";

function sample(data: PixelArray, changes: Partial<ImageDescription> = {}): ContrastSample {
  return { frame: sampleFrame(data), description: sampleDescription(changes) };
}

/** The percentile as its definition has it: sort all values, interpolate between two. */
function percentile(samples: readonly ContrastSample[], share: number): number {
  const values = samples.flatMap(({ frame, description }) => {
    const padding = description.padding ?? { low: NaN, high: NaN };
    return [...realValues(frame, description)].filter((real, index) => {
      const stored = frame.data[index]!;
      return Number.isFinite(real) && !(stored >= padding.low && stored <= padding.high);
    });
  }).sort((a, b) => a - b);
  const rank = share * (values.length - 1);
  const below = values[Math.floor(rank)]!;
  return below + (values[Math.ceil(rank)]! - below) * (rank - Math.floor(rank));
}

function assertMeasured(samples: readonly ContrastSample[]): void {
  const low = percentile(samples, 0.02);
  const high = percentile(samples, 0.98);
  const { center, width } = autoWindow(samples);
  const tolerance = 1e-9 * Math.max(1, Math.abs(low), Math.abs(high));
  assertAlmostEquals(center, (low + high) / 2, tolerance);
  const steps = samples.map(({ description }) => Math.abs(description.rescaleSlope) * 10);
  assertAlmostEquals(width, Math.max(high - low, ...steps) || 10, tolerance);
}

const byteWindow = { center: 127.5, width: 255 };

Deno.test("the window runs from the 2nd to the 98th percentile", () => {
  const data = Int16Array.from({ length: 101 }, (_, index) => index * 10);
  assertEquals(autoWindow([sample(data)]), { center: 500, width: 960 });
});

Deno.test("the percentiles are those of the sorted real values of all frames together", () => {
  const slope = fc.integer({ min: -40, max: 40 }).map((tenths) => tenths / 10);
  const arrays = fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }),
    fc.int8Array({ minLength: 1, maxLength: 300 }),
    fc.uint16Array({ minLength: 1, maxLength: 300 }),
    fc.int16Array({ minLength: 1, maxLength: 300 }),
    fc.int32Array({ minLength: 1, maxLength: 300 }),
    fc.float32Array({ minLength: 1, maxLength: 300, noNaN: true, noDefaultInfinity: true }),
    fc.float64Array({ minLength: 1, maxLength: 300, min: -1e100, max: 1e100, noNaN: true }),
  );
  const samples = fc.array(fc.tuple(arrays, slope), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(samples, (parts) => {
      assertMeasured(
        parts.map(([data, rescaleSlope]) =>
          sample(data as PixelArray, { rescaleSlope, rescaleIntercept: -7.5 })
        ),
      );
    }),
    { seed: 1, numRuns: 40 },
  );
});

Deno.test("a transform of its own for every frame changes nothing", () => {
  const samples = Array.from(
    { length: 40 },
    (_, index) =>
      sample(Int16Array.from({ length: 64 }, (_, pixel) => (pixel * 37 + index * 101) % 900), {
        rescaleSlope: 1 + index / 7,
      }),
  );
  assertMeasured(samples);
});

Deno.test("modality tables are measured by their output", () => {
  const modalityTable = { firstValue: 0, bits: 16, entries: Uint16Array.of(5, 500, 5000) };
  const samples = [sample(Int16Array.of(0, 1, 1, 2, 2, 2, -9, 9), { modalityTable })];
  assertMeasured(samples);
  assertEquals(Math.round(autoWindow(samples).width), 4995);
});

Deno.test("padding is left out, both ends of its range included", () => {
  const padding = { low: -2000, high: -1998 };
  const padded = Int16Array.of(-2000, -1999, -1998, 100, 200, 300);
  const expected = autoWindow([sample(Int16Array.of(100, 200, 300))]);
  assertEquals(autoWindow([sample(padded, { padding })]), expected);
  assertEquals(autoWindow([sample(Int32Array.from(padded), { padding })]), expected);
});

Deno.test("NaN and infinities are left out", () => {
  const data = Float32Array.of(NaN, 0, Infinity, 50, 100, -Infinity);
  assertEquals(autoWindow([sample(data)]), autoWindow([sample(Float32Array.of(0, 50, 100))]));
});

Deno.test("a plain image gets a window 10 wide", () => {
  assertEquals(autoWindow([sample(new Int16Array(50).fill(33))]), { center: 33, width: 10 });
});

Deno.test("ten steps of the stored values are ten times the slope", () => {
  const stored = Uint16Array.from({ length: 101 }, (_, index) => index * 100);
  const window = autoWindow([sample(stored, { rescaleSlope: 1e-4 })]);
  assertAlmostEquals(window.center, 0.5, 1e-9);
  assertAlmostEquals(window.width, 0.96, 1e-9);
  const plain = autoWindow([sample(Uint16Array.of(7, 7), { rescaleSlope: 1e-4 })]);
  assertAlmostEquals(plain.width, 1e-3, 1e-12);
});

Deno.test("a binary image gets the window of its two values", () => {
  const oneBit = { bitsAllocated: 1, bitsStored: 1, highBit: 0, pixelRepresentation: 0 } as const;
  const mask = sample(Uint8Array.of(0, 0, 0, 1), oneBit);
  assertEquals(autoWindow([mask]), { center: 0.5, width: 1 });
});

Deno.test("sparse values are shown, on a black background", () => {
  const eightBit = { bitsAllocated: 8, bitsStored: 8, highBit: 7, pixelRepresentation: 0 } as const;
  const sparse = (value: number) => {
    const data = new Uint8Array(1000);
    data[0] = value;
    return autoWindow([sample(data, eightBit)]);
  };
  assertEquals(sparse(255), { center: 127.5, width: 255 });
  assertEquals(sparse(1), { center: 5, width: 10 });
});

Deno.test("zeros of both signs are zeros", () => {
  for (const zeros of [new Int16Array(9), new Float64Array(9), new Float64Array(9).fill(-0)]) {
    const { center, width } = autoWindow([sample(zeros)]);
    assertAlmostEquals(center, 0);
    assertEquals(width, 10);
  }
});

Deno.test("an outlier does not cost precision", () => {
  const data = Float64Array.from({ length: 1001 }, (_, index) => index / 7);
  data[1000] = 1e300;
  assertMeasured([sample(data)]);
});

Deno.test("a sample without a value to measure gets the window of bytes", () => {
  const padding = { low: 0, high: 0 };
  const color = {
    frame: sampleFrame(Uint8Array.of(1, 2, 3), 3),
    description: sampleDescription({ samplesPerPixel: 3, photometricInterpretation: "RGB" }),
  };
  const palette = sample(Uint8Array.of(9, 99), { photometricInterpretation: "PALETTE COLOR" });
  assertEquals(autoWindow([]), byteWindow);
  assertEquals(autoWindow([sample(new Int16Array(9), { padding })]), byteWindow);
  assertEquals(autoWindow([sample(Float32Array.of(NaN))]), byteWindow);
  assertEquals(autoWindow([color, palette]), byteWindow);
});

Deno.test("color beside grey is not measured", () => {
  const grey = sample(Int16Array.of(100, 200, 300));
  const palette = sample(Uint8Array.of(0, 255), { photometricInterpretation: "PALETTE COLOR" });
  assertEquals(autoWindow([palette, grey]), autoWindow([grey]));
});
