import { assertEquals } from "@std/assert";
import decodeElsewhere from "@jsquash/jpeg/decode.js";
import encodeElsewhere from "@jsquash/jpeg/encode.js";
import fc from "fast-check";
import { decodeJpeg } from "../../../../dicom/codecs/jpeg/decode_jpeg.ts";
import { seededRandom } from "../../../support/random.ts";
import { goldenStream, goldenStreams, hashSamples } from "./golden_streams.ts";
import { editStream } from "./stream_segments.ts";
import { type FlatComponent, writeFlatJpeg } from "./write_flat_jpeg.ts";

Deno.test("Streams of all processes and samplings give libjpeg's samples to the bit", async () => {
  for (const { made, bytes, sha256, ...facts } of goldenStreams) {
    const { rows, columns, components, precision, data } = decodeJpeg(bytes);
    assertEquals({ rows, columns, components: components.length, precision }, facts, made);
    assertEquals(data.BYTES_PER_ELEMENT, precision === 8 ? 1 : 2, made);
    assertEquals(await hashSamples(data), sha256, made);
  }
});

Deno.test("Streams of another encoder are decoded as by another decoder", async () => {
  const options = fc.record({
    quality: fc.integer({ min: 1, max: 100 }),
    progressive: fc.boolean(),
    isGrey: fc.boolean(),
    subsample: fc.integer({ min: 1, max: 2 }),
    width: fc.integer({ min: 1, max: 50 }),
    height: fc.integer({ min: 1, max: 50 }),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(options, async (given) => {
      const { quality, progressive, isGrey, subsample, width, height } = given;
      const random = seededRandom(given.seed);
      const pixels = Uint8ClampedArray.from(
        { length: width * height * 4 },
        (_, i) => 128 + 100 * Math.sin(i / 50) + 60 * (random() - 0.5),
      );
      const encoded = await encodeElsewhere({ data: pixels, width, height } as ImageData, {
        quality,
        progressive,
        baseline: !progressive,
        color_space: isGrey ? 1 : 3,
        auto_subsample: false,
        chroma_subsample: subsample,
      });
      const own = decodeJpeg(new Uint8Array(encoded));
      const expected = (await decodeElsewhere(encoded)).data;
      assertEquals(own.components.length, isGrey ? 1 : 3);
      assertEquals(toRgba(own.data, own.components.length), Uint8ClampedArray.from(expected));
    }),
    { seed: 1, numRuns: 150 },
  );
});

/** Converts as libjpeg does, with 16 bits of fraction. */
function toRgba(data: Uint8Array | Uint16Array, components: number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(data.length / components * 4).fill(255);
  for (let pixel = 0; pixel * components < data.length; pixel++) {
    const y = data[pixel * components]!;
    const cb = components === 1 ? 0 : data[pixel * 3 + 1]! - 128;
    const cr = components === 1 ? 0 : data[pixel * 3 + 2]! - 128;
    rgba[pixel * 4] = y + (91881 * cr + 32768 >> 16);
    rgba[pixel * 4 + 1] = y + (-22554 * cb - 46802 * cr + 32768 >> 16);
    rgba[pixel * 4 + 2] = y + (116130 * cb + 32768 >> 16);
  }
  return rgba;
}

Deno.test("Any sampling factors that repeat samples put each block where it belongs", () => {
  const factor = fc.constantFrom(1, 3, 4);
  const component = fc.record({ hSampling: factor, vSampling: factor });
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 90 }),
      fc.constantFrom(8, 12),
      fc.array(component, { minLength: 1, maxLength: 4 }),
      (rows, columns, precision, factors) => {
        const spread = precision === 8 ? 100 : 1500;
        const components = factors.map((each, i): FlatComponent => ({
          ...each,
          valueAt: (x, y) => (x * 37 + y * 61 + i * 17) % (2 * spread) - spread,
        }));
        const image = decodeJpeg(writeFlatJpeg(rows, columns, precision, components));
        const hMax = Math.max(...factors.map(({ hSampling }) => hSampling));
        const vMax = Math.max(...factors.map(({ vSampling }) => vSampling));
        const expected = [];
        for (let y = 0; y < rows; y++) {
          for (let x = 0; x < columns; x++) {
            for (const { hSampling, vSampling, valueAt } of components) {
              const column = Math.floor(Math.floor(x * hSampling / hMax) / 8);
              const row = Math.floor(Math.floor(y * vSampling / vMax) / 8);
              expected.push(valueAt(column, row) + 2 ** (precision - 1));
            }
          }
        }
        assertEquals([...image.data], expected);
      },
    ),
    { seed: 1, numRuns: 40 },
  );
});

Deno.test("What color marks a stream has is told", () => {
  const marks = (made: string) => {
    const { adobeTransform, hasJfif, components } = decodeJpeg(goldenStream(made).bytes);
    return [adobeTransform, hasJfif, ...components.map(({ id }) => id)];
  };
  assertEquals(marks("cjpeg -rgb -quality 85"), [0, false, 82, 71, 66]);
  assertEquals(marks("cjpeg -quality 85 -sample 2x1"), [null, true, 1, 2, 3]);
  assertEquals(marks("Pillow, CMYK, quality 80")[0], 0);
  const adobe = [0xff, 0xee, 0, 14, ...new TextEncoder().encode("Adobe"), 0, 100, 8, 9, 10, 11, 1];
  const marked = editStream(
    goldenStream("cjpeg -rgb -quality 85").bytes,
    ({ marker, bytes }) => marker === 0xee ? [adobe] : [bytes],
  );
  assertEquals(decodeJpeg(marked).adobeTransform, 1);
  const [first] = decodeJpeg(goldenStream("cjpeg -quality 85 -sample 4x2").bytes).components;
  assertEquals(first, { id: 1, hSampling: 4, vSampling: 2 });
});
