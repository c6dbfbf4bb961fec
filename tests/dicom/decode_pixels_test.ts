import { assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { decodePixels, type PixelArray } from "@dicom/series-preview/dicom";
import {
  DecodeError,
  InvalidHeaderError,
  LimitError,
  NoImageError,
  NotDicomError,
  UnsupportedTransferSyntaxError,
  UsageError,
} from "../../errors.ts";
import {
  BIG_ENDIAN,
  DEFLATED,
  element,
  type ElementSpec,
  EXPLICIT,
  IMPLICIT,
  RLE,
  writeFragments,
  writeInstance,
} from "../support/dicom_fixtures.ts";
import { type ImageForm, writeImage as image } from "../support/write_image.ts";
import { encodeRle } from "./encode_rle.ts";

const words = (...values: number[]) => element(0x7fe00010, "OW", values);
const bytes = (...values: number[]) => element(0x7fe00010, "OB", Uint8Array.from(values));
const raw = (array: PixelArray) =>
  element(0x7fe00010, "OW", new Uint8Array(array.buffer as ArrayBuffer));
const fragments = (frames: readonly Uint8Array[], table: readonly number[] = []) =>
  element(0x7fe00010, "OB", writeFragments(frames, table), { undefinedLength: true });

Deno.test("Stored values come as they are, with nothing applied, in every native syntax", async () => {
  for (const transferSyntaxUID of [IMPLICIT, EXPLICIT, BIG_ENDIAN, DEFLATED]) {
    const object = image(words(1, 2, 3, 4, 5, 40_000), { transferSyntaxUID });
    assertEquals(await decodePixels(object), {
      data: Uint16Array.of(1, 2, 3, 4, 5, 40_000),
      rows: 2,
      columns: 3,
      samplesPerPixel: 1,
      frames: 1,
    });
  }
});

Deno.test("Values are in the smallest typed array for their bits stored and sign", async () => {
  const data = async (pixels: ElementSpec, form: ImageForm) =>
    (await decodePixels(image(pixels, { rows: 1, columns: 2, ...form }))).data;
  assertEquals(await data(words(255, 7), { stored: 8 }), Uint8Array.of(255, 7));
  assertEquals(await data(words(0xff, 7), { stored: 8, signed: true }), Int8Array.of(-1, 7));
  assertEquals(await data(words(511, 7), { stored: 9 }), Uint16Array.of(511, 7));
  assertEquals(await data(words(0xfff, 7), { stored: 12, signed: true }), Int16Array.of(-1, 7));
  assertEquals(await data(bytes(0b10), { allocated: 1 }), Uint8Array.of(0, 1));
  const wide = Uint32Array.of(2 ** 32 - 1, 7);
  assertEquals(await data(raw(wide), { allocated: 32 }), wide);
  assertEquals(await data(raw(wide), { allocated: 32, signed: true }), Int32Array.of(-1, 7));
  const few = { allocated: 32, stored: 12 };
  assertEquals(await data(raw(Uint32Array.of(4095, 7)), few), Uint16Array.of(4095, 7));
});

Deno.test("Float and double float pixel data come as they are", async () => {
  for (
    const [tag, vr, data] of [
      [0x7fe00008, "OF", Float32Array.of(0.5, -1.5)],
      [0x7fe00009, "OD", Float64Array.of(0.1, 1e300)],
    ] as const
  ) {
    const object = writeInstance([
      element(0x00080060, "CS", "OT"),
      element(0x00280010, "US", [1]),
      element(0x00280011, "US", [2]),
      element(0x00280100, "US", [data.BYTES_PER_ELEMENT * 8]),
      element(tag, vr, new Uint8Array(data.buffer)),
    ]);
    assertEquals((await decodePixels(object)).data, data);
  }
});

Deno.test("Color is interleaved, whatever its planes, and chroma is repeated", async () => {
  const form = { rows: 1, columns: 2, samples: 3, allocated: 8 };
  const planes = image(bytes(1, 2, 3, 4, 5, 6), { ...form, photometric: "RGB", planar: 1 });
  const { data, samplesPerPixel } = await decodePixels(planes);
  assertEquals([data, samplesPerPixel], [Uint8Array.of(1, 3, 5, 2, 4, 6), 3]);
  const shared = image(bytes(10, 20, 30, 40), { ...form, photometric: "YBR_FULL_422" });
  assertEquals((await decodePixels(shared)).data, Uint8Array.of(10, 30, 40, 20, 30, 40));
  const rle = image(
    fragments([encodeRle(Uint8Array.of(1, 2), Uint8Array.of(3, 4), Uint8Array.of(5, 6))]),
    { ...form, photometric: "YBR_FULL", transferSyntaxUID: RLE },
  );
  assertEquals((await decodePixels(rle)).data, Uint8Array.of(1, 3, 5, 2, 4, 6));
});

const frames = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]].map((each) => Uint8Array.from(each));
const three = { rows: 2, columns: 2, frames: 3, allocated: 8 };

