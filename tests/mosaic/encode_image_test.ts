import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import decodeJpeg from "@jsquash/jpeg/decode.js";
import decodeWebp from "@jsquash/webp/decode.js";
import fc from "fast-check";
import png from "imagescript/png/node.js";
import type { PixelImage } from "../../contrast/mod.ts";
import { UsageError } from "../../errors.ts";
import { encodeImage, type ImageFormat } from "../../mosaic/mod.ts";
import { testImage } from "./test_image.ts";

/** Waves that every encoder can follow. */
const smooth = (channels: 1 | 3) =>
  testImage(
    70,
    50,
    channels,
    (x, y, channel) => 128 + 60 * Math.sin(x / 9 + channel) + 60 * Math.cos(y / 7),
  );

/** The bytes of an image as RGBA. */
function toRgba({ data, channels }: PixelImage): number[] {
  return Array.from({ length: data.length / channels * 4 }, (_, index) => {
    const [pixel, channel] = [Math.floor(index / 4), index % 4];
    return channel === 3 ? 255 : data[pixel * channels + (channels === 1 ? 0 : channel)]!;
  });
}

function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  assertEquals(a.length, b.length);
  return Array.from(a).reduce((sum, value, index) => sum + Math.abs(value - b[index]!), 0) /
    a.length;
}

Deno.test("a PNG holds every pixel, of grey and of RGB", async () => {
  const anyImage = fc.tuple(
    fc.integer({ min: 1, max: 90 }),
    fc.constantFrom(1 as const, 3 as const),
  )
    .chain(([width, channels]) =>
      fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat(1000)).map(([height, seed]) =>
        testImage(
          width,
          height,
          channels,
          (x, y, channel) => (x * x * (seed % 7) + y * seed + channel * 71) % 256,
        )
      )
    );
  await fc.assert(
    fc.asyncProperty(anyImage, async (image) => {
      const bytes = await encodeImage(image, { format: "png" });
      const decoded = png.decode(bytes);
      assertEquals([decoded.width, decoded.height], [image.width, image.height]);
      assertEquals([...decoded.pixels], toRgba(image));
      const colorType = bytes[25];
      assertEquals(colorType, image.channels === 1 ? 0 : 2);
    }),
    { seed: 1, numRuns: 40 },
  );
});

Deno.test("a WebP looks like the image", async () => {
  for (const channels of [1, 3] as const) {
    const image = smooth(channels);
    const bytes = await encodeImage(image, { format: "webp", quality: 90 });
    const decoded = await decodeWebp(bytes.buffer as ArrayBuffer);
    assertEquals([decoded.width, decoded.height], [70, 50]);
    assertLess(meanDifference(decoded.data, toRgba(image)), 3);
  }
});

Deno.test("a JPEG looks like the image", async () => {
  for (const channels of [1, 3] as const) {
    const image = smooth(channels);
    const bytes = await encodeImage(image, { format: "jpeg", quality: 90 });
    const decoded = await decodeJpeg(bytes.buffer as ArrayBuffer);
    assertEquals([decoded.width, decoded.height], [70, 50]);
    assertLess(meanDifference(decoded.data, toRgba(image)), 3);
  }
});

/** The markers of a JPEG's segments before its first scan, with their contents. */
function jpegSegments(bytes: Uint8Array): Map<number, Uint8Array> {
  const segments = new Map<number, Uint8Array>();
  let at = 2;
  while (bytes[at + 1] !== 0xda) {
    assertEquals(bytes[at], 0xff);
    const length = bytes[at + 2]! * 256 + bytes[at + 3]!;
    segments.set(bytes[at + 1]!, bytes.subarray(at + 4, at + 2 + length));
    at += 2 + length;
  }
  return segments;
}

Deno.test("a JPEG is baseline, with one component for grey, and carries no EXIF", async () => {
  for (const channels of [1, 3] as const) {
    const segments = jpegSegments(await encodeImage(smooth(channels), { format: "jpeg" }));
    assertEquals(segments.get(0xc0)?.[5], channels);
    assertEquals([segments.has(0xc2), segments.has(0xe1)], [false, false]);
  }
});

Deno.test("quality decides the size, and is 60 when absent", async () => {
  for (const format of ["webp", "jpeg"] as const) {
    const sizes: number[] = [];
    for (const quality of [0, 60, 100]) {
      sizes.push((await encodeImage(smooth(3), { format, quality })).length);
    }
    assert(sizes[0]! < sizes[1]! && sizes[1]! < sizes[2]!, `${format}: ${sizes}`);
    assertEquals((await encodeImage(smooth(3), { format })).length, sizes[1]);
  }
});

Deno.test("a quality that is no whole number from 0 to 100 is a usage error", async () => {
  for (const format of ["webp", "jpeg", "png"] as const) {
    for (const quality of [-1, 101, 60.5, NaN]) {
      await assertRejects(
        () => encodeImage(smooth(1), { format, quality }),
        UsageError,
        `quality is ${quality}`,
      );
    }
  }
});

Deno.test("a side longer than the format can hold is a usage error that names the limit", async () => {
  const cases: [ImageFormat, number][] = [["webp", 16_383], ["jpeg", 65_535]];
  for (const [format, longest] of cases) {
    const wide = testImage(longest + 1, 1, 1, () => 0);
    await assertRejects(() => encodeImage(wide, { format }), UsageError, `${longest}`);
    const high = testImage(1, longest + 1, 1, () => 0);
    await assertRejects(() => encodeImage(high, { format }), UsageError, `${longest}`);
  }
  const widest = await encodeImage(testImage(16_383, 1, 1, (x) => x), { format: "webp" });
  assertEquals((await decodeWebp(widest.buffer as ArrayBuffer)).width, 16_383);
});

Deno.test("nothing is encoded once the signal is aborted", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => encodeImage(smooth(1), { format: "png", signal }), Error, "enough");
});
