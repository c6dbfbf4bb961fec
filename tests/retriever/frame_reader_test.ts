import {
  assertEquals,
  assertGreater,
  assertInstanceOf,
  assertLess,
  assertLessOrEqual,
  assertRejects,
} from "@std/assert";
import type { ImageDescription } from "@dicom/series-preview/dicom";
import {
  type FrameBytes,
  FrameReader,
  type PixelSource,
  type StoreReply,
} from "@dicom/series-preview/retriever";
import { DecodeError, NetworkError, ObjectChangedError } from "../../errors.ts";
import { seededRandom, wholeHeader } from "../dicom/header_facts.ts";
import { sampleDescription } from "../dicom/sample_description.ts";
import { sampleElements } from "../dicom/sample_instances.ts";
import {
  DEFLATED,
  element,
  EXPLICIT,
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
const ENCAPSULATED_UNCOMPRESSED = "1.2.840.10008.1.2.1.98";
/** The frames in a fragment each. */
const encapsulatedObject = encapsulate(writeFragments(FRAMES));
/** The same with a basic offset table: a table item of 24 bytes, then four of 20. */
const tabledObject = encapsulate(writeFragments(FRAMES, [0, 20, 40, 60]));

/** What a read answers. */
function stored(bytes: Uint8Array, transferSyntaxUID = EXPLICIT, bitOffset = 0): FrameBytes {
  return { bytes, bitOffset, transferSyntaxUID };
}

function encapsulate(fragments: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeInstance([
    ...sampleElements(),
    element(0x7fe00010, "OB", fragments, { undefinedLength: true }),
  ], { transferSyntaxUID: RLE });
}

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
    assertEquals(await reader.read(source, NATIVE, frame), stored(FRAMES[frame]!));
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
  assertEquals(await read(0), stored(PIXELS.slice(0, 1)));
  // Six bits a frame: the second one takes the last two of a byte.
  assertEquals(await read(1), stored(PIXELS.slice(0, 2), EXPLICIT, 6));
  assertEquals(await read(4), stored(PIXELS.slice(3, 4)));
});

/** Where in the value of the pixel data an object was read, as offsets and lengths. */
function readsOf(store: CountingStore, source: PixelSource): number[][] {
  return store.reads.map(({ offset, length }) => [offset - source.pixelOffset!, length]);
}

Deno.test("A frame with a basic offset table is two requests, for the table and for its bytes", async () => {
  for (const last of [3, 2, 1, 0]) {
    const { store, reader } = readerOf(tabledObject);
    const source = sourceOf(tabledObject);
    const read = (frame: number) => reader.read(source, ENCAPSULATED, frame);
    assertEquals(await read(last), stored(FRAMES[last]!, RLE));
    // The last one's items end with the value, which the end of the sequence is in.
    assertEquals(readsOf(store, source), [[0, 24], [24 + last * 20, last === 3 ? 28 : 20]]);
  }
});

Deno.test("The basic offset table is read once, and no byte twice, whatever is read at once", async () => {
  const { store, reader } = readerOf(tabledObject);
  const source = sourceOf(tabledObject);
  const frames = await Promise.all(
    [3, 1, 0, 2].map((frame) => reader.read(source, ENCAPSULATED, frame)),
  );
  assertEquals(frames.map(({ bytes }) => bytes), [3, 1, 0, 2].map((frame) => FRAMES[frame]!));
  assertEquals(store.reads.length, 5);
  assertEquals(store.bytes, source.pixelLength!);
});

Deno.test("One frame of thirty is two requests for no more than the table and its bytes", async () => {
  const description = { ...ENCAPSULATED, numberOfFrames: 30 };
  const fragments = Array.from(
    { length: 30 },
    (_, frame) => new Uint8Array(1000 + 2 * frame).fill(frame),
  );
  let next = 0;
  const table = fragments.map((bytes) => (next += 8 + bytes.length) - 8 - bytes.length);
  const object = encapsulate(writeFragments(fragments, table));
  for (const frame of [0, 17, 28]) {
    const { store, reader } = readerOf(object);
    const { bytes } = await reader.read(sourceOf(object), description, frame);
    assertEquals(bytes, fragments[frame]!);
    assertEquals(store.reads.length, 2);
    assertEquals(store.bytes, 8 + 4 * 30 + 8 + bytes.length);
  }
});

Deno.test("The fragments of a frame are joined", async () => {
  const [a, b, c, d] = FRAMES as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  const object = encapsulate(writeFragments([a, b, c, d], [0, 40]));
  const { store, reader } = readerOf(object);
  const source = sourceOf(object);
  const two = { ...ENCAPSULATED, numberOfFrames: 2 };
  assertEquals((await reader.read(source, two, 0)).bytes, PIXELS.slice(0, 24));
  assertEquals((await reader.read(source, two, 1)).bytes, PIXELS.slice(24));
  assertEquals(readsOf(store, source), [[0, 16], [16, 40], [56, 48]]);
});

