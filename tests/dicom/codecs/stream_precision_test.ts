import { assertEquals, assertLessOrEqual } from "@std/assert";
import { applyContrast } from "@dicom/series-preview/contrast";
import { decodeHtj2k } from "../../../dicom/codecs/htj2k.ts";
import { decodeJpegFrame } from "../../../dicom/codecs/jpeg/decode_jpeg_frame.ts";
import { decodeJpeg2000 } from "../../../dicom/codecs/jpeg2000.ts";
import { decodeJpegLs } from "../../../dicom/codecs/jpeg_ls.ts";
import {
  describeSample,
  encodeHtj2k,
  encodeJpeg2000,
  encodeJpegLs,
  sampleImage,
} from "./encode_samples.ts";
import { goldenStream } from "./jpeg/golden_streams.ts";

const anyVoi = { kind: "window", center: 0, width: 1, function: "LINEAR_EXACT" } as const;

/** The last two encoders make color of 8 bits alone. */
const formats = [
  ["JPEG-LS", decodeJpegLs, encodeJpegLs, 12],
  ["JPEG 2000", decodeJpeg2000, encodeJpeg2000, 8],
  ["HTJ2K", decodeHtj2k, encodeHtj2k, 8],
] as const;

for (const [name, decode, encode, bits] of formats) {
  Deno.test(`${name} color of another precision than its header says is drawn by its own`, async () => {
    const image = sampleImage({ bits, samplesPerPixel: 3 });
    const stream = await encode(image);
    for (const [bitsStored, precision] of [[16, bits], [bits, undefined]] as const) {
      const description = describeSample(image, { bitsAllocated: 16, bitsStored });
      const frame = await decode(stream, description);
      assertEquals(frame.precision, precision);
      const { data } = applyContrast(frame, description, anyVoi);
      image.values.forEach((value, i) =>
        // A byte is a half off at most, by rounding.
        assertLessOrEqual(Math.abs(data[i]! - value / (2 ** bits - 1) * 255), 0.5 + 1e-9)
      );
    }
  });
}

Deno.test("JPEG tells its precision where that is not the bits stored", () => {
  const { bytes, rows, columns, precision } = goldenStream("dcmcjpeg +ee +q 85 +bt");
  assertEquals(precision, 12);
  const image = sampleImage({ rows, columns });
  const told = (bitsStored: number) =>
    decodeJpegFrame(bytes, describeSample(image, { bitsStored })).precision;
  assertEquals([told(12), told(16), told(10)], [undefined, 12, 12]);
});
