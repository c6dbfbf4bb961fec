import { Buffer } from "node:buffer";
import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { decodeFrame, type ImageDescription, nativeFrameRange } from "@dicom/series-preview/dicom";
import fc from "fast-check";
import { DecodeError } from "../../../errors.ts";
import { sampleDescription } from "../sample_description.ts";

const BIG_ENDIAN = "1.2.840.10008.1.2.2";

/** The bits of a cell, the lowest first, whatever the byte order. */
function bitsOf(bytes: Uint8Array, cell: number, description: ImageDescription): number[] {
  const { bitsAllocated, transferSyntaxUID, pixelVR } = description;
  const size = bitsAllocated / 8;
  const inWords = transferSyntaxUID === BIG_ENDIAN && pixelVR === "OW" && size === 1;
  if (inWords) return bitsOf(bytes, cell ^ 1, { ...description, pixelVR: "OB" });
  const own = [...bytes.slice(cell * size, (cell + 1) * size)];
  if (transferSyntaxUID === BIG_ENDIAN) own.reverse();
  return own.flatMap((byte) => Array.from({ length: 8 }, (_, bit) => byte >> bit & 1));
}

/** A slow reading of PS3.5 section 8.1.1, bit by bit. */
function storedValue(bytes: Uint8Array, cell: number, description: ImageDescription): number {
  const { bitsStored, highBit, pixelRepresentation } = description;
  const bits = bitsOf(bytes, cell, description).slice(highBit - bitsStored + 1, highBit + 1);
  let value = 0;
  bits.forEach((bit, i) => {
    const isSign = pixelRepresentation === 1 && i === bitsStored - 1;
    value += bit * (isSign ? -(2 ** i) : 2 ** i);
  });
  return value;
}

const descriptions = fc.record({
  bitsAllocated: fc.constantFrom(8, 16, 32),
  rows: fc.integer({ min: 1, max: 4 }),
  columns: fc.integer({ min: 1, max: 5 }),
  pixelRepresentation: fc.constantFrom(0 as const, 1 as const),
  transferSyntaxUID: fc.constantFrom("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", BIG_ENDIAN),
  pixelVR: fc.constantFrom("OB" as const, "OW" as const),
  stored: fc.nat(31),
  high: fc.nat(31),
}).map(({ stored, high, ...given }) => {
  const bitsStored = 1 + stored % given.bitsAllocated;
  const highBit = bitsStored - 1 + high % (given.bitsAllocated - bitsStored + 1);
  return sampleDescription({ ...given, bitsStored, highBit });
});

Deno.test("Native cells of any depth, sign and high bit decode as read bit by bit", async () => {
  await fc.assert(
    fc.asyncProperty(descriptions, fc.infiniteStream(fc.nat(255)), async (description, noise) => {
      const count = description.rows * description.columns;
      const bytes = Uint8Array.from(noise.take(count * description.bitsAllocated / 8 + count % 2));
      const { data, rows, columns, samplesPerPixel } = await decodeFrame(bytes, description);
      assertEquals([rows, columns], [description.rows, description.columns]);
      assertEquals(samplesPerPixel, 1);
      const expected = Array.from({ length: count }, (_, i) => storedValue(bytes, i, description));
      assertEquals([...data], expected);
    }),
    { seed: 1, numRuns: 400 },
  );
});

Deno.test("Stored values come as the smallest typed array of the cells", async () => {
  const names: Record<string, string> = {};
  for (const bitsAllocated of [1, 8, 16, 32]) {
    for (const pixelRepresentation of [0, 1] as const) {
      const description = sampleDescription({
        bitsAllocated,
        bitsStored: bitsAllocated,
        highBit: bitsAllocated - 1,
        pixelRepresentation,
      });
      const { data } = await decodeFrame(new Uint8Array(64), description);
      names[`${bitsAllocated}/${pixelRepresentation}`] = data.constructor.name;
    }
  }
  assertEquals(names, {
    "1/0": "Uint8Array",
    "1/1": "Uint8Array",
    "8/0": "Uint8Array",
    "8/1": "Int8Array",
    "16/0": "Uint16Array",
    "16/1": "Int16Array",
    "32/0": "Uint32Array",
    "32/1": "Int32Array",
  });
});

