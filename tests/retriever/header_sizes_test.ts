import { assert, assertEquals, assertGreaterOrEqual, assertLess } from "@std/assert";
import { HeaderSizes, type SeenHeader } from "@dicom/series-preview/retriever";
import fc from "fast-check";

const pixels = 524_288;
const native = (length: number): SeenHeader => ({
  length,
  size: length + pixels,
  ending: "native",
});
const other = (length: number): SeenHeader => ({ length, size: 3 * length, ending: "other" });
const imageless = (length: number): SeenHeader => ({ length, size: length, ending: "none" });

function learnedFrom(...headers: readonly SeenHeader[]): HeaderSizes {
  const sizes = new HeaderSizes();
  for (const header of headers) sizes.add(header);
  return sizes;
}

Deno.test("Nothing is expected before a header was seen", () => {
  const sizes = new HeaderSizes();
  assertEquals([sizes.settled, sizes.expect(), sizes.expect(100_000)], [false, null, null]);
});

Deno.test("The next header is expected to be like the first, and a tenth longer", () => {
  assertEquals(learnedFrom(other(10_000)).expect(), 11_000);
  assertEquals(learnedFrom(native(10_000)).expect(), 11_000);
});

Deno.test("Of many headers that differ a little the longest counts, and a sixteenth", () => {
  const lengths = Array.from({ length: 40 }, (_, i) => 10_000 + i * 7 % 40 * 10);
  assertEquals(learnedFrom(...lengths.map(other)).expect(), 11_040);
});

Deno.test("One header that is much longer does not make all others be read as long", () => {
  const usual = Array.from({ length: 20 }, () => other(10_000));
  for (const odd of [15_000, 100_000, 10 ** 7]) {
    assertEquals(learnedFrom(...usual, other(odd), ...usual).expect(), 10_625);
    assertEquals(learnedFrom(other(10_000), other(odd)).expect(), odd === 15_000 ? 16_500 : 11_000);
  }
});

Deno.test("In a series of two lengths no second request is made for half of it", () => {
  const both = Array.from({ length: 40 }, (_, i) => other(i % 2 ? 4000 : 8000));
  assertEquals(learnedFrom(...both).expect(), 8500);
});

Deno.test("Headers seen long ago count no more", () => {
  const sizes = learnedFrom(...Array.from({ length: 64 }, () => other(50_000)));
  for (let i = 0; i < 64; i++) sizes.add(other(2000));
  assertEquals(sizes.expect(), 2125);
});

Deno.test("The size of an object tells how long its header is where pixels are all of a length", () => {
  const sizes = learnedFrom(native(10_000));
  assertEquals(sizes.expect(pixels + 14_000), 14_438);
  sizes.add(native(10_040));
  assertEquals(sizes.expect(pixels + 14_000), 14_000);
  assertEquals(sizes.expect(pixels + 9_000), 9_000);
  assertEquals(sizes.expect(null), 11_044);
});

Deno.test("A size that tells of no likely header is not believed", () => {
  const sizes = learnedFrom(native(10_000), native(10_000));
  for (const size of [pixels / 4, pixels, pixels + 1000, 4 * pixels, 10 ** 9, 0]) {
    assertEquals(sizes.expect(size), 11_000, `${size}`);
  }
});

Deno.test("Images of two formats are told apart by their sizes", () => {
  const small = { length: 9000, size: 9000 + 131_072, ending: "native" } as const;
  const sizes = learnedFrom(native(10_000), small, native(10_000), small);
  assertEquals(sizes.expect(pixels + 10_500), 10_500);
  assertEquals(sizes.expect(131_072 + 9500), 9500);
});

Deno.test("Sizes tell nothing of compressed images, of a wrong listing, and of a mixture", () => {
  const compressed = learnedFrom(native(10_000), native(10_000), other(10_000));
  assertEquals(compressed.expect(pixels + 12_000), 11_000);
  const wrong = learnedFrom(native(10_000));
  wrong.add(native(10_000), 12);
  assertEquals(wrong.expect(pixels + 12_000), 11_000);
  const mixed = learnedFrom(
    ...[1, 2, 3, 4, 5].map((i) => ({ ...native(10_000), size: pixels + i })),
  );
  assertEquals(mixed.expect(pixels + 3), 11_000);
});

Deno.test("A long object without pixels says nothing of the next until a second is like it", () => {
  const sizes = learnedFrom(imageless(300_000));
  assertEquals([sizes.settled, sizes.expect(), sizes.expect(310_000)], [false, null, null]);
  // The first step of the next has shown that it is no short one.
  assertEquals(sizes.expect(null, 5120), 330_000);
  const image = learnedFrom(imageless(300_000), native(4000));
  assertEquals([image.settled, image.expect()], [true, 4400]);
  const two = learnedFrom(imageless(300_000), imageless(280_000));
  assertEquals([two.settled, two.expect(), two.expect(900_000)], [true, 308_000, 900_000]);
  assertEquals(learnedFrom(imageless(3000)).settled, true);
});

Deno.test("No object without pixels makes another be fetched whole that has hundreds of megabytes", () => {
  for (
    const sizes of [
      learnedFrom(imageless(400e6)),
      learnedFrom(imageless(400e6), imageless(400e6)),
      learnedFrom(imageless(9000), imageless(8000)),
    ]
  ) {
    for (const fetched of [0, 5120]) {
      assertLess(sizes.expect(400e6, fetched) ?? 0, 17 * 2 ** 20);
      assertLess(sizes.expect(null, fetched) ?? 0, 17 * 2 ** 20);
    }
  }
});

Deno.test("Whatever was seen, a length is expected, and no more than the longest and a tenth", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 10 ** 6 }), { minLength: 1, maxLength: 100 });
  fc.assert(
    fc.property(lengths, (lengths) => {
      const expected = learnedFrom(...lengths.map(other)).expect()!;
      const latest = lengths.slice(-64);
      assert(Number.isSafeInteger(expected));
      assertGreaterOrEqual(expected, Math.min(...latest));
      assertGreaterOrEqual(Math.max(...latest) * 1.1 + 1, expected);
    }),
    { seed: 5, numRuns: 500 },
  );
});
