import { assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { decodeJpegXl } from "../../../dicom/codecs/jpeg_xl.ts";
import { DecodeError } from "../../../errors.ts";
import { concat } from "../../support/dicom_fixtures.ts";
import { describeSample, encodeJpegXl, sampleImage } from "./encode_samples.ts";
import { goldenJpegXl } from "./golden_jpeg_xl.ts";

const lossless = { transferSyntaxUID: "1.2.840.10008.1.2.4.110" };
const lossy = { transferSyntaxUID: "1.2.840.10008.1.2.4.112" };

Deno.test("Lossless JPEG XL of every precision and shape decodes to what was encoded", async () => {
  for (const bits of [1, 8, 10, 12, 16]) {
    for (const [rows, columns] of [[1, 1], [16, 16], [24, 36], [8, 300], [30, 40]] as const) {
      const image = sampleImage({ bits, rows, columns });
      const bytes = await encodeJpegXl(image);
      const { data } = await decodeJpegXl(bytes, describeSample(image, lossless));
      assertEquals([...data], image.values, `${bits} bits, ${columns} × ${rows}`);
    }
  }
  for (const bits of [8, 16]) {
    const image = sampleImage({ bits, samplesPerPixel: 3 });
    const bytes = await encodeJpegXl(image);
    const frame = await decodeJpegXl(bytes, describeSample(image, lossless));
    assertEquals([...frame.data], image.values);
    assertEquals(frame.photometricInterpretation, undefined);
  }
});

Deno.test("Signed values lie in JPEG XL as cells of as many bits", async () => {
  const image = sampleImage({ bits: 12, signed: true });
  const { data } = await decodeJpegXl(await encodeJpegXl(image), describeSample(image, lossless));
  assertEquals([...data], image.values);
});

Deno.test("Lossy JPEG XL color comes as RGB, and says so", async () => {
  const image = sampleImage({ bits: 8, samplesPerPixel: 3, rows: 40, columns: 50 });
  const smooth = { ...image, values: image.values.map((_, i) => 60 + Math.floor(i / 150) * 3) };
  const bytes = await encodeJpegXl(smooth, { lossless: false });
  const description = describeSample(smooth, { ...lossy, photometricInterpretation: "XYB" });
  const frame = await decodeJpegXl(bytes, description);
  assertEquals(frame.photometricInterpretation, "RGB");
  smooth.values.forEach((value, i) => assertLessOrEqual(Math.abs(frame.data[i]! - value), 8));
});

Deno.test("A JPEG XL frame that is cut or of another size is an error", async () => {
  const image = sampleImage({ bits: 16 });
  const description = describeSample(image, lossless);
  const bytes = await encodeJpegXl(image);
  for (let cut = 0; cut < bytes.length; cut += 13) {
    const part = bytes.slice(0, cut);
    await assertRejects(() => decodeJpegXl(part, description), DecodeError, "", `cut at ${cut}`);
  }
  const padded = concat(bytes, new Uint8Array(1));
  assertEquals([...(await decodeJpegXl(padded, description)).data], image.values);
  const message = "is 36 × 24 × 1, its header says 37 × 24 × 1";
  const other = { ...description, columns: 37 };
  await assertRejects(() => decodeJpegXl(bytes, other), DecodeError, message);
  const garbage = bytes.map((byte) => byte ^ 0x55);
  await assertRejects(() => decodeJpegXl(garbage, description), DecodeError, "FF0A");
});

Deno.test("A JPEG compressed anew, and lossy streams, are within 1 of what libjxl elsewhere gives", async () => {
  for (const { made, description, bytes, samples } of goldenJpegXl) {
    const { data, photometricInterpretation } = await decodeJpegXl(bytes, description);
    assertEquals(data.length, samples.length, made);
    data.forEach((value, i) => assertLessOrEqual(Math.abs(value - samples[i]!), 1, made));
    assertEquals(photometricInterpretation, description.samplesPerPixel === 3 ? "RGB" : undefined);
  }
});
