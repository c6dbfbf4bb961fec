/**
 * Decoding a CT slice of 512×512 pixels by each codec, encoded by the codecs' own
 * encoders: 16 bits grey, but 8 for the JPEG of 8 bits.
 *
 * Run with `deno bench -A bench/codecs_bench.ts`; bytes in and out are in the names.
 */
import encodeJpeg from "@jsquash/jpeg/encode.js";
import { deflateRaw } from "pako";
import { decodeFrame } from "../dicom/decode_frame.ts";
import { encodeJpegLossless } from "../tests/dicom/codecs/encode_jpeg_lossless.ts";
import {
  describeSample,
  encodeHtj2k,
  encodeJpeg2000,
  encodeJpegLs,
  encodeJpegXl,
  type SampleImage,
} from "../tests/dicom/codecs/encode_samples.ts";
import { encodeRle } from "../tests/dicom/encode_rle.ts";
import { makeSlice } from "./make_slice.ts";

const slice = makeSlice();
const cells = new Uint8Array(Int16Array.from(slice.values).buffer);
const [low, high] = [0, 1].map((byte) => cells.filter((_, i) => i % 2 === byte));
const windowed: SampleImage = {
  ...slice,
  bits: 8,
  signed: false,
  values: slice.values.map((value) => Math.min(255, Math.max(0, value + 88))),
};
const levels = 5;
const jpeg2000 = await encodeJpeg2000(slice, { levels });
const htj2k = await encodeHtj2k(slice, { levels });

/** Encodes an image of 8 bits at quality 90. */
async function encodeGreyJpeg({ rows, columns, values }: SampleImage): Promise<Uint8Array> {
  const rgba = new Uint8ClampedArray(values.flatMap((value) => [value, value, value, 255]));
  const options = { quality: 90, "color_space": 1 };
  return new Uint8Array(await encodeJpeg(new ImageData(rgba, columns, rows), options));
}

/** A format's name, the UID of its transfer syntax, the stored bytes, and at which level to decode. */
const cases: readonly (readonly [string, string, Uint8Array, level?: number])[] = [
  ["native, little endian", "1.2.840.10008.1.2.1", cells],
  ["native, big endian", "1.2.840.10008.1.2.2", cells],
  ["encapsulated uncompressed", "1.2.840.10008.1.2.1.98", cells],
  ["RLE", "1.2.840.10008.1.2.5", encodeRle(high!, low!)],
  ["deflated frame", "1.2.840.10008.1.2.8.1", deflateRaw(cells)],
  ["JPEG, 8 bits", "1.2.840.10008.1.2.4.50", await encodeGreyJpeg(windowed)],
  ["JPEG Lossless", "1.2.840.10008.1.2.4.70", encodeJpegLossless(slice)],
  ["JPEG-LS", "1.2.840.10008.1.2.4.80", await encodeJpegLs(slice)],
  ["JPEG XL", "1.2.840.10008.1.2.4.110", await encodeJpegXl(slice)],
  ["JPEG 2000", "1.2.840.10008.1.2.4.90", jpeg2000],
  ["JPEG 2000 at 256²", "1.2.840.10008.1.2.4.90", jpeg2000, 1],
  ["JPEG 2000 at 128²", "1.2.840.10008.1.2.4.90", jpeg2000, 2],
  ["HTJ2K", "1.2.840.10008.1.2.4.201", htj2k],
  ["HTJ2K at 256²", "1.2.840.10008.1.2.4.201", htj2k, 1],
  ["HTJ2K at 128²", "1.2.840.10008.1.2.4.201", htj2k, 2],
];

for (const [name, transferSyntaxUID, bytes, level] of cases) {
  const image = name === "JPEG, 8 bits" ? windowed : slice;
  const description = describeSample(image, { transferSyntaxUID });
  const { data } = await decodeFrame(bytes, description, { level });
  Deno.bench(`${name}, ${bytes.length} → ${data.byteLength} bytes`, async () => {
    await decodeFrame(bytes, description, { level });
  });
}
