import { assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { decodeJpegLs } from "../../../dicom/codecs/jpeg_ls.ts";
import { DecodeError } from "../../../errors.ts";
import { concat } from "../../support/dicom_fixtures.ts";
import { describeSample, encodeJpegLs, sampleImage } from "./encode_samples.ts";

Deno.test("JPEG-LS of every precision, sign and shape decodes to what was encoded", async () => {
  for (const bits of [2, 8, 10, 12, 16]) {
    for (const signed of [false, true]) {
      for (const [rows, columns] of [[1, 1], [17, 23], [1, 50], [50, 1]] as const) {
        const image = sampleImage({ bits, signed, rows, columns });
        const bytes = await encodeJpegLs(image);
        const { data } = await decodeJpegLs(bytes, describeSample(image));
        assertEquals([...data], image.values, `${bits} bits, ${columns} × ${rows}`);
      }
    }
  }
});

Deno.test("JPEG-LS color comes interleaved, however the stream orders it", async () => {
  for (const bits of [8, 12]) {
    const image = sampleImage({ bits, samplesPerPixel: 3 });
    for (const interleave of [0, 1, 2] as const) {
      const bytes = await encodeJpegLs(image, { interleave });
      const { data } = await decodeJpegLs(bytes, describeSample(image));
      assertEquals([...data], image.values, `${bits} bits, interleave mode ${interleave}`);
    }
  }
});

Deno.test("Near-lossless JPEG-LS stays within its bound", async () => {
  const image = sampleImage({ bits: 12 });
  const bytes = await encodeJpegLs(image, { near: 3 });
  const { data } = await decodeJpegLs(bytes, describeSample(image));
  image.values.forEach((value, i) => assertLessOrEqual(Math.abs(data[i]! - value), 3));
});

Deno.test("The end marker of JPEG-LS may be missing or padded", async () => {
  const image = sampleImage();
  const description = describeSample(image);
  const bytes = await encodeJpegLs(image);
  assertEquals([...bytes.slice(-2)], [0xff, 0xd9]);
  for (const stream of [bytes.slice(0, -2), concat(bytes, new Uint8Array(1))]) {
    assertEquals([...(await decodeJpegLs(stream, description)).data], image.values);
  }
});

Deno.test("A JPEG-LS frame that is cut or of another size is an error", async () => {
  const image = sampleImage();
  const description = describeSample(image);
  const bytes = await encodeJpegLs(image);
  for (let cut = 0; cut < bytes.length - 3; cut += 7) {
    const part = bytes.slice(0, cut);
    await assertRejects(() => decodeJpegLs(part, description), DecodeError, "", `cut at ${cut}`);
  }
  const other = describeSample(image, { rows: 23 });
  await assertRejects(
    () => decodeJpegLs(bytes, other),
    DecodeError,
    "is 36 × 24 × 1, its header says 36 × 23 × 1",
  );
  const garbage = bytes.map((byte) => byte ^ 0x55);
  await assertRejects(() => decodeJpegLs(garbage, description), DecodeError, "FFD8");
});