Deno.test("The stored bytes are left as they are", async () => {
  const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  const before = bytes.slice();
  const description = sampleDescription({
    transferSyntaxUID: BIG_ENDIAN,
    bitsStored: 12,
    highBit: 11,
  });
  const { data } = await decodeFrame(bytes, description);
  data.fill(0);
  assertEquals(bytes, before);
});

Deno.test("Frames of one bit may begin and end anywhere in a byte", async () => {
  const bits = fc.array(fc.nat(1), { minLength: 60, maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(bits, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), async (
      stored,
      columns,
      rows,
    ) => {
      const bytes = new Uint8Array(8);
      stored.forEach((bit, i) => bytes[i >> 3]! |= bit << (i & 7));
      const numberOfFrames = Math.floor(60 / (rows * columns));
      const description = sampleDescription({
        rows,
        columns,
        numberOfFrames,
        bitsAllocated: 1,
        bitsStored: 1,
        highBit: 0,
      });
      for (let frame = 0; frame < numberOfFrames; frame++) {
        const { offset, length, bitOffset } = nativeFrameRange(description, frame);
        const own = bytes.slice(offset, offset + length);
        assertEquals(own.length, length);
        const { data } = await decodeFrame(own, description, { bitOffset });
        const first = frame * rows * columns;
        assertEquals([...data], stored.slice(first, first + rows * columns));
        if (length > 1 || bitOffset > 0) {
          const short = () => decodeFrame(own.slice(0, length - 1), description, { bitOffset });
          await assertRejects(short, DecodeError);
        }
      }
    }),
    { seed: 2, numRuns: 100 },
  );
});

Deno.test("Float and double float pixels are read in either byte order", async () => {
  const numbers = [0, -1.5, 1e10, NaN, Infinity, 2 ** -20];
  for (
    const [pixelKind, size, ArrayType] of [
      ["float", 4, Float32Array],
      ["double", 8, Float64Array],
    ] as const
  ) {
    for (const transferSyntaxUID of ["1.2.840.10008.1.2.1", BIG_ENDIAN]) {
      const view = new DataView(new ArrayBuffer(numbers.length * size));
      const little = transferSyntaxUID !== BIG_ENDIAN;
      numbers.forEach((number, i) => {
        if (size === 4) view.setFloat32(i * 4, number, little);
        else view.setFloat64(i * 8, number, little);
      });
      const description = sampleDescription({
        pixelKind,
        transferSyntaxUID,
        bitsAllocated: size * 8,
        bitsStored: size * 8,
        highBit: size * 8 - 1,
      });
      const { data } = await decodeFrame(new Uint8Array(view.buffer), description);
      assertEquals(data, ArrayType.from(numbers));
    }
  }
});

Deno.test("Color by plane comes interleaved, and color by pixel as it is", async () => {
  const interleaved = Uint8Array.from({ length: 18 }, (_, i) => i);
  const planes = Uint8Array.from({ length: 18 }, (_, i) => i % 6 * 3 + Math.floor(i / 6));
  const given = {
    samplesPerPixel: 3,
    bitsAllocated: 8,
    bitsStored: 8,
    highBit: 7,
    photometricInterpretation: "RGB",
  };
  const byPixel = await decodeFrame(interleaved, sampleDescription(given));
  assertEquals(byPixel.data, interleaved);
  const byPlane = sampleDescription({ ...given, planarConfiguration: 1 });
  assertEquals((await decodeFrame(planes, byPlane)).data, interleaved);
});

Deno.test("Color of 16 bits by plane comes interleaved too", async () => {
  const planes = Uint16Array.from({ length: 18 }, (_, i) => 1000 * (i % 6 * 3 + Math.floor(i / 6)));
  const { data } = await decodeFrame(
    new Uint8Array(planes.buffer),
    sampleDescription({ samplesPerPixel: 3, planarConfiguration: 1 }),
  );
  assertEquals(data, Uint16Array.from({ length: 18 }, (_, i) => 1000 * i));
});

const SUBSAMPLED = {
  rows: 2,
  columns: 4,
  samplesPerPixel: 3,
  bitsAllocated: 8,
  bitsStored: 8,
  highBit: 7,
  photometricInterpretation: "YBR_FULL_422",
};

