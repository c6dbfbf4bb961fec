import { NoImageError, UsageError } from "../../errors.ts";
import { moveSlice, selectSlices, sliceNumberAt } from "@dicom/series-preview/index-cache";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

const counts = fc.integer({ min: 1, max: 5000 });
const unit = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("position i/(n-1) is exactly slice i, of each of up to 10,000 slices", () => {
  let wrong = 0;
  for (let n = 2; n <= 10_000; n++) {
    for (let i = 0; i < n; i++) if (sliceNumberAt(i / (n - 1), n) !== i) wrong++;
  }
  assertEquals(wrong, 0);
});

Deno.test("0 is the first slice and 1 the last", () => {
  assertEquals(sliceNumberAt(0, 7), 0);
  assertEquals(sliceNumberAt(1, 7), 6);
  assertEquals(sliceNumberAt(1, 1), 0);
});

Deno.test("a position is the nearest slice", () => {
  fc.assert(
    fc.property(unit, counts, (position, n) => {
      const distance = Math.abs(sliceNumberAt(position, n) - position * (n - 1));
      assert(distance <= 0.5, `${distance}`);
    }),
    { seed: 2, numRuns: 500 },
  );
});

Deno.test("a position out of 0 to 1 is a usage error that names it", () => {
  for (const position of [-0.1, 1.01, NaN, Infinity]) {
    assertThrows(() => sliceNumberAt(position, 5), UsageError, `position is ${position}`);
  }
});

Deno.test("a series without slices has no position", () => {
  assertThrows(() => sliceNumberAt(0.5, 0), NoImageError);
  assertThrows(() => selectSlices({ samples: 3 }, 0), NoImageError);
});

Deno.test("samples are ascending, distinct, within the range, and as many as there can be", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200 }),
      unit,
      unit,
      counts,
      (samples, a, b, n) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const slices = selectSlices({ samples, start, end }, n);
        const lowest = sliceNumberAt(start, n);
        const highest = sliceNumberAt(end, n);
        assertEquals(slices.length, Math.min(samples, highest - lowest + 1));
        slices.forEach((slice, i) => assert(i === 0 || slice > slices[i - 1]!));
        assert(slices[0]! >= lowest && slices.at(-1)! <= highest);
        if (samples > 1) assertEquals([slices[0], slices.at(-1)], [lowest, highest]);
        else assertEquals(slices, [sliceNumberAt((start + end) / 2, n)]);
      },
    ),
    { seed: 3, numRuns: 1000 },
  );
});

Deno.test("the last sample is the slice at the end, however the steps are rounded", () => {
  assertEquals(selectSlices({ samples: 3, start: 0.18, end: 6.5 / 9 }, 10), [2, 4, 7]);
});

Deno.test("samples are evenly spaced", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 50 }),
      fc.integer({ min: 51, max: 999 }),
      (samples, n) => {
        const slices = selectSlices({ samples }, n);
        const step = (n - 1) / (samples - 1);
        slices.forEach((slice, i) => assert(Math.abs(slice - i * step) <= 0.5 + 1e-9));
      },
    ),
    { seed: 4, numRuns: 300 },
  );
});

Deno.test("a single sample is the middle of the range", () => {
  assertEquals(selectSlices({ samples: 1 }, 101), [50]);
  assertEquals(selectSlices({ samples: 1, start: 0.2, end: 0.4 }, 101), [30]);
});

Deno.test("as many samples as slices, or more, are all slices", () => {
  assertEquals(selectSlices({ samples: 4 }, 4), [0, 1, 2, 3]);
  assertEquals(selectSlices({ samples: 2 ** 40 }, 4), [0, 1, 2, 3]);
});

Deno.test("samples and ranges out of bounds are usage errors that name the option", () => {
  for (const samples of [0, -1, 1.5, NaN]) {
    assertThrows(() => selectSlices({ samples }, 9), UsageError, `samples is ${samples}`);
  }
  assertThrows(() => selectSlices({ samples: 2, start: -1 }, 9), UsageError, "start is -1");
  assertThrows(() => selectSlices({ samples: 2, end: 2 }, 9), UsageError, "end is 2");
  assertThrows(
    () => selectSlices({ samples: 2, start: 0.6, end: 0.5 }, 9),
    UsageError,
    "start must not be above end",
  );
});

Deno.test("an offset moves by slices, and beyond the ends is a usage error", () => {
  assertEquals(moveSlice(4, 1, 9), 5);
  assertEquals(moveSlice(4, -4, 9), 0);
  assertEquals(moveSlice(4, 4, 9), 8);
  assertThrows(() => moveSlice(4, 5, 9), UsageError, "it must be from -4 to 4");
  assertThrows(() => moveSlice(4, -5, 9), UsageError, "slice-offset is -5");
  assertThrows(() => moveSlice(4, 0.5, 9), UsageError, "whole number");
});
