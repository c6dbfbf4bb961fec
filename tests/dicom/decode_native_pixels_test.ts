import { assertEquals, assertRejects } from "@std/assert";
import { decodePixels } from "@dicom/series-preview/dicom";
import fc from "fast-check";
import { deflateRaw } from "pako";
import { DecodeError } from "../../errors.ts";
import {
  BIG_ENDIAN,
  DEFLATED,
  element,
  EXPLICIT,
  IMPLICIT,
  RLE,
  writeFragments,
} from "../support/dicom_fixtures.ts";
import { writeCells } from "../support/write_cells.ts";
import { type ImageForm, writeImage } from "../support/write_image.ts";

const ENCAPSULATED = "1.2.840.10008.1.2.1.98";
const DEFLATED_FRAMES = "1.2.840.10008.1.2.8.1";

const pixels = (vr: "OB" | "OW", bytes: Uint8Array | readonly number[]) =>
  element(0x7fe00010, vr, Uint8Array.from(bytes));
const fragments = (frames: readonly Uint8Array[], table: readonly number[] = []) =>
  element(0x7fe00010, "OB", writeFragments(frames, table), { undefinedLength: true });

/** Any native image of few pixels, and how its cells are written. */
const images = fc.record({
  rows: fc.integer({ min: 1, max: 4 }),
  columns: fc.integer({ min: 1, max: 5 }),
  frames: fc.integer({ min: 1, max: 4 }),
  samples: fc.constantFrom(1, 3),
  allocated: fc.constantFrom(1, 8, 16, 32),
  signed: fc.boolean(),
  planar: fc.constantFrom(0 as const, 1 as const),
  subsampled: fc.boolean(),
  vr: fc.constantFrom("OB" as const, "OW" as const),
  transferSyntaxUID: fc.constantFrom(IMPLICIT, EXPLICIT, BIG_ENDIAN, DEFLATED, ENCAPSULATED),
  depth: fc.nat(31),
  height: fc.nat(31),
}).map(({ depth, height, subsampled, ...image }) => {
  const { allocated, samples, columns } = image;
  const stored = 1 + depth % allocated;
  const highBit = stored - 1 + height % (allocated - stored + 1);
  const shared = subsampled && samples === 3 && allocated === 8 && columns % 2 === 0;
  return {
    ...image,
    ...{ stored, highBit },
    signed: image.signed && allocated > 1 && !shared,
    planar: shared ? 0 as const : image.planar,
    photometric: shared ? "YBR_FULL_422" : samples === 3 ? "RGB" : "MONOCHROME2",
  };
});

type Image = ReturnType<typeof images["generate"]>["value"];

/** The samples of a frame in stored order, from those interleaved. */
function inStoredOrder(frame: readonly number[], image: Image): number[] {
  const { samples, planar, photometric } = image;
  const sample = (pixel: number, which: number) => frame[pixel * samples + which]!;
  const count = frame.length / samples;
  const all = Array.from({ length: count }, (_, pixel) => pixel);
  if (photometric === "YBR_FULL_422") {
    return all.filter((pixel) => pixel % 2 === 0).flatMap((pixel) => [
      sample(pixel, 0),
      sample(pixel + 1, 0),
      sample(pixel, 1),
      sample(pixel, 2),
    ]);
  }
  if (planar === 0) return [...frame];
  const planes = Array.from({ length: samples }, (_, which) => which);
  return planes.flatMap((which) => all.map((pixel) => sample(pixel, which)));
}

/** Frames of random stored values, of which two pixels share their chroma where it is subsampled. */
function randomFrames(image: Image, next: () => number): number[][] {
  const { rows, columns, frames, samples, stored, signed, photometric } = image;
  const least = signed ? -(2 ** (stored - 1)) : 0;
  return Array.from({ length: frames }, () => {
    const frame = Array.from(
      { length: rows * columns * samples },
      () => least + next() % 2 ** stored,
    );
    if (photometric !== "YBR_FULL_422") return frame;
    return frame.map((value, i) => i % 3 === 0 ? value : frame[i - i % 6 + i % 3]!);
  });
}

