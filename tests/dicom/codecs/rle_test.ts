import { assertEquals, assertRejects } from "@std/assert";
import { decodeFrame, type ImageDescription } from "@dicom/series-preview/dicom";
import fc from "fast-check";
import { DecodeError } from "../../../errors.ts";
import { concat } from "../../support/dicom_fixtures.ts";
import { sampleDescription } from "../sample_description.ts";

const RLE = "1.2.840.10008.1.2.5";

/** Packs bytes (PS3.5 G.3.1): runs of two and more as runs, the rest as literals, with no-ops between. */
function packBits(bytes: readonly number[], noOps: boolean): number[] {
  const packed: number[] = [];
  const literal: number[] = [];
  const flush = () => {
    while (literal.length > 0) {
      const part = literal.splice(0, 128);
      packed.push(part.length - 1, ...part);
    }
  };
  for (let at = 0; at < bytes.length;) {
    let run = 1;
    while (run < 128 && bytes[at + run] === bytes[at]) run++;
    if (run === 1) {
      literal.push(bytes[at]!);
    } else {
      flush();
      if (noOps) packed.push(128);
      packed.push(257 - run, bytes[at]!);
    }
    at += run;
  }
  flush();
  if (packed.length % 2 !== 0) packed.push(0);
  return packed;
}

/** Encodes interleaved samples as a frame of RLE Lossless. */
function encodeRle(
  samples: readonly number[],
  samplesPerPixel: number,
  bytesPerSample: number,
  noOps = false,
): Uint8Array<ArrayBuffer> {
  const segments: number[][] = [];
  for (let sample = 0; sample < samplesPerPixel; sample++) {
    for (let byte = bytesPerSample - 1; byte >= 0; byte--) {
      const plane = samples.filter((_, i) => i % samplesPerPixel === sample);
      segments.push(packBits(plane.map((value) => Math.floor(value / 256 ** byte) & 255), noOps));
    }
  }
  const header = new Uint32Array(16);
  header[0] = segments.length;
  let offset = 64;
  segments.forEach((segment, i) => {
    header[1 + i] = offset;
    offset += segment.length;
  });
  return concat(new Uint8Array(header.buffer), ...segments.map((each) => Uint8Array.from(each)));
}

function describe(given: Partial<ImageDescription>): ImageDescription {
  return sampleDescription({ transferSyntaxUID: RLE, ...given });
}

Deno.test("RLE frames of any depth and number of samples come back as they were packed", async () => {
  const cases = fc.record({
    bytesPerSample: fc.constantFrom(1, 2, 4),
    samplesPerPixel: fc.constantFrom(1, 3),
    rows: fc.integer({ min: 1, max: 12 }),
    columns: fc.integer({ min: 1, max: 40 }),
    signed: fc.boolean(),
    noOps: fc.boolean(),
    values: fc.infiniteStream(fc.oneof(fc.constant(7), fc.nat(2 ** 31 - 1))),
  });
  await fc.assert(
    fc.asyncProperty(cases, async (given) => {
      const { bytesPerSample, samplesPerPixel, rows, columns, signed, noOps, values } = given;
      const bitsAllocated = bytesPerSample * 8;
      const count = rows * columns * samplesPerPixel;
      const stored = [...values.take(count)].map((value) => value % 2 ** bitsAllocated);
      const description = describe({
        rows,
        columns,
        samplesPerPixel,
        bitsAllocated,
        bitsStored: bitsAllocated,
        highBit: bitsAllocated - 1,
        pixelRepresentation: signed ? 1 : 0,
        // RLE is by plane whatever this says, and never subsampled.
        photometricInterpretation: samplesPerPixel === 3 ? "YBR_FULL_422" : "MONOCHROME2",
      });
      const frame = encodeRle(stored, samplesPerPixel, bytesPerSample, noOps);
      const { data } = await decodeFrame(frame, description);
      const half = 2 ** (bitsAllocated - 1);
      const expected = stored.map((value) => signed && value >= half ? value - 2 * half : value);
      assertEquals([...data], expected);
    }),
    { seed: 3, numRuns: 150 },
  );
});

