import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { expandSegments } from "../../dicom/expand_segments.ts";

const bytes = (...values: number[]) => Uint8Array.from(values);
const words = (...values: number[]) => Uint16Array.from(values);

Deno.test("Discrete segments are entries as they are", () => {
  assertEquals(expandSegments(words(0, 3, 7, 65535, 9), 3), words(7, 65535, 9));
  assertEquals(expandSegments(bytes(0, 1, 7, 0, 2, 8, 255), 3), bytes(7, 8, 255));
});

Deno.test("A linear segment runs from the entry before it to its last", () => {
  assertEquals(expandSegments(words(0, 1, 0, 1, 4, 1000), 5), words(0, 250, 500, 750, 1000));
  assertEquals(
    expandSegments(bytes(0, 1, 200, 1, 3, 50, 1, 2, 50), 6),
    bytes(200, 150, 100, 50, 50, 50),
  );
  assertEquals(expandSegments(bytes(0, 1, 9, 1, 1, 4), 2), bytes(9, 4));
});

Deno.test("Lines are rounded as pydicom rounds them", () => {
  // Halves go to the even neighbor, but for those that doubles miss.
  assertEquals(expandSegments(bytes(0, 1, 0, 1, 6, 3), 7), bytes(0, 0, 1, 2, 2, 2, 3));
  const line = expandSegments(bytes(0, 2, 0, 170, 1, 34, 234), 36)!;
  assertEquals([...line.subarray(2, 10)], [172, 174, 176, 178, 179, 181, 183, 185]);
});

Deno.test("An indirect segment is earlier segments once more, named by their offset in bytes", () => {
  // The line of the second segment, from where the table has come to.
  const eight = bytes(0, 1, 10, 1, 2, 20, 0, 1, 40, 2, 1, 3, 0, 0, 0);
  assertEquals(expandSegments(eight, 6), bytes(10, 15, 20, 40, 30, 20));
  const sixteen = words(0, 1, 10, 1, 2, 20, 0, 1, 40, 2, 1, 6, 0);
  assertEquals(expandSegments(sixteen, 6), words(10, 15, 20, 40, 30, 20));
  const both = words(0, 1, 10, 1, 2, 20, 2, 2, 0, 0);
  assertEquals(expandSegments(both, 6), words(10, 15, 20, 10, 15, 20));
});

Deno.test("An offset takes its upper half too", () => {
  const discrete = Array.from({ length: 35_000 }, (_, i) => i);
  const far = words(0, 1, 1, 0, 35_000, ...discrete, 0, 1, 77, 2, 1, 0, 0);
  const offset = 2 * (5 + 35_000);
  far[far.length - 2] = offset & 0xffff;
  far[far.length - 1] = offset >>> 16;
  assertEquals(expandSegments(far, 35_003)!.subarray(35_000), words(34_999, 77, 77));
});

Deno.test("What goes beyond the table is left out, and what comes after it not looked at", () => {
  assertEquals(expandSegments(bytes(0, 3, 7, 8, 9), 2), bytes(7, 8));
  assertEquals(expandSegments(bytes(0, 1, 0, 1, 4, 100), 3), bytes(0, 25, 50));
  assertEquals(expandSegments(bytes(0, 1, 7, 2, 9, 0, 0, 0, 0), 3), null);
  assertEquals(expandSegments(bytes(0, 2, 7, 8, 0), 2), bytes(7, 8));
});

Deno.test("Segments that break a rule give no table", () => {
  const broken = {
    "no segment": words(),
    "an opcode of none": words(3, 1, 5),
    "a segment of no entries": words(0, 0, 0, 1, 5),
    "too few entries": words(0, 2, 1),
    "too few segments": words(0, 1, 1),
    "a line first": words(1, 2, 5),
    "a line without its end": words(0, 1, 1, 1, 2),
    "an indirect segment first": words(2, 1, 0, 0),
    "an indirect segment that is cut": words(0, 1, 1, 2, 1, 0),
    "an indirect segment of itself": words(0, 1, 1, 2, 1, 6, 0),
    "an indirect segment of one to come": words(0, 1, 1, 2, 1, 14, 0, 0, 5, 1, 1, 1, 1, 1),
    "an indirect segment of more than are before it": words(
      0,
      1,
      1,
      2,
      2,
      0,
      0,
      0,
      5,
      1,
      1,
      1,
      1,
      1,
    ),
    "an indirect segment of an indirect one": words(0, 1, 1, 2, 1, 0, 0, 2, 1, 6, 0),
    "an odd offset": words(0, 1, 1, 2, 1, 1, 0),
    "an offset beyond the segments": words(0, 1, 1, 2, 1, 0, 65535),
  };
  for (const [what, segments] of Object.entries(broken)) {
    assertEquals(expandSegments(segments, 4), null, what);
  }
});

Deno.test("Whatever the segments are, the table has its length or there is none", () => {
  const value = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 60 }),
      fc.integer({ min: 1, max: 300 }),
      (values, n) => {
        for (const segments of [bytes(...values), words(...values)]) {
          const entries = expandSegments(segments, n);
          assertEquals(entries?.length ?? n, n);
        }
      },
    ),
    { seed: 7, numRuns: 2000 },
  );
});