Deno.test("Any native image decodes to the values that were written, in whatever order of frames", async () => {
  const numbers = fc.infiniteStream(fc.nat(2 ** 32 - 1));
  await fc.assert(
    fc.asyncProperty(images, numbers, async (image, stream) => {
      const next = () => stream.next().value;
      const frames = randomFrames(image, next);
      const littleEndian = image.transferSyntaxUID !== BIG_ENDIAN;
      const write = (values: readonly number[]) =>
        writeCells(values, { ...image, littleEndian }, () => next() & 1 ? 1 : 0);
      const stored = frames.map((frame) => inStoredOrder(frame, image));
      const value = image.transferSyntaxUID === ENCAPSULATED
        ? fragments(stored.map(write))
        : pixels(image.vr, write(stored.flat()));
      const object = writeImage(value, image);
      const whole = await decodePixels(object, { swapWords: true });
      assertEquals([...whole.data], frames.flat());
      assertEquals([whole.rows, whole.columns], [image.rows, image.columns]);
      assertEquals([whole.samplesPerPixel, whole.frames], [image.samples, image.frames]);
      const chosen = Array.from({ length: 3 }, () => next() % image.frames);
      const some = await decodePixels(object, { frames: chosen, swapWords: true });
      assertEquals([...some.data], chosen.flatMap((frame) => frames[frame]!));
      assertEquals(some.frames, 3);
      assertEquals(some.data.constructor, whole.data.constructor);
    }),
    { seed: 4, numRuns: 600 },
  );
});

/** Three frames of three pixels, so that the second begins inside a word. */
const odd = { rows: 1, columns: 3, frames: 3, allocated: 8, transferSyntaxUID: BIG_ENDIAN };

Deno.test("Bytes of OW in big endian come in words of two, over all frames, and those of OB do not", async () => {
  const inWords = writeImage(pixels("OW", [2, 1, 4, 3, 6, 5, 8, 7, 0, 9]), odd);
  const inBytes = writeImage(pixels("OB", [1, 2, 3, 4, 5, 6, 7, 8, 9]), odd);
  const unknown = writeImage({ ...pixels("OB", [1, 2, 3, 4, 5, 6, 7, 8, 9]), vr: "UN" }, odd);
  for (const object of [inWords, inBytes, unknown]) {
    assertEquals(
      (await decodePixels(object, { swapWords: true })).data,
      Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9),
    );
    const some = await decodePixels(object, { frames: [2, 1], swapWords: true });
    assertEquals(some.data, Uint8Array.of(7, 8, 9, 4, 5, 6));
  }
});

Deno.test("Bytes of OW in big endian come as they lie unless their words are asked for", async () => {
  const object = writeImage(pixels("OW", [2, 1, 4, 3, 6, 5, 8, 7, 0, 9]), odd);
  assertEquals((await decodePixels(object)).data, Uint8Array.of(2, 1, 4, 3, 6, 5, 8, 7, 0));
  const { data } = await decodePixels(object, { frames: [1] });
  assertEquals(data, Uint8Array.of(3, 6, 5));
});

Deno.test("A frame whose last word is cut is an error, the ones before it are not", async () => {
  const whole = writeImage(pixels("OW", [2, 1, 4, 3, 6, 5, 8, 7, 0, 9]), odd);
  const cut = whole.slice(0, -1);
  const last = () => decodePixels(cut, { frames: [2], swapWords: true });
  await assertRejects(last, DecodeError, "frame 2 ends at byte 10, the data at 9");
  const before = await decodePixels(cut, { frames: [1, 0], swapWords: true });
  assertEquals(before.data, Uint8Array.of(4, 5, 6, 1, 2, 3));
});

Deno.test("Bits of OW in big endian come in words of two bytes", async () => {
  // Six bits a frame, the first one lowest: 100101, 011110, 110010.
  const form = { allocated: 1, frames: 3, transferSyntaxUID: BIG_ENDIAN };
  const bytes = [0b10101001, 0b00110111, 0b01];
  const [a, b, c] = bytes as [number, number, number];
  for (const value of [pixels("OB", [a, b, c]), pixels("OW", [b, a, 0, c])]) {
    assertEquals(
      (await decodePixels(writeImage(value, form), { frames: [2, 0, 1] })).data,
      Uint8Array.of(1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 0),
    );
  }
});

Deno.test("Big endian cells of more than a byte are read whole, in OB as in OW", async () => {
  for (const vr of ["OB", "OW"] as const) {
    const form = { rows: 1, columns: 2, transferSyntaxUID: BIG_ENDIAN };
    const short = writeImage(pixels(vr, [1, 2, 3, 4]), form);
    assertEquals((await decodePixels(short)).data, Uint16Array.of(0x0102, 0x0304));
    const long = writeImage(pixels(vr, [1, 2, 3, 4, 0xff, 0, 0, 1]), { ...form, allocated: 32 });
    assertEquals((await decodePixels(long)).data, Uint32Array.of(0x01020304, 0xff000001));
  }
});