Deno.test("With an Extended Offset Table a frame is one request for its item", async () => {
  const { store, reader } = readerOf(encapsulatedObject);
  const plain = sourceOf(encapsulatedObject);
  const source = {
    ...plain,
    frameOffsets: [16, 36, 56, 76].map((offset) => plain.pixelOffset! + offset),
    frameLengths: [12, 12, 12, 12],
  };
  for (const frame of [2, 0]) {
    assertEquals((await reader.read(source, ENCAPSULATED, frame)).bytes, FRAMES[frame]);
  }
  assertEquals(readsOf(store, source), [[48, 20], [8, 20]]);
});

Deno.test("A length of the Extended Offset Table that leaves out the pad byte is as good", async () => {
  const odd = [Uint8Array.of(1, 2, 3), Uint8Array.of(4, 5, 6, 7, 8)];
  const object = encapsulate(writeFragments(odd));
  const { store, reader } = readerOf(object);
  const plain = sourceOf(object);
  const source = {
    ...plain,
    frameOffsets: [16, 28].map((offset) => plain.pixelOffset! + offset),
    frameLengths: [3, 5],
  };
  const two = { ...ENCAPSULATED, numberOfFrames: 2 };
  assertEquals((await reader.read(source, two, 1)).bytes, Uint8Array.of(4, 5, 6, 7, 8, 0));
  assertEquals(readsOf(store, source), [[20, 14]]);
});

Deno.test("Where a table is not true the whole value tells the frames, once for all", async () => {
  const wrong = (table: readonly number[]) => encapsulate(writeFragments(FRAMES, table));
  const base = sourceOf(encapsulatedObject).pixelOffset!;
  const lies = {
    "a table that goes back": [wrong([0, 40, 20, 60]), null],
    "a table that stands still": [wrong([0, 0, 0, 0]), null],
    "a table that ends beyond the value": [wrong([0, 20, 40, 2 ** 31]), null],
    "a table that points between the items": [wrong([0, 21, 42, 63]), null],
    "a table of another count": [wrong([0]), null],
    "extended offsets without the items' heads": [encapsulatedObject, [8, 28, 48, 68]],
    "extended offsets beyond the value": [encapsulatedObject, [16, 36, 56, 2 ** 40]],
  } as const;
  for (const [what, [object, offsets]] of Object.entries(lies)) {
    const { store, reader } = readerOf(object);
    const source = sourceOf(object, {
      frameOffsets: offsets?.map((offset) => base + offset) ?? null,
      frameLengths: offsets?.map(() => 12) ?? null,
    });
    for (const frame of [3, 1, 2, 0]) {
      const { bytes } = await reader.read(source, ENCAPSULATED, frame);
      assertEquals(bytes, FRAMES[frame], what);
    }
    // The table, at most one frame in vain, and the rest of the value.
    assertLessOrEqual(store.reads.length, 3, what);
  }
});

Deno.test("Where neither a table nor the number of fragments tells the frames it is an error", async () => {
  const three = { ...ENCAPSULATED, numberOfFrames: 3 };
  for (const table of [[], [0, 20, 20], [0, 40, 20], [20, 40, 60], [0, 20, 2 ** 31], [0, 10, 20]]) {
    const object = encapsulate(writeFragments(FRAMES, table));
    const { store, reader } = readerOf(object);
    const error = await assertRejects(() => reader.read(sourceOf(object), three, 1), DecodeError);
    assertEquals(error.address, "memory:a");
    assertLessOrEqual(store.reads.length, 3);
  }
});

Deno.test("Without an offset table the whole value is read once, no byte twice", async () => {
  const { store, reader } = readerOf(encapsulatedObject);
  const source = sourceOf(encapsulatedObject);
  const read = (frame: number) => reader.read(source, ENCAPSULATED, frame);
  const frames = await Promise.all([3, 1, 0, 2, 1].map(read));
  assertEquals(frames.map(({ bytes }) => bytes), [3, 1, 0, 2, 1].map((frame) => FRAMES[frame]!));
  assertEquals(await read(2), stored(FRAMES[2]!, RLE));
  assertEquals(readsOf(store, source), [[0, 24], [24, source.pixelLength! - 24]]);
});

Deno.test("Pixel data shorter than its table would be is an error", async () => {
  const hundred = { ...ENCAPSULATED, numberOfFrames: 100 };
  const { store, reader } = readerOf(encapsulatedObject);
  const source = sourceOf(encapsulatedObject);
  await assertRejects(() => reader.read(source, hundred, 50), DecodeError, "4 fragments");
  assertEquals(readsOf(store, source), [[0, source.pixelLength!]]);
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
    const [object, description, reads] of [
      // The table, and the rest of the value.
      [encapsulatedObject, ENCAPSULATED, 2],
      // The table, and the two frames.
      [tabledObject, ENCAPSULATED, 3],
      [deflatedObject, DEFLATED_FRAMES, 1],
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
    assertEquals(store.reads.length, 2 + reads);
  }
});

