import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import type { Frame, ImageDescription } from "@dicom/series-preview/dicom";
import { decodeDeflatedFrame } from "../../dicom/codecs/deflated_frame.ts";
import { decodeHtj2k } from "../../dicom/codecs/htj2k.ts";
import { decodeJpeg2000 } from "../../dicom/codecs/jpeg2000.ts";
import { decodeJpegLossless } from "../../dicom/codecs/jpeg_lossless.ts";
import { decodeJpegLs } from "../../dicom/codecs/jpeg_ls.ts";
import { listKinds, readShared, testShared } from "../support/shared_data.ts";
import { wholeHeader } from "../dicom/header_facts.ts";
import { readSharedFrames } from "../dicom/codecs/shared_frames.ts";

type Decode = (bytes: Uint8Array, description: ImageDescription) => Frame | Promise<Frame>;

const decoders: Readonly<Record<string, Decode>> = {
  "1.2.840.10008.1.2.4.57": decodeJpegLossless,
  "1.2.840.10008.1.2.4.70": decodeJpegLossless,
  "1.2.840.10008.1.2.4.80": decodeJpegLs,
  "1.2.840.10008.1.2.4.81": decodeJpegLs,
  "1.2.840.10008.1.2.4.90": decodeJpeg2000,
  "1.2.840.10008.1.2.4.91": decodeJpeg2000,
  "1.2.840.10008.1.2.4.201": decodeHtj2k,
  "1.2.840.10008.1.2.4.202": decodeHtj2k,
  "1.2.840.10008.1.2.4.203": decodeHtj2k,
  "1.2.840.10008.1.2.8.1": decodeDeflatedFrame,
};

/** Lossy and in floats, so that decoders round in their own ways; all others agree to the bit. */
const inexact = "1.2.840.10008.1.2.4.203";

/** What the oracle says of stored values; the mean of color is one for each channel. */
interface OraclePixels {
  readonly sha256: string;
  readonly mean: number | readonly number[];
  readonly rawMin: number;
  readonly rawMax: number;
}

testShared("Frames of library codecs have the oracle's stored values", async (oracle) => {
  const compared = new Set<string>();
  for (const { path, expected } of listKinds(oracle)) {
    const { transferSyntaxUID } = wholeHeader(readShared(path));
    const decode = decoders[transferSyntaxUID];
    if (decode === undefined) continue;
    const pixels = expected.pixels as unknown as OraclePixels;
    const frames: Frame[] = [];
    for (const { bytes, description } of await readSharedFrames(path)) {
      frames.push(await decode(bytes, description));
    }
    if (transferSyntaxUID === inexact) {
      assertNearlyAs(frames[0]!, pixels, path);
    } else {
      const parts = frames.map(({ data }) => new Uint8Array(data.slice().buffer));
      const digest = await crypto.subtle.digest("SHA-256", await new Blob(parts).arrayBuffer());
      assertEquals(new Uint8Array(digest).toHex().slice(0, 16), pixels.sha256, path);
    }
    compared.add(transferSyntaxUID);
  }
  assertEquals([...compared].sort(), Object.keys(decoders).sort());
});

/** Compares the least and the greatest value within 1, and the means of the channels closely. */
function assertNearlyAs({ data, samplesPerPixel }: Frame, pixels: OraclePixels, path: string) {
  const sums = new Array<number>(samplesPerPixel).fill(0);
  let least = Infinity;
  let greatest = -Infinity;
  data.forEach((value, i) => {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    sums[i % samplesPerPixel]! += value;
  });
  assertLessOrEqual(Math.abs(least - pixels.rawMin), 1, path);
  assertLessOrEqual(Math.abs(greatest - pixels.rawMax), 1, path);
  const means = sums.map((sum) => sum / (data.length / samplesPerPixel));
  [pixels.mean].flat().forEach((mean, sample) => {
    assertLessOrEqual(Math.abs(means[sample]! - mean), 0.05, `${path}, sample ${sample}`);
  });
}

testShared("Color that a codestream transforms comes as RGB, and says so", async () => {
  const files = [
    ["JPEG2000Lossless_YBR_RCT_8b", decodeJpeg2000],
    ["JPEG2000_YBR_ICT_8b", decodeJpeg2000],
    ["HTJ2KLosslessRPCL_YBR_RCT_8b", decodeHtj2k],
  ] as const;
  for (const [name, decode] of files) {
    const [frame] = await readSharedFrames(`codecs/${name}.dcm`);
    assert(frame!.description.photometricInterpretation.startsWith("YBR"));
    const { photometricInterpretation } = await decode(frame!.bytes, frame!.description);
    assertEquals(photometricInterpretation, "RGB", name);
  }
});