Deno.test("Float and double float pixel data is read in big endian too, frame by frame", async () => {
  const numbers = [0.1, -1e300, 2 ** -30, 5];
  for (const [tag, vr, size] of [[0x7fe00008, "OF", 4], [0x7fe00009, "OD", 8]] as const) {
    const view = new DataView(new ArrayBuffer(numbers.length * size));
    numbers.forEach((number, i) =>
      size === 4 ? view.setFloat32(i * 4, number) : view.setFloat64(i * 8, number)
    );
    const form = { rows: 1, columns: 2, frames: 2, allocated: size * 8 };
    const value = element(tag, vr, new Uint8Array(view.buffer));
    const object = writeImage(value, { ...form, transferSyntaxUID: BIG_ENDIAN });
    const { data } = await decodePixels(object, { frames: [1, 0] });
    const expected = [...numbers.slice(2), ...numbers.slice(0, 2)];
    assertEquals(data, size === 4 ? Float32Array.from(expected) : Float64Array.from(expected));
  }
});

Deno.test("Values may lie anywhere in their cells, with overlays above and below", async () => {
  const cases: [ImageForm, number[], number[]][] = [
    [{ stored: 12, highBit: 15 }, [0xabc5, 0x123f], [0xabc, 0x123]],
    [{ stored: 12, highBit: 15, signed: true }, [0xabc5, 0x123f], [0xabc - 0x1000, 0x123]],
    [{ stored: 12, highBit: 13 }, [0xeabf, 0x448f], [0xaaf, 0x123]],
    [{ stored: 12, signed: true }, [0xf7ff, 0x5800], [2047, -2048]],
    [{ stored: 1 }, [0xfffe, 0x0001], [0, 1]],
    [{ stored: 1, highBit: 15 }, [0x7fff, 0x8000], [0, 1]],
    [{ stored: 1, highBit: 15, signed: true }, [0x7fff, 0x8000], [0, -1]],
  ];
  for (const [form, words, expected] of cases) {
    const value = element(0x7fe00010, "OW", words);
    const { data } = await decodePixels(writeImage(value, { rows: 1, columns: 2, ...form }));
    assertEquals([...data], expected, JSON.stringify(form));
  }
  const bits = { rows: 1, columns: 2, allocated: 8, stored: 1 };
  const low = await decodePixels(writeImage(pixels("OB", [0xfe, 0x03]), bits));
  assertEquals(low.data, Uint8Array.of(0, 1));
});

Deno.test("YBR_FULL by plane comes interleaved, and not as RGB", async () => {
  const form = { rows: 1, columns: 3, frames: 2, samples: 3, allocated: 8, planar: 1 } as const;
  const planes = [1, 2, 3, 11, 12, 13, 21, 22, 23, 4, 5, 6, 14, 15, 16, 24, 25, 26];
  const object = writeImage(pixels("OB", planes), { ...form, photometric: "YBR_FULL" });
  assertEquals(
    [...(await decodePixels(object)).data],
    [1, 11, 21, 2, 12, 22, 3, 13, 23, 4, 14, 24, 5, 15, 25, 6, 16, 26],
  );
});

Deno.test("Indices of a palette of 16 bits come as they are", async () => {
  for (const transferSyntaxUID of [IMPLICIT, EXPLICIT, BIG_ENDIAN, DEFLATED]) {
    const value = element(0x7fe00010, "OW", [0, 1, 255, 256, 40_000, 65_535]);
    const form = { photometric: "PALETTE COLOR", transferSyntaxUID };
    const { data, samplesPerPixel } = await decodePixels(writeImage(value, form));
    assertEquals(data, Uint16Array.of(0, 1, 255, 256, 40_000, 65_535));
    assertEquals(samplesPerPixel, 1);
  }
});

Deno.test("What pads native pixel data, or follows it, is of no frame", async () => {
  const form = { ...odd, transferSyntaxUID: EXPLICIT };
  for (const rest of [[], [0], [0, 99, 99]]) {
    const object = writeImage(pixels("OB", [1, 2, 3, 4, 5, 6, 7, 8, 9, ...rest]), form);
    const { data } = await decodePixels(object, { frames: [2] });
    assertEquals(data, Uint8Array.of(7, 8, 9));
  }
});

Deno.test("YBR_FULL_422 cannot be of an odd width, unless it is not subsampled", async () => {
  const form = { ...odd, samples: 3, photometric: "YBR_FULL_422", transferSyntaxUID: EXPLICIT };
  const whole = Array.from({ length: 27 }, (_, i) => i);
  assertEquals([...(await decodePixels(writeImage(pixels("OB", whole), form))).data], whole);
  const subsampled = writeImage(pixels("OB", whole.slice(0, 18)), form);
  await assertRejects(() => decodePixels(subsampled), DecodeError, "3 columns, an odd number");
});

Deno.test("Subsampled chroma is repeated for both pixels of a pair, full or partial", async () => {
  for (const photometric of ["YBR_FULL_422", "YBR_PARTIAL_422"]) {
    const form = { rows: 1, columns: 4, samples: 3, allocated: 8, photometric };
    const object = writeImage(pixels("OB", [1, 2, 10, 20, 3, 4, 30, 40]), form);
    assertEquals(
      [...(await decodePixels(object)).data],
      [1, 10, 20, 2, 10, 20, 3, 30, 40, 4, 30, 40],
    );
  }
});