Deno.test("The ETag first seen is asked for, and another object is an error", async () => {
  for (
    const [object, description] of [
      [nativeObject, NATIVE],
      [encapsulatedObject, ENCAPSULATED],
      [tabledObject, ENCAPSULATED],
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
    assertEquals(store.reads.length, source.fileSize === null ? 1 : 2);
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
  const whole = store.reads.filter(({ offset }) => offset > source.pixelOffset!);
  assertEquals(whole.map(({ key }) => key), ["a", "b", "c", "a"]);
});

Deno.test("Damaged tables and items give frames or a typed error, in three requests at most", async () => {
  const random = seededRandom(41);
  const start = sourceOf(tabledObject).pixelOffset!;
  let refused = 0;
  for (let run = 0; run < 500; run++) {
    const object = tabledObject.slice();
    const extended = run % 2 === 0;
    for (let change = 0; change < 3; change++) {
      const at = start + Math.floor(random() * (object.length - start));
      object[at] = Math.floor(random() * 256);
    }
    const { store, reader } = readerOf(object);
    const source = sourceOf(tabledObject, {
      frameOffsets: extended ? FRAMES.map(() => Math.floor(random() * 2 * object.length)) : null,
      frameLengths: extended ? FRAMES.map(() => Math.floor(random() * 40)) : null,
    });
    try {
      const { bytes } = await reader.read(source, ENCAPSULATED, Math.floor(random() * 4));
      assertLessOrEqual(bytes.length, source.pixelLength!);
    } catch (error) {
      assertInstanceOf(error, DecodeError);
      assertEquals(error.address, "memory:a");
      refused++;
    }
    assertLessOrEqual(store.reads.length, 3);
  }
  assertGreater(refused, 20);
  assertLess(refused, 480);
});

/** Pixels of a native syntax that were put into fragments by mistake. */
function mistaken(fragments: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeInstance([
    ...sampleElements(),
    element(0x7fe00010, "OW", fragments, { undefinedLength: true }),
  ]);
}

Deno.test("Fragments in a native syntax are told from pixels by their first item", async () => {
  for (const table of [[], [0, 20, 40, 60]]) {
    const object = mistaken(writeFragments(FRAMES, table));
    const source = sourceOf(object, {
      // As the index has them of a native syntax.
      frameOffsets: FRAMES.map((_, i) => sourceOf(object).pixelOffset! + 12 * i),
      frameLengths: FRAMES.map(() => 12),
    });
    for (const given of [{}, { pixelLength: null }, { pixelLength: null, fileSize: null }]) {
      const { store, reader } = readerOf(object);
      for (const frame of [2, 0, 3, 1]) {
        const read = await reader.read({ ...source, ...given }, NATIVE, frame);
        assertEquals(read, stored(FRAMES[frame]!, ENCAPSULATED_UNCOMPRESSED));
      }
      assertLessOrEqual(store.reads.length, 5);
    }
  }
  const whole = mistaken(writeFragments([PIXELS.slice(0, 6), PIXELS.slice(6, 12)]));
  const single = sampleDescription();
  const { bytes } = await readerOf(whole).reader.read(sourceOf(whole), single, 0);
  assertEquals(bytes, PIXELS.slice(0, 12));
});

Deno.test("Fragments in a native syntax that cannot be told into frames are an error", async () => {
  const object = mistaken(writeFragments([PIXELS]));
  const { reader } = readerOf(object);
  const error = await assertRejects(
    () => reader.read(sourceOf(object), NATIVE, 0),
    DecodeError,
    "cannot be told",
  );
  assertEquals(error.address, "memory:a");
});

Deno.test("Pixels that are followed by other bytes are drawn as they are", async () => {
  const object = writeInstance([
    ...sampleElements(),
    element(0x7fe00010, "OW", Uint8Array.of(...PIXELS, 1, 2, 3, 4)),
  ]);
  const { store, reader } = readerOf(object);
  const source = sourceOf(object);
  for (const frame of [3, 0]) {
    assertEquals((await reader.read(source, NATIVE, frame)).bytes, FRAMES[frame]);
  }
  // One look at the first bytes, for all frames.
  assertEquals(readsOf(store, source), [[0, 24], [36, 12], [0, 12]]);
});

Deno.test("Native pixels in an instance that names a compressed syntax are read as they are", async () => {
  const object = writeInstance([...sampleElements(), element(0x7fe00010, "OW", PIXELS)], {
    transferSyntaxUID: RLE,
  });
  const { store, reader } = readerOf(object);
  const source = sourceOf(object);
  for (const frame of [2, 0, 3]) {
    assertEquals(await reader.read(source, ENCAPSULATED, frame), stored(FRAMES[frame]!));
  }
  assertEquals(readsOf(store, source), [[0, 24], [24, 12], [0, 12], [36, 12]]);
  const longer = { ...ENCAPSULATED, rows: 3 };
  await assertRejects(() => reader.read(source, longer, 0), DecodeError, "no fragment at byte 0");
});
