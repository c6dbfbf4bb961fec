import { assertEquals, assertRejects } from "@std/assert";
import { decodeFrame } from "@dicom/series-preview/dicom";
import { decodeJpegFrame } from "../../../dicom/codecs/jpeg/decode_jpeg_frame.ts";
import { DecodeError } from "../../../errors.ts";
import { concat } from "../../support/dicom_fixtures.ts";
import { sampleDescription } from "../sample_description.ts";
import { encodeJpegLossless } from "./encode_jpeg_lossless.ts";
import { describeSample, sampleImage } from "./encode_samples.ts";
import { goldenStream } from "./jpeg/golden_streams.ts";

const syntaxes = ["50", "51", "53", "55", "57", "70"].map((end) => `1.2.840.10008.1.2.4.${end}`);

Deno.test("A DCT stream is decoded under the name of any JPEG syntax", async () => {
  const { bytes } = goldenStream("cjpeg -grayscale -quality 90");
  const image = sampleDescription({
    ...{ rows: 29, columns: 37 },
    ...{ bitsAllocated: 8, bitsStored: 8, highBit: 7 },
  });
  const expected = decodeJpegFrame(bytes, image);
  // Fill bytes may stand before a marker.
  const filled = concat(bytes.slice(0, 2), Uint8Array.of(0xff, 0xff), bytes.slice(2));
  for (const transferSyntaxUID of syntaxes) {
    const description = { ...image, transferSyntaxUID };
    assertEquals(await decodeFrame(bytes, description), expected);
    assertEquals(await decodeFrame(filled, description), expected);
  }
});

Deno.test("A lossless stream is decoded under the name of any JPEG syntax", async () => {
  const image = sampleImage({ bits: 12 });
  const bytes = encodeJpegLossless(image);
  for (const transferSyntaxUID of syntaxes) {
    const { data } = await decodeFrame(bytes, describeSample(image, { transferSyntaxUID }));
    assertEquals([...data], image.values);
  }
});

Deno.test("A stream of neither is refused in the words of its transfer syntax", async () => {
  const image = sampleImage({ bits: 8 });
  const arithmetic = encodeJpegLossless(image);
  arithmetic[arithmetic.findIndex((byte, i) => byte === 0xff && arithmetic[i + 1] === 0xc3) + 1] =
    0xcb;
  for (const bytes of [new Uint8Array(0), Uint8Array.of(0xff, 0xd8), arithmetic]) {
    for (const transferSyntaxUID of syntaxes) {
      const description = describeSample(image, { transferSyntaxUID });
      const error = await assertRejects(() => decodeFrame(bytes, description), DecodeError);
      const lossless = /\.(57|70)$/.test(transferSyntaxUID);
      assertEquals(error.message.includes("JPEG Lossless"), lossless, error.message);
    }
  }
});