Deno.test("YBR_FULL_422 that is cut is not taken for subsampled", async () => {
  const form = { rows: 2, columns: 2, samples: 3, allocated: 8, photometric: "YBR_FULL_422" };
  const object = writeImage(pixels("OB", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]), form);
  await assertRejects(() => decodePixels(object.slice(0, -4)), DecodeError, "is cut");
});

/** Three frames of six bits. */
const bitFrames = [[1, 0, 0, 1, 0, 1], [0, 1, 1, 1, 1, 0], [1, 1, 0, 0, 1, 0]];
const bitBytes = [0b101001, 0b011110, 0b010011];

Deno.test("Frames of one bit follow each other in a deflated dataset, and begin at bytes in fragments", async () => {
  const form = { allocated: 1, frames: 3 };
  const packed = pixels("OB", [0b10101001, 0b00110111, 0b01]);
  const own = bitBytes.map((byte) => Uint8Array.of(byte));
  const objects = [
    writeImage(packed, { ...form, transferSyntaxUID: DEFLATED }),
    writeImage(fragments(own), { ...form, transferSyntaxUID: ENCAPSULATED }),
    writeImage(fragments(own, [0, 10, 20]), { ...form, transferSyntaxUID: ENCAPSULATED }),
    writeImage(fragments(own.map((each) => deflateRaw(each))), {
      ...form,
      transferSyntaxUID: DEFLATED_FRAMES,
    }),
  ];
  for (const object of objects) {
    assertEquals([...(await decodePixels(object)).data], bitFrames.flat());
    const { data } = await decodePixels(object, { frames: [2, 0] });
    assertEquals([...data], [...bitFrames[2]!, ...bitFrames[0]!]);
  }
});

const nine = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);
const threes = [0, 3, 6].map((start) => nine.slice(start, start + 3));

Deno.test("Frames of an odd number of bytes come by fragment, deflated or not", async () => {
  const form = { ...odd, transferSyntaxUID: ENCAPSULATED };
  const deflated = threes.map((frame) => deflateRaw(frame));
  for (
    const object of [
      writeImage(fragments(threes), form),
      writeImage(
        fragments(threes.flatMap((each) => [each.slice(0, 2), each.slice(2)]), [0, 20, 40]),
        form,
      ),
      writeImage(fragments(deflated), { ...form, transferSyntaxUID: DEFLATED_FRAMES }),
    ]
  ) {
    assertEquals((await decodePixels(object)).data, nine);
    const some = await decodePixels(object, { frames: [1] });
    assertEquals(some.data, Uint8Array.of(4, 5, 6));
  }
});

Deno.test("Pixel data that is native in a compressed syntax is read as it is", async () => {
  for (const transferSyntaxUID of [RLE, "1.2.840.10008.1.2.4.50", ENCAPSULATED, DEFLATED_FRAMES]) {
    const object = writeImage(pixels("OB", nine), { ...odd, transferSyntaxUID });
    assertEquals((await decodePixels(object)).data, nine);
    await assertRejects(() => decodePixels(object.slice(0, -3)), DecodeError, "is cut");
    const short = writeImage(pixels("OB", nine.slice(0, 7)), { ...odd, transferSyntaxUID });
    await assertRejects(() => decodePixels(short), DecodeError, "no fragment");
  }
});

Deno.test("Fragments in a native syntax are read as frames", async () => {
  for (const transferSyntaxUID of [EXPLICIT, IMPLICIT, DEFLATED]) {
    for (const table of [[], [0, 12, 24]]) {
      const object = writeImage(fragments(threes, table), { ...odd, transferSyntaxUID });
      assertEquals((await decodePixels(object)).data, nine, transferSyntaxUID);
    }
    const one = writeImage(fragments([nine]), { ...odd, transferSyntaxUID });
    await assertRejects(() => decodePixels(one), DecodeError, "cannot be told into 3 frames");
  }
});

Deno.test("Cells of a size that is not read are refused by it", async () => {
  for (const allocated of [4, 12, 24, 40]) {
    const object = writeImage(pixels("OW", new Uint8Array(240)), { allocated });
    await assertRejects(
      () => decodePixels(object),
      DecodeError,
      `cells of ${allocated} bits (Bits Allocated) cannot be read, only of 1, 8, 16 or 32`,
    );
  }
  const object = writeImage(pixels("OW", new Uint8Array(48)), { allocated: 64 });
  await assertRejects(() => decodePixels(object), DecodeError, "integer pixels of 64 bits");
});