Deno.test("YBR_FULL_422 comes as three samples a pixel, chroma repeated", async () => {
  // Y1 Y2 Cb Cr for each pair of pixels.
  const bytes = Uint8Array.of(1, 2, 50, 60, 3, 4, 51, 61, 5, 6, 52, 62, 7, 8, 53, 63);
  const description = sampleDescription({ ...SUBSAMPLED, numberOfFrames: 2 });
  assertEquals(nativeFrameRange(description, 1), { offset: 16, length: 16, bitOffset: 0 });
  const { data, samplesPerPixel } = await decodeFrame(bytes, description);
  assertStrictEquals(samplesPerPixel, 3);
  assertEquals(
    [...data],
    [1, 50, 60, 2, 50, 60, 3, 51, 61, 4, 51, 61, 5, 52, 62, 6, 52, 62, 7, 53, 63, 8, 53, 63],
  );
});

Deno.test("YBR_FULL_422 of an odd width is refused, and one sample is never subsampled", async () => {
  const odd = sampleDescription({ ...SUBSAMPLED, columns: 3 });
  await assertRejects(() => decodeFrame(new Uint8Array(64), odd), DecodeError, "columns");
  const gray = sampleDescription({ ...SUBSAMPLED, samplesPerPixel: 1 });
  assertEquals((await decodeFrame(new Uint8Array(8), gray)).data.length, 8);
});

Deno.test("A frame that is cut by one byte is an error", async () => {
  for (const bitsAllocated of [8, 16, 32]) {
    const description = sampleDescription({
      bitsAllocated,
      bitsStored: bitsAllocated,
      highBit: bitsAllocated - 1,
    });
    const needed = 6 * bitsAllocated / 8;
    const cut = () => decodeFrame(new Uint8Array(needed - 1), description);
    await assertRejects(cut, DecodeError, `takes ${needed} bytes, ${needed - 1}`);
    assertEquals((await decodeFrame(new Uint8Array(needed + 1), description)).data.length, 6);
  }
});

Deno.test("Integers of 64 bits cannot be read, and say so", async () => {
  const description = sampleDescription({ bitsAllocated: 64, bitsStored: 64, highBit: 63 });
  await assertRejects(() => decodeFrame(new Uint8Array(48), description), DecodeError, "64 bits");
});

Deno.test("A frame that an image does not have is an error", async () => {
  const description = sampleDescription({ numberOfFrames: 3 });
  assertEquals(nativeFrameRange(description, 2), { offset: 24, length: 12, bitOffset: 0 });
  for (const frame of [-1, 3, 0.5, NaN]) {
    await assertRejects(
      () => Promise.resolve().then(() => nativeFrameRange(description, frame)),
      DecodeError,
      "no frame",
    );
  }
});

Deno.test("YBR_FULL_422 as long as three samples a pixel is not subsampled", async () => {
  const image = sampleDescription({
    ...{ rows: 1, columns: 3, samplesPerPixel: 3, numberOfFrames: 3 },
    ...{ bitsAllocated: 8, bitsStored: 8, highBit: 7, photometricInterpretation: "YBR_FULL_422" },
  });
  for (const valueLength of [27, 28]) {
    const range = nativeFrameRange(image, 2, valueLength);
    assertEquals(range, { offset: 18, length: 9, bitOffset: 0 });
  }
  for (const valueLength of [18, 26, 29, 100, null]) {
    const range = nativeFrameRange(image, 2, valueLength);
    assertEquals(range, { offset: 12, length: 6, bitOffset: 0 });
  }
  const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
  assertEquals((await decodeFrame(pixels, image)).data, pixels);
  const planes = { ...image, planarConfiguration: 1 as const };
  assertEquals((await decodeFrame(pixels, planes)).data, Uint8Array.of(1, 4, 7, 2, 5, 8, 3, 6, 9));
});

Deno.test("A Node buffer, whose slice is no copy, is left as it is wherever it lies in its memory", async () => {
  for (const transferSyntaxUID of ["1.2.840.10008.1.2.1", BIG_ENDIAN]) {
    const given = { rows: 2, columns: 2, bitsAllocated: 16, bitsStored: 12, highBit: 11 };
    const description = sampleDescription({ ...given, pixelRepresentation: 1, transferSyntaxUID });
    const cells = Uint8Array.from([1, 0xf8, 2, 0xf7, 3, 0x18, 0xff, 0xff]);
    const { data: expected } = await decodeFrame(cells, description);
    for (const start of [0, 1, 2, 3]) {
      const buffer = Buffer.concat([Buffer.alloc(start), cells]).subarray(start);
      assertEquals((await decodeFrame(buffer, description)).data, expected);
      assertEquals(new Uint8Array(buffer), cells);
    }
  }
});
