import { assertEquals, assertGreater, assertLess, assertThrows } from "@std/assert";
import {
  hasImage,
  imageDescriber,
  readAttributes,
  splitFrames,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import { colorBytes } from "../../../../contrast/color_bytes.ts";
import { decodeJpegFrame } from "../../../../dicom/codecs/jpeg/decode_jpeg_frame.ts";
import { DecodeError } from "../../../../errors.ts";
import { listInstances, readShared, testShared } from "../../../support/shared_data.ts";
import { wholeHeader } from "../../header_facts.ts";
import { sampleDescription } from "../../sample_description.ts";
import { goldenStream } from "./golden_streams.ts";

const syntaxes = [".50", ".51", ".53", ".55"].map((end) => `1.2.840.10008.1.2.4${end}`);
const deep = goldenStream("dcmcjpeg +ee +q 85 +bt");
const grey = goldenStream("cjpeg -grayscale -quality 90");
const size = { rows: 29, columns: 37 };

Deno.test("Signed values are the stream's bit pattern, where its highest bit is the sign", () => {
  const decode = (bytes: Uint8Array, pixelRepresentation: 0 | 1, bitsStored: number) =>
    decodeJpegFrame(bytes, sampleDescription({ ...size, pixelRepresentation, bitsStored })).data;
  const unsigned = decode(deep.bytes, 0, 12) as Uint16Array;
  assertGreater(Math.max(...unsigned), 2047);
  const signed = decode(deep.bytes, 1, 12);
  assertEquals(signed, Int16Array.from(unsigned, (value) => value > 2047 ? value - 4096 : value));
  assertEquals(decode(deep.bytes, 1, 16), unsigned);
  assertEquals(decode(deep.bytes, 1, 10), signed);
  assertEquals(decode(deep.bytes, 0, 10), unsigned);
  const bytes = decode(grey.bytes, 0, 8) as Uint8Array;
  assertEquals(decode(grey.bytes, 1, 8), Int8Array.from(bytes));
  assertEquals(decode(grey.bytes, 1, 12), bytes);
});

Deno.test("A frame of three samples says what they are", () => {
  const color = (made: string, photometricInterpretation: string) => {
    const { bytes } = goldenStream(made);
    const given = { ...size, samplesPerPixel: 3, bitsStored: 8, photometricInterpretation };
    return decodeJpegFrame(bytes, sampleDescription(given)).photometricInterpretation;
  };
  assertEquals(color("cjpeg -quality 85 -sample 2x1", "RGB"), "YBR_FULL");
  assertEquals(color("cjpeg -quality 85 -sample 2x1", "YBR_FULL_422"), "YBR_FULL");
  assertEquals(color("cjpeg -rgb -quality 85", "YBR_FULL_422"), "RGB");
  assertEquals(
    "photometricInterpretation" in decodeJpegFrame(grey.bytes, sampleDescription(size)),
    false,
  );
});

Deno.test("A stream of another size or count of samples than described is refused", () => {
  for (const given of [{ rows: 28 }, { columns: 38 }, { samplesPerPixel: 3 }]) {
    const description = sampleDescription({ ...size, ...given });
    assertThrows(() => decodeJpegFrame(grey.bytes, description), DecodeError, "29 × 37");
  }
});

/** The stored frames of an instance in a JPEG syntax with DCT, and their description; null for others. */
async function readFrames(path: string) {
  const object = readShared(path);
  const header = wholeHeader(object);
  if (!syntaxes.includes(header.transferSyntaxUID)) return null;
  const values = toAttributeValues(await readAttributes(header));
  if (!hasImage(values)) return null;
  const description = imageDescriber(values)(0);
  const { offset, length } = header.pixelData!;
  const end = length === null ? undefined : offset! + length;
  const frames = splitFrames(object.subarray(offset!, end), description.numberOfFrames);
  return { description, frames };
}

testShared("JPEG instances have the oracle's stored values, and its color", async (oracle) => {
  let compared = 0;
  for (const { path, expected } of listInstances(oracle)) {
    const found = await readFrames(path);
    if (found === null || !expected.pixels) continue;
    const decoded = found.frames.map((bytes) => decodeJpegFrame(bytes, found.description));
    const parts = decoded.map(({ data }) => new Uint8Array(data.slice().buffer));
    const digest = await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());
    const hash = new Uint8Array(digest).toHex().slice(0, 16);
    assertEquals(hash, expected.pixels.sha256, path);

    const { rgbMean } = expected.pixels as { rgbMean?: readonly number[] };
    const [{ data, photometricInterpretation } = decoded[0]!] = decoded;
    if (rgbMean !== undefined && photometricInterpretation !== undefined) {
      const rgb = colorBytes(data, photometricInterpretation, 8);
      rgbMean.forEach((mean, channel) => {
        const own = rgb.filter((_, i) => i % 3 === channel);
        const found = own.reduce((sum, value) => sum + value) / own.length;
        assertLess(Math.abs(found - mean), 0.05, path);
      });
    }
    compared++;
  }
  assertGreater(compared, 6);
});
