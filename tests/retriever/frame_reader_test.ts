import { assertEquals, assertRejects } from "@std/assert";
import type { ImageDescription } from "@dicom/series-preview/dicom";
import { FrameReader, type PixelSource, type StoreReply } from "@dicom/series-preview/retriever";
import { DecodeError, NetworkError, ObjectChangedError } from "../../errors.ts";
import { wholeHeader } from "../dicom/header_facts.ts";
import { sampleDescription } from "../dicom/sample_description.ts";
import { sampleElements } from "../dicom/sample_instances.ts";
import {
  DEFLATED,
  element,
  RLE,
  writeFragments,
  writeInstance,
} from "../support/dicom_fixtures.ts";
import { CountingStore } from "./counting_store.ts";

/** Four frames of 12 bytes. */
const PIXELS = Uint8Array.from({ length: 48 }, (_, i) => i);
const FRAMES = [0, 1, 2, 3].map((frame) => PIXELS.slice(frame * 12, frame * 12 + 12));
const NATIVE = sampleDescription({ numberOfFrames: 4 });
const ENCAPSULATED = sampleDescription({ numberOfFrames: 4, transferSyntaxUID: RLE });
const DEFLATED_FRAMES = sampleDescription({ numberOfFrames: 4, transferSyntaxUID: DEFLATED });

const nativeObject = writeInstance([...sampleElements(), element(0x7fe00010, "OW", PIXELS)]);
const deflatedObject = writeInstance([...sampleElements(), element(0x7fe00010, "OW", PIXELS)], {
  transferSyntaxUID: DEFLATED,
});
const encapsulatedObject = writeInstance([
  ...sampleElements(),
  element(0x7fe00010, "OB", writeFragments(FRAMES, [0, 20, 40, 60]), { undefinedLength: true }),
], { transferSyntaxUID: RLE });

/** Where an object's pixels are, as the index would know it. */
function sourceOf(object: Uint8Array, given: Partial<PixelSource> = {}): PixelSource {
  const { pixelData } = wholeHeader(object);
  const offset = pixelData!.offset;
  return {
    url: "memory:a",
    key: "a",
    fileSize: object.length,
    pixelOffset: offset,
    pixelLength: pixelData!.length ?? (offset === null ? null : object.length - offset),
    etag: null,
    ...given,
  };
}

/** A reader over one object, and the store that counts its reads. */
function readerOf(
  object: Uint8Array,
  change?: (reply: StoreReply) => StoreReply,
): { store: CountingStore; reader: FrameReader } {
  const store = new CountingStore(new Map([["a", object]]), change);
  return { store, reader: new FrameReader(store) };
}

Deno.test("A native frame is one request for just its bytes", async () => {
  const { store, reader } = readerOf(nativeObject);
  const source = sourceOf(nativeObject);
  for (const frame of [2, 0, 3, 1]) {
    assertEquals(await reader.read(source, NATIVE, frame), { bytes: FRAMES[frame]!, bitOffset: 0 });
  }
  const offset = source.pixelOffset!;
  assertEquals(store.reads.map((read) => [read.offset - offset, read.length]), [
    [24, 12],
    [0, 12],
    [36, 12],
    [12, 12],
  ]);
});

Deno.test("Frames of one bit tell the bits to pass over", async () => {
  const object = writeInstance([...sampleElements(), element(0x7fe00010, "OB", PIXELS)]);
  const { reader } = readerOf(object);
  const bits = sampleDescription({
    bitsAllocated: 1,
    bitsStored: 1,
    highBit: 0,
    numberOfFrames: 20,
  });
  const read = (frame: number) => reader.read(sourceOf(object), bits, frame);
  assertEquals(await read(0), { bytes: PIXELS.slice(0, 1), bitOffset: 0 });
  // Six bits a frame: the second one takes the last two of a byte.
  assertEquals(await read(1), { bytes: PIXELS.slice(0, 2), bitOffset: 6 });
  assertEquals(await read(4), { bytes: PIXELS.slice(3, 4), bitOffset: 0 });
});

Deno.test("Encapsulated frames of an instance take one request for all of them", async () => {
  const { store, reader } = readerOf(encapsulatedObject);
  const source = sourceOf(encapsulatedObject);
  const read = (frame: number) => reader.read(source, ENCAPSULATED, frame);
  const frames = await Promise.all([3, 1, 0, 2, 1].map(read));
  assertEquals(frames.map(({ bytes }) => bytes), [3, 1, 0, 2, 1].map((frame) => FRAMES[frame]!));
  assertEquals(await read(2), { bytes: FRAMES[2]!, bitOffset: 0 });
  assertEquals(store.reads.length, 1);
});

Deno.test("A deflated instance is read once for all of its frames", async () => {
  const { store, reader } = readerOf(deflatedObject);
  const source = sourceOf(deflatedObject);
  const frames = await Promise.all(
    [0, 1, 2, 3].map((frame) => reader.read(source, DEFLATED_FRAMES, frame)),
  );
  assertEquals(frames.map(({ bytes }) => bytes), FRAMES);
  assertEquals(store.reads.length, 1);
});