Deno.test("Bits beside the stored ones are taken off RLE cells too", async () => {
  const stored = [0xf123, 0x0fff, 0x0800, 0x1001, 0, 1];
  const frame = encodeRle(stored, 1, 2);
  const given = { bitsStored: 12, highBit: 11 };
  assertEquals([...(await decodeFrame(frame, describe(given))).data], [
    0x123,
    0xfff,
    0x800,
    1,
    0,
    1,
  ]);
  const signed = describe({ ...given, pixelRepresentation: 1 });
  assertEquals([...(await decodeFrame(frame, signed)).data], [0x123, -1, -2048, 1, 0, 1]);
});

Deno.test("An RLE frame that is cut anywhere is an error", async () => {
  const stored = Array.from({ length: 300 }, (_, i) => i % 7 === 0 ? 9 : i * 97 % 65536);
  const description = describe({ rows: 10, columns: 30 });
  const frame = encodeRle(stored, 1, 2);
  assertEquals([...(await decodeFrame(frame, description)).data], stored);
  // The last byte may pad.
  for (let cut = 0; cut < frame.length - 2; cut++) {
    await assertRejects(() => decodeFrame(frame.slice(0, cut), description), DecodeError);
  }
});

Deno.test("An RLE frame of other segments than its image needs is an error", async () => {
  const frame = encodeRle([1, 2, 3, 4, 5, 6], 1, 2);
  const color = describe({ samplesPerPixel: 3 });
  await assertRejects(() => decodeFrame(frame, color), DecodeError, "2 segments");
  const bits = describe({ bitsAllocated: 1, bitsStored: 1, highBit: 0 });
  await assertRejects(() => decodeFrame(frame, bits), DecodeError);
  for (const [at, value] of [[4, 63], [4, 4000], [8, 4], [8, 0xffffffff]] as const) {
    const broken = frame.slice();
    new DataView(broken.buffer).setUint32(at, value, true);
    await assertRejects(() => decodeFrame(broken, describe({})), DecodeError, "outside");
  }
});

Deno.test("An RLE frame too short for its image is refused before room is made for it", async () => {
  const frame = encodeRle([1, 2, 3, 4, 5, 6], 1, 2);
  const huge = describe({ rows: 20_000, columns: 20_000 });
  const before = Deno.memoryUsage().external;
  await assertRejects(() => decodeFrame(frame, huge), DecodeError, "cannot hold");
  assertEquals(Deno.memoryUsage().external - before < 2 ** 24, true);
});

Deno.test("Literals and runs beyond the last pixel are left out", async () => {
  const header = new Uint32Array(16);
  header.set([1, 64]);
  const description = describe({ bitsAllocated: 8, bitsStored: 8, highBit: 7 });
  for (const segment of [[2, 1, 2, 3, 129, 9], [6, 1, 2, 3, 9, 9, 9, 9], [2, 1, 2, 3, 251, 9]]) {
    const frame = concat(new Uint8Array(header.buffer), Uint8Array.from(segment));
    assertEquals([...(await decodeFrame(frame, description)).data], [1, 2, 3, 9, 9, 9]);
  }
});

Deno.test("Bits of a 1-bit image are packed into the bytes of one segment", async () => {
  for (const [rows, columns] of [[1, 1], [3, 5], [16, 20], [7, 33]] as const) {
    const bits = Array.from({ length: rows * columns }, (_, i) => (i * 7 + (i >> 3)) % 3 === 0);
    const packed = new Array<number>(Math.ceil(bits.length / 8)).fill(0);
    bits.forEach((bit, i) => packed[i >> 3]! |= Number(bit) << (i & 7));
    const frame = encodeRle(packed, 1, 1);
    const description = describe({ rows, columns, bitsAllocated: 1, bitsStored: 1, highBit: 0 });
    assertEquals([...(await decodeFrame(frame, description)).data], bits.map(Number));
    const taller = { ...description, rows: rows + 8 };
    await assertRejects(() => decodeFrame(frame, taller), DecodeError, "cut");
  }
});