Deno.test("Frames come one after another, or those that are asked for in their order", async () => {
  const coded = frames.map((frame) => encodeRle(frame));
  const [one, two] = coded.map(({ length }) => length + 8) as [number, number];
  const objects = [
    image(bytes(...frames.flatMap((frame) => [...frame])), three),
    image(fragments(coded), { ...three, transferSyntaxUID: RLE }),
    image(fragments(coded, [0, one, one + two]), { ...three, transferSyntaxUID: RLE }),
    image(
      fragments(coded.flatMap((each) => [each.slice(0, 64), each.slice(64)]), [
        0,
        one + 8,
        one + two + 16,
      ]),
      { ...three, transferSyntaxUID: RLE },
    ),
  ];
  for (const object of objects) {
    assertEquals(await decodePixels(object), {
      data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
      rows: 2,
      columns: 2,
      samplesPerPixel: 1,
      frames: 3,
    });
    const some = await decodePixels(object, { frames: [2, 0] });
    assertEquals([some.data, some.frames], [Uint8Array.of(9, 10, 11, 12, 1, 2, 3, 4), 2]);
  }
});

Deno.test("Frames of one bit need not begin at a byte", async () => {
  // Six bits a frame: 100101, 011110.
  const object = image(bytes(0b10101001, 0b0111), { allocated: 1, frames: 2 });
  const { data } = await decodePixels(object, { frames: [1] });
  assertEquals(data, Uint8Array.of(0, 1, 1, 1, 1, 0));
});

Deno.test("A frame or level that is none is a usage error", async () => {
  const object = image(bytes(...frames.flatMap((frame) => [...frame])), three);
  for (const frame of [3, -1, 0.5, NaN]) {
    await assertRejects(() => decodePixels(object, { frames: [0, frame] }), UsageError, "no frame");
  }
  await assertRejects(() => decodePixels(object, { frames: [] }), UsageError, "no frame");
  for (const level of [-1, 0.5, NaN]) {
    await assertRejects(() => decodePixels(object, { level }), UsageError, "level");
  }
});

Deno.test("A format without levels comes whole", async () => {
  const object = image(words(1, 2, 3, 4, 5, 6));
  assertEquals(await decodePixels(object, { level: 2 }), await decodePixels(object));
});

Deno.test("What cannot be decoded is an error that names the address", async () => {
  const address = "memory:a";
  const fails = async (
    object: Uint8Array,
    // deno-lint-ignore no-explicit-any -- errors have constructors of their own
    kind: new (...given: any[]) => Error & { readonly address: string | null },
    says: string,
  ) => {
    const error = await assertRejects(() => decodePixels(object, { address }), kind, says);
    assertInstanceOf(error, kind);
    assertEquals(error.address, address, says);
  };
  const whole = image(words(1, 2, 3, 4, 5, 6));
  await fails(new Uint8Array(300), NotDicomError, "not DICOM");
  await fails(whole.slice(0, 300), InvalidHeaderError, "is cut");
  await fails(image(null), NoImageError, "no pixel data");
  await fails(whole.slice(0, -1), DecodeError, "is cut");
  const video = { transferSyntaxUID: "1.2.840.10008.1.2.4.102" };
  await fails(
    image(fragments([new Uint8Array(4)]), video),
    UnsupportedTransferSyntaxError,
    "video",
  );
  const two = { ...three, transferSyntaxUID: RLE };
  await fails(image(fragments(frames.slice(1)), two), DecodeError, "2 fragments");
  const huge = { rows: 65_535, columns: 8192, frames: 5 };
  await fails(image(words(1), huge), LimitError, "ask for fewer");
  await fails(image(words(1), { allocated: 16, samples: 2 }), DecodeError, "Samples per Pixel");
});

Deno.test("A call that is given up decodes nothing more", async () => {
  const object = image(bytes(...frames.flatMap((frame) => [...frame])), three);
  const signal = AbortSignal.abort(new Error("enough"));
  await assertRejects(() => decodePixels(object, { signal }), Error, "enough");
  const controller = new AbortController();
  const decoding = decodePixels(object, { signal: controller.signal });
  controller.abort(new Error("enough now"));
  await assertRejects(() => decoding, Error, "enough now");
});