Deno.test("A read that failed, or was aborted, is made again when it is asked for again", async () => {
  for (
    const [object, description] of [
      [encapsulatedObject, ENCAPSULATED],
      [deflatedObject, DEFLATED_FRAMES],
    ] as const
  ) {
    let failures = 1;
    const { store, reader } = readerOf(object, (reply) => {
      if (failures-- > 0) throw new NetworkError("the host failed");
      return reply;
    });
    const source = sourceOf(object);
    const signal = AbortSignal.abort(new Error("enough"));
    await assertRejects(() => reader.read(source, description, 1, { signal }), Error, "enough");
    await assertRejects(() => reader.read(source, description, 1), NetworkError);
    assertEquals((await reader.read(source, description, 1)).bytes, FRAMES[1]);
    assertEquals((await reader.read(source, description, 2)).bytes, FRAMES[2]);
    assertEquals(store.reads.length, 3);
  }
});

Deno.test("The ETag first seen is asked for, and another object is an error", async () => {
  for (
    const [object, description] of [
      [nativeObject, NATIVE],
      [encapsulatedObject, ENCAPSULATED],
      [deflatedObject, DEFLATED_FRAMES],
    ] as const
  ) {
    const { store, reader } = readerOf(object);
    const source = sourceOf(object, { etag: '"other"' });
    await assertRejects(() => reader.read(source, description, 0), ObjectChangedError);
    assertEquals(store.reads[0]?.etag, '"other"');
  }
});

Deno.test("An object of another size than the index knows is an error", async () => {
  const { reader } = readerOf(nativeObject);
  const source = sourceOf(nativeObject, { fileSize: nativeObject.length + 2 });
  const error = await assertRejects(() => reader.read(source, NATIVE, 0), ObjectChangedError);
  assertEquals(error.address, "memory:a");
});

Deno.test("A frame beyond the pixel data or the object is an error before any request", async () => {
  const { store, reader } = readerOf(nativeObject);
  const short = sourceOf(nativeObject, { pixelLength: 47 });
  await assertRejects(() => reader.read(short, NATIVE, 3), DecodeError, "48 of pixel data");
  const cut = sourceOf(nativeObject, { fileSize: nativeObject.length - 1 });
  await assertRejects(() => reader.read(cut, NATIVE, 3), DecodeError, "is cut");
  for (const frame of [4, -1]) {
    const beyond = () => reader.read(sourceOf(nativeObject), NATIVE, frame);
    await assertRejects(beyond, DecodeError, "no frame");
  }
  assertEquals(store.reads, []);
});

Deno.test("A frame that an encapsulated or deflated instance does not have is an error", async () => {
  for (
    const [object, description] of [
      [encapsulatedObject, ENCAPSULATED],
      [deflatedObject, DEFLATED_FRAMES],
    ] as const
  ) {
    const { reader } = readerOf(object);
    const error = await assertRejects(
      () => reader.read(sourceOf(object), description, 4),
      DecodeError,
      "no frame 4 among 4",
    );
    assertEquals(error.address, "memory:a");
  }
});

Deno.test("An object that ends inside its frame is an error", async () => {
  const { reader } = readerOf(nativeObject.slice(0, -5));
  const source = sourceOf(nativeObject, { fileSize: null });
  await assertRejects(() => reader.read(source, NATIVE, 3), DecodeError, "is cut");
  const silent = readerOf(nativeObject.slice(0, -5), (reply) => ({ ...reply, totalSize: null }));
  const error = await assertRejects(() => silent.reader.read(source, NATIVE, 3), DecodeError);
  assertEquals(error.address, "memory:a");
});

Deno.test("Fragments that are cut are an error with the address", async () => {
  const cut = encapsulatedObject.slice(0, -20);
  const { reader } = readerOf(cut);
  const source = sourceOf(encapsulatedObject, {
    fileSize: cut.length,
    pixelLength: cut.length - sourceOf(encapsulatedObject).pixelOffset!,
  });
  const error = await assertRejects(() => reader.read(source, ENCAPSULATED, 0), DecodeError, "cut");
  assertEquals(error.address, "memory:a");
});

Deno.test("Pixels of undefined length are read to the end of the object, known or not", async () => {
  for (const given of [{}, { pixelLength: null }, { pixelLength: null, fileSize: null }]) {
    const { store, reader } = readerOf(encapsulatedObject);
    const source = sourceOf(encapsulatedObject, given);
    assertEquals((await reader.read(source, ENCAPSULATED, 3)).bytes, FRAMES[3]);
    assertEquals(store.reads.length, 1);
  }
});

Deno.test("Instances of one frame are not kept", async () => {
  const object = writeInstance([
    ...sampleElements(),
    element(0x7fe00010, "OB", writeFragments(FRAMES.slice(0, 2)), { undefinedLength: true }),
  ], { transferSyntaxUID: RLE });
  const { store, reader } = readerOf(object);
  const single: ImageDescription = { ...ENCAPSULATED, numberOfFrames: 1 };
  for (let time = 0; time < 2; time++) {
    const { bytes } = await reader.read(sourceOf(object), single, 0);
    assertEquals(bytes, PIXELS.slice(0, 24));
  }
  assertEquals(store.reads.length, 2);
});

Deno.test("Whole pixel data is kept up to a bound, of the instances read last", async () => {
  const names = ["a", "b", "c"];
  const store = new CountingStore(new Map(names.map((name) => [name, encapsulatedObject])));
  const source = sourceOf(encapsulatedObject);
  const reader = new FrameReader(store, { maxKeptBytes: 2 * source.pixelLength! });
  const read = (name: string) =>
    reader.read({ ...source, url: `memory:${name}`, key: name }, ENCAPSULATED, 0);
  for (const name of ["a", "b", "a", "b", "c", "b", "c", "a", "c"]) await read(name);
  assertEquals(store.reads.map(({ key }) => key), ["a", "b", "c", "a"]);
});
