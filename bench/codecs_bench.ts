/**
 * Decoding a slice of 512×512 pixels by each codec: 16-bit grey, a body with noise
 * in air, encoded by the codecs' own encoders.
 *
 * Run with `deno bench -A bench/codecs_bench.ts`; bytes in and out are in the names.
 */
import { deflateRaw } from "pako";
import { decodeDeflatedFrame } from "../dicom/codecs/deflated_frame.ts";
import { decodeEncapsulatedUncompressed } from "../dicom/codecs/encapsulated_uncompressed.ts";
import { decodeHtj2k } from "../dicom/codecs/htj2k.ts";
import { decodeJpeg2000 } from "../dicom/codecs/jpeg2000.ts";
import { decodeJpegLossless } from "../dicom/codecs/jpeg_lossless.ts";
import { decodeJpegLs } from "../dicom/codecs/jpeg_ls.ts";
import { decodeJpegXl } from "../dicom/codecs/jpeg_xl.ts";
import { encodeJpegLossless } from "../tests/dicom/codecs/encode_jpeg_lossless.ts";
import {
  describeSample,
  encodeHtj2k,
  encodeJpeg2000,
  encodeJpegLs,
  encodeJpegXl,
  type SampleImage,
} from "../tests/dicom/codecs/encode_samples.ts";
import { seededRandom } from "../tests/support/random.ts";

const side = 512;
const image = makeSlice();
const description = describeSample(image);
const native = new Uint8Array(Int16Array.from(image.values).buffer);
const levels = 5;

/** A body of soft slopes and noise of some HU, in air. */
function makeSlice(): SampleImage {
  const random = seededRandom(1);
  const values = Array.from({ length: side * side }, (_, i) => {
    const x = (i % side) / side - 0.5;
    const y = Math.floor(i / side) / side - 0.5;
    const noise = (random() + random() + random() - 1.5) * 25;
    const inside = x * x / 0.2 + y * y / 0.12 < 1;
    return Math.round(inside ? 40 + 60 * Math.sin(x * 21) * Math.cos(y * 17) + noise : -1000);
  });
  return { rows: side, columns: side, samplesPerPixel: 1, bits: 16, signed: true, values };
}

const jpeg2000 = await encodeJpeg2000(image, { levels });
const htj2k = await encodeHtj2k(image, { levels });
const cases = [
  ["encapsulated uncompressed", native, decodeEncapsulatedUncompressed],
  ["deflated frame", deflateRaw(native), decodeDeflatedFrame],
  ["JPEG Lossless", encodeJpegLossless(image), decodeJpegLossless],
  ["JPEG-LS", await encodeJpegLs(image), decodeJpegLs],
  ["JPEG 2000", jpeg2000, decodeJpeg2000],
  ["HTJ2K", htj2k, decodeHtj2k],
  ["JPEG XL", await encodeJpegXl(image), decodeJpegXl],
] as const;

for (const [name, bytes, decode] of cases) {
  Deno.bench(`${name}, ${bytes.length} → ${native.length} bytes`, async () => {
    await decode(bytes, description);
  });
}
for (const level of [1, 2, 3]) {
  const width = side >> level;
  Deno.bench(`JPEG 2000 at ${width}²`, async () => {
    await decodeJpeg2000(jpeg2000, description, { level });
  });
  Deno.bench(`HTJ2K at ${width}²`, async () => {
    await decodeHtj2k(htj2k, description, { level });
  });
}
