import { assertEquals, assertGreater, assertInstanceOf, assertRejects } from "@std/assert";
import { decodeJpegLossless } from "../../../dicom/codecs/jpeg_lossless.ts";
import { DecodeError } from "../../../errors.ts";
import { concat } from "../../support/dicom_fixtures.ts";
import { seededRandom } from "../../support/random.ts";
import { encodeJpegLossless } from "./encode_jpeg_lossless.ts";
import { describeSample, sampleImage } from "./encode_samples.ts";

Deno.test("JPEG Lossless of every predictor and precision decodes to what was encoded", async () => {
  for (let predictor = 1; predictor <= 7; predictor++) {
    for (const bits of [2, 7, 8, 12, 15, 16]) {
      const image = sampleImage({ bits, rows: 17, columns: 23 });
      const bytes = encodeJpegLossless(image, { predictor });
      const { data } = await decodeJpegLossless(bytes, describeSample(image));
      assertEquals([...data], image.values, `predictor ${predictor}, ${bits} bits`);
      assertEquals(data.BYTES_PER_ELEMENT, bits > 8 ? 2 : 1);
    }
  }
});

Deno.test("Signed values keep their sign at the stream's precision", async () => {
  for (const bits of [8, 12, 16]) {
    const image = sampleImage({ bits, signed: true });
    const bytes = encodeJpegLossless(image);
    const { data } = await decodeJpegLossless(bytes, describeSample(image));
    assertEquals([...data], image.values);
  }
});

Deno.test("The stream's precision goes before Bits Stored", async () => {
  const image = sampleImage({ bits: 16, signed: true });
  const description = describeSample(image, { bitsStored: 12, highBit: 11 });
  const { data } = await decodeJpegLossless(encodeJpegLossless(image), description);
  assertEquals([...data], image.values);
  const narrow = sampleImage({ bits: 8 });
  const wide = describeSample(narrow, { bitsAllocated: 16, bitsStored: 12 });
  const frame = await decodeJpegLossless(encodeJpegLossless(narrow), wide);
  assertInstanceOf(frame.data, Uint16Array);
  assertEquals([...frame.data], narrow.values);
});

Deno.test("JPEG Lossless decodes color, restarts and single pixels", async () => {
  const color = sampleImage({ bits: 8, samplesPerPixel: 3 });
  const grey = sampleImage();
  const cases = [
    [color, encodeJpegLossless(color, { predictor: 4 })],
    [grey, encodeJpegLossless(grey, { restartInterval: 2 * grey.columns })],
    ...[[1, 1], [1, 40], [40, 1]].map(([rows, columns]) => {
      const image = sampleImage({ bits: 16, rows: rows!, columns: columns! });
      return [image, encodeJpegLossless(image)] as const;
    }),
  ] as const;
  for (const [image, bytes] of cases) {
    const { data } = await decodeJpegLossless(bytes, describeSample(image));
    assertEquals([...data], image.values);
  }
});

Deno.test("A JPEG Lossless frame that is cut anywhere is an error, but for its end marker", async () => {
  const image = sampleImage({ rows: 6, columns: 9 });
  const bytes = encodeJpegLossless(image);
  const description = describeSample(image);
  const markerless = bytes.slice(0, -2);
  assertEquals([...(await decodeJpegLossless(markerless, description)).data], image.values);
  assertEquals(
    [...(await decodeJpegLossless(concat(bytes, new Uint8Array(1)), description)).data],
    [
      ...image.values,
    ],
  );
  for (let cut = 0; cut < bytes.length - 3; cut++) {
    const part = bytes.slice(0, cut);
    await assertRejects(() => decodeJpegLossless(part, description), DecodeError, "", `${cut}`);
  }
});

Deno.test("Bits that fill the last byte are no pixel, even where they spell a code", async () => {
  // The shortest codes are those of the longest values.
  const categories = [14, 13, 15, 12, 16, ...Array.from({ length: 11 }, (_, i) => 11 - i)];
  let unfilled = 0;
  for (let seed = 1; seed <= 40; seed++) {
    const random = seededRandom(seed);
    const values = Array.from({ length: 15 }, () => Math.floor(random() * 2 ** 15));
    const image = { ...sampleImage({ bits: 15, rows: 3, columns: 5 }), values };
    const description = describeSample(image);
    const restarted = encodeJpegLossless(image, { categories, fill: 0, restartInterval: 5 });
    assertEquals([...(await decodeJpegLossless(restarted, description)).data], values, `${seed}`);
    for (const fill of [0, 1] as const) {
      const bytes = encodeJpegLossless(image, { categories, fill });
      const padded = concat(bytes, new Uint8Array(1));
      for (const stream of [bytes, padded, bytes.slice(0, -2)]) {
        const { data } = await decodeJpegLossless(stream, description);
        assertEquals([...data], values, `seed ${seed}, fill ${fill}`);
      }
      for (const stream of [bytes, restarted]) {
        const cut = concat(stream.slice(0, -4), stream.slice(-2));
        await assertRejects(() => decodeJpegLossless(cut, description), DecodeError, "cut");
      }
      unfilled += Number(bytes.at(-3) !== encodeJpegLossless(image, { categories }).at(-3));
    }
  }
  assertGreater(unfilled, 20);
});

Deno.test("What the decoder would read wrongly is refused", async () => {
  const grey = sampleImage();
  const bytes = encodeJpegLossless(grey);
  const scan = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xda);
  const changed = (at: number, value: number) => {
    const copy = bytes.slice();
    copy[at] = value;
    return copy;
  };
  const sof = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc3);
  const deep = sampleImage({ bits: 16, samplesPerPixel: 3 });
  const cases = [
    [changed(scan + 9, 1), grey, "point transform"],
    [changed(scan + 7, 0), grey, "predictor 0"],
    [changed(sof + 11, 0x21), grey, "subsampled"],
    [changed(sof + 1, 0xc0), grey, "marker FFC0"],
    [changed(sof + 4, 17), grey, "17 bits"],
    [encodeJpegLossless(deep), deep, "color of 16 bits"],
    [encodeJpegLossless(grey, { restartInterval: grey.columns, predictor: 2 }), grey, "restarts"],
  ] as const;
  for (const [stream, image, message] of cases) {
    const decoding = () => decodeJpegLossless(stream, describeSample(image));
    await assertRejects(decoding, DecodeError, message);
  }
});

Deno.test("A frame of another size than its header's is an error that tells both", async () => {
  const image = sampleImage();
  const bytes = encodeJpegLossless(image);
  for (const given of [{ rows: 25 }, { columns: 35 }, { samplesPerPixel: 3 }]) {
    const description = describeSample(image, given);
    const { rows, columns, samplesPerPixel } = description;
    await assertRejects(
      () => decodeJpegLossless(bytes, description),
      DecodeError,
      `is 36 × 24 × 1, its header says ${columns} × ${rows} × ${samplesPerPixel}`,
    );
  }
});

Deno.test("A stream too short for its image is refused before room is made for it", async () => {
  const bytes = encodeJpegLossless(sampleImage());
  const sof = bytes.findIndex((byte, i) => byte === 0xff && bytes[i + 1] === 0xc3);
  bytes.fill(0xff, sof + 5, sof + 9);
  const description = describeSample({ ...sampleImage(), rows: 65535, columns: 65535 });
  await assertRejects(() => decodeJpegLossless(bytes, description), DecodeError, "cannot hold");
});
