import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import fc from "fast-check";
import { type PixelImage, resizeImage } from "../../mosaic/mod.ts";
import { lanczosWeights } from "../../mosaic/resize/lanczos_weights.ts";
import { resizeByLoops } from "../../mosaic/resize/resize_by_loops.ts";
import { resizeBySimd } from "../../mosaic/resize/resize_by_simd.ts";
import golden from "./resize_golden.json" with { type: "json" };
import { testImage } from "./test_image.ts";

const bytes = (text: string) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

for (const entry of golden.cases) {
  const { width, height, channels, outputWidth, outputHeight } = entry;
  Deno.test(`${width}×${height}×${channels} to ${outputWidth}×${outputHeight} is Pillow's picture`, () => {
    const image = { width, height, channels: channels as 1 | 3, data: bytes(entry.data) };
    const resized = resizeImage(image, { width: outputWidth, height: outputHeight });
    assertEquals(
      [resized.width, resized.height, resized.channels],
      [outputWidth, outputHeight, channels],
    );
    assertEquals([...resized.data], [...bytes(entry.output)]);
  });
}

const side = fc.integer({ min: 1, max: 40 });
const anyImage = fc.tuple(side, side, fc.constantFrom(1 as const, 3 as const)).chain((
  [width, height, channels],
) =>
  fc.uint8Array({
    minLength: width * height * channels,
    maxLength: width * height * channels,
  }).map((data): PixelImage => ({ width, height, channels, data: Uint8Array.from(data) }))
);

Deno.test("an image of any size becomes one of any size, and the source stays as it was", () => {
  fc.assert(
    fc.property(anyImage, side, side, (image, width, height) => {
      const before = image.data.slice();
      const resized = resizeImage(image, { width, height });
      assertEquals([resized.width, resized.height], [width, height]);
      assertEquals(resized.data.length, width * height * image.channels);
      assertEquals(image.data, before);
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("a plain area stays plain at every size", () => {
  fc.assert(
    fc.property(fc.nat(255), side, side, side, side, (grey, width, height, toWidth, toHeight) => {
      const image = testImage(width, height, 1, () => grey);
      const resized = resizeImage(image, { width: toWidth, height: toHeight });
      assert(resized.data.every((value) => value === grey));
    }),
    { seed: 1, numRuns: 200 },
  );
});

Deno.test("the channels of RGB are resized as three grey images are", () => {
  fc.assert(
    fc.property(anyImage, side, side, (image, width, height) => {
      const resized = resizeImage(image, { width, height });
      for (let channel = 0; channel < image.channels; channel++) {
        const pick = ({ data, channels }: PixelImage) =>
          data.filter((_, index) => index % channels === channel);
        const grey = resizeImage({ ...image, channels: 1, data: pick(image) }, { width, height });
        assertEquals([...pick(resized)], [...grey.data]);
      }
    }),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("a mirrored image becomes the mirrored picture", () => {
  const image = testImage(23, 4, 1, (x, y) => (x * 67 + y * 31) % 256);
  const mirrored = testImage(23, 4, 1, (x, y) => ((22 - x) * 67 + y * 31) % 256);
  const [there, back] = [image, mirrored].map((source) =>
    resizeImage(source, { width: 8, height: 4 }).data
  );
  assertEquals(
    Array.from({ length: 32 }, (_, index) => back![index - index % 8 + 7 - index % 8]),
    [...there!],
  );
});

Deno.test("a pattern finer than the output's pixels becomes an even grey, without moiré", () => {
  const checkered = testImage(128, 128, 1, (x, y) => (x + y) % 2 * 255);
  const { data } = resizeImage(checkered, { width: 30, height: 30 });
  const inner = [...data].filter((_, index) => index % 30 > 1 && index % 30 < 28);
  assert(Math.max(...inner) - Math.min(...inner) <= 4);
});

Deno.test("an image of the size wanted is answered as it is", () => {
  const image = testImage(3, 2, 1, (x) => x);
  assertStrictEquals(resizeImage(image, { width: 3, height: 2 }), image);
});

Deno.test("an image that is a part of a larger buffer is read from where it starts", () => {
  const image = testImage(6, 4, 1, (x, y) => x * 40 + y);
  const larger = new Uint8ClampedArray(40).fill(255);
  larger.set(image.data, 9);
  const part = { ...image, data: larger.subarray(9, 33) };
  const size = { width: 3, height: 2 };
  assertEquals([...resizeImage(part, size).data], [...resizeImage(image, size).data]);
});

Deno.test("WebAssembly and loops resize to the same bytes", () => {
  const large = fc.integer({ min: 1, max: 300 });
  const sizes = fc.tuple(large, large, fc.constantFrom(1 as const, 3 as const), large, large);
  const noise = fc.integer({ min: 1, max: 2 ** 31 - 1 });
  fc.assert(
    fc.property(sizes, noise, ([width, height, channels, toWidth, toHeight], seed) => {
      let state = seed;
      // Black and white overshoot most.
      const image = testImage(width, height, channels, () => {
        state = Math.imul(state, 48271) & 0x7fffffff;
        return state % 5 < 2 ? 0 : state % 5 < 4 ? 255 : state % 256;
      });
      const axes = {
        across: lanczosWeights(width, toWidth),
        down: lanczosWeights(height, toHeight),
      };
      assertEquals(resizeBySimd(image, axes), resizeByLoops(image, axes));
    }),
    { seed: 1, numRuns: 150 },
  );
});

Deno.test("they do so by thousands of weights, at one pixel, and off the middle", () => {
  const grids = [{ extent: 20_000, offset: 0 }, { extent: 19_990, offset: 3.5 }];
  for (const [from, to] of [[20_000, 3], [9000, 1], [1, 700], [3, 1000]] as const) {
    for (const grid of [undefined, ...grids.filter(() => from === 20_000)]) {
      const [long, single] = [lanczosWeights(from, to, grid), lanczosWeights(1, 1)];
      const row = testImage(from, 1, 3, (x, _, channel) => x * 31 + channel * 90 & 255);
      const column = { ...row, width: 1, height: from };
      const [wide, high] = [{ across: long, down: single }, { across: single, down: long }];
      assertEquals(resizeBySimd(row, wide), resizeByLoops(row, wide));
      assertEquals(resizeBySimd(column, high), resizeByLoops(column, high));
    }
  }
});

Deno.test("an image with fewer bytes than it says shows nothing of another", () => {
  const size = { width: 8, height: 8 };
  resizeImage(testImage(64, 64, 1, () => 200), size);
  const short = { width: 64, height: 64, channels: 1, data: new Uint8Array(10) } as const;
  assertThrows(() => resizeImage(short, size), UsageError, "lacks 4086 bytes");
});

Deno.test("an image too large for the memory that is kept is left to loops", () => {
  const image = testImage(9000, 8000, 1, (x) => x % 256);
  const axes = { across: lanczosWeights(9000, 9), down: lanczosWeights(8000, 8) };
  assertEquals(resizeBySimd(image, axes), null);
  assertEquals(resizeImage(image, { width: 9, height: 8 }).data, resizeByLoops(image, axes));
});
