import { assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import type { ImageDescription } from "@dicom/series-preview/dicom";
import { decodeFrame } from "@dicom/series-preview/dicom";
import { FrameReader, type PixelSource, type StoreReply } from "@dicom/series-preview/retriever";
import { DecodeError, ObjectChangedError } from "../../errors.ts";
import { wholeHeader } from "../dicom/header_facts.ts";
import {
  describeSample,
  encodeHtj2k,
  encodeJpeg2000,
  type SampleImage,
} from "../dicom/codecs/encode_samples.ts";
import { bodySlice } from "../support/body_slice.ts";
import { compressedSlice } from "../support/compressed_slice.ts";
import { seededRandom } from "../support/random.ts";
import { concat } from "../support/dicom_fixtures.ts";
import { CountingStore } from "./counting_store.ts";

const JPEG_2000 = "1.2.840.10008.1.2.4.90";
const HTJ2K = "1.2.840.10008.1.2.4.201";
const side = 256;
const image = bodySlice(side, 3);
const jpeg2000 = await encodeJpeg2000(image, { levels: 5, order: 0 });
const htj2k = await encodeHtj2k(image, { levels: 5 });
const tiled = await encodeHtj2k(image, { levels: 5, tiles: 128 });

interface Sample {
  readonly object: Uint8Array;
  readonly source: PixelSource;
  readonly description: ImageDescription;
}

/** An instance of the codestreams, and what the index would know of it. */
function sampleOf(
  transferSyntaxUID: string,
  frames: readonly Uint8Array[],
  offsetTable: readonly number[] = [],
  numberOfFrames = frames.length,
  shown: SampleImage = image,
): Sample {
  const { rows, columns } = shown;
  const object = compressedSlice({ transferSyntaxUID, rows, columns, frames, offsetTable });
  const pixelOffset = wholeHeader(object).pixelData!.offset!;
  const description = describeSample(shown, { transferSyntaxUID, numberOfFrames });
  const source = {
    url: "memory:a",
    key: "a",
    fileSize: object.length,
    pixelOffset,
    pixelLength: object.length - pixelOffset,
    etag: null,
  };
  return { object, source, description };
}

function readerOf({ object }: Sample, change?: (reply: StoreReply) => StoreReply) {
  const store = new CountingStore(new Map([["a", object]]), change);
  return { store, reader: new FrameReader(store) };
}

/** Where in the value of the pixel data an object was read, as offsets and lengths. */
function readsOf(store: CountingStore, { source }: Sample): number[][] {
  return store.reads.map(({ offset, length }) => [offset - source.pixelOffset!, length]);
}

/** Checks that reads follow one another without a gap, or a byte read twice. */
function assertInTurn(reads: readonly number[][]): void {
  let next = reads[0]![0]!;
  for (const [offset, length] of reads) {
    assertEquals(offset, next);
    next += length!;
  }
}

/** Checks that bytes decode at a level as the whole codestream does. */
async function assertSame(
  bytes: Uint8Array,
  codestream: Uint8Array,
  description: ImageDescription,
  level: number,
): Promise<void> {
  const [read, whole] = await Promise.all([
    decodeFrame(bytes, description, { level }),
    decodeFrame(codestream, description, { level }),
  ]);
  assertEquals(read, whole);
}

Deno.test("A frame for a level is one request for its prefix", async () => {
  for (const [uid, codestream] of [[JPEG_2000, jpeg2000], [HTJ2K, htj2k]] as const) {
    const sample = sampleOf(uid, [codestream]);
    const { source, description } = sample;
    for (const [level, most] of [[1, 0.55], [2, 0.2], [3, 0.1]] as const) {
      const { store, reader } = readerOf(sample);
      const { bytes, transferSyntaxUID } = await reader.read(source, description, 0, { level });
      await assertSame(bytes, codestream, description, level);
      assertEquals(transferSyntaxUID, uid);
      assertEquals(store.reads.length, 1);
      assertLess(store.bytes, most * codestream.length, `level ${level}`);
    }
  }
});

Deno.test("Without a level, and in other formats, a frame is read whole", async () => {
  const sample = sampleOf(HTJ2K, [htj2k]);
  const { source, description } = sample;
  for (const level of [undefined, 0]) {
    const { store, reader } = readerOf(sample);
    assertEquals((await reader.read(source, description, 0, { level })).bytes.length % 2, 0);
    assertEquals(readsOf(store, sample), [[0, source.pixelLength!]]);
  }
  const { store, reader } = readerOf(sample);
  const other = { ...description, transferSyntaxUID: "1.2.840.10008.1.2.4.80" };
  await reader.read(source, other, 0, { level: 2 });
  assertEquals(readsOf(store, sample), [[0, source.pixelLength!]]);
});

Deno.test("What a series has taught makes the next prefixes shorter", async () => {
  const sample = sampleOf(JPEG_2000, [jpeg2000]);
  const { store, reader } = readerOf(sample);
  for (let time = 0; time < 3; time++) {
    await reader.read(sample.source, sample.description, 0, { level: 2 });
  }
  const [first, second, third] = readsOf(store, sample).map(([, length]) => length!);
  assertLess(second!, first!);
  assertEquals(second, third);
  assertEquals(store.reads.length, 3);
});

/** Blocks of plain values, of which the lower resolutions take more than they do of a body. */
function plainBlocks(): SampleImage {
  const random = seededRandom(9);
  const blocks = Array.from({ length: (side / 4) ** 2 }, () => Math.floor(random() * 2000));
  const { values, ...rest } = image;
  const blockOf = (i: number) => Math.floor(i / side / 4) * side / 4 + Math.floor(i % side / 4);
  return { ...rest, values: values.map((_, i) => blocks[blockOf(i)]!) };
}

Deno.test("A prefix that was planned too short takes one more request, for what it lacks", async () => {
  const taught = sampleOf(JPEG_2000, [jpeg2000]);
  const hard = plainBlocks();
  const codestream = await encodeJpeg2000(hard, { levels: 5, order: 0 });
  const sample = sampleOf(JPEG_2000, [codestream], [], 1, hard);
  const store = new CountingStore(new Map([["a", taught.object], ["b", sample.object]]));
  const reader = new FrameReader(store);
  await reader.read(taught.source, taught.description, 0, { level: 2 });
  const source = { ...sample.source, url: "memory:b", key: "b" };
  const { bytes } = await reader.read(source, sample.description, 0, { level: 2 });
  await assertSame(bytes, codestream, sample.description, 2);
  const reads = readsOf(store, sample).slice(1);
  assertEquals(reads.length, 2);
  assertInTurn(reads);
  assertLess(reads[0]![1]! + reads[1]![1]!, codestream.length / 2);
});

Deno.test("A frame without a prefix is read to its end, and those after it at once", async () => {
  const sample = sampleOf(HTJ2K, [tiled]);
  const { source, description } = sample;
  const { store, reader } = readerOf(sample);
  for (let time = 0; time < 2; time++) {
    const { bytes } = await reader.read(source, description, 0, { level: 2 });
    await assertSame(bytes, tiled, description, 2);
  }
  const reads = readsOf(store, sample);
  assertEquals(reads.length, 3);
  assertInTurn(reads.slice(0, 2));
  assertEquals(reads[0]![1]! + reads[1]![1]!, source.pixelLength);
  assertEquals(reads[2], [0, source.pixelLength!]);
});

Deno.test("A prefix that goes beyond the first fragment is not relied on", async () => {
  const parts = [htj2k.subarray(0, 1000), htj2k.subarray(1000)];
  const sample = sampleOf(HTJ2K, parts, [], 1);
  const { store, reader } = readerOf(sample);
  const { bytes } = await reader.read(sample.source, sample.description, 0, { level: 2 });
  await assertSame(bytes, htj2k, sample.description, 2);
  assertInTurn(readsOf(store, sample));
  assertEquals(store.bytes, sample.source.pixelLength);
});

const others = await Promise.all(
  [5, 6].map((seed) => encodeHtj2k(bodySlice(side, seed), { levels: 5 })),
);
/** Frames of even length, so that no pad byte is between them. */
const frames = [htj2k, ...others].map((frame) =>
  frame.length % 2 === 0 ? frame : concat(frame, new Uint8Array(1))
);
const starts = frames.map((_, i) =>
  frames.slice(0, i).reduce((sum, { length }) => sum + 8 + length, 0)
);

Deno.test("Each frame of several has its own prefix, where a table tells its place", async () => {
  for (const table of ["basic", "extended"] as const) {
    const sample = sampleOf(HTJ2K, frames, table === "basic" ? starts : []);
    const first = sample.source.pixelOffset! + (table === "basic" ? 8 + 4 * frames.length : 8);
    const source = table === "basic" ? sample.source : {
      ...sample.source,
      frameOffsets: starts.map((start) => first + start + 8),
      frameLengths: frames.map(({ length }) => length),
    };
    const { store, reader } = readerOf(sample);
    for (const frame of [2, 0, 1]) {
      const { bytes } = await reader.read(source, sample.description, frame, { level: 2 });
      await assertSame(bytes, frames[frame]!, sample.description, 2);
    }
    const reads = store.reads.slice(table === "basic" ? 1 : 0);
    assertEquals(reads.map(({ offset }) => offset), [2, 0, 1].map((i) => first + starts[i]!));
    assertLess(store.bytes, 0.2 * sample.object.length);
  }
});

Deno.test("Without a table all frames are read once, and whole", async () => {
  const sample = sampleOf(HTJ2K, frames);
  const { store, reader } = readerOf(sample);
  for (const frame of [1, 0]) {
    const { bytes } = await reader.read(sample.source, sample.description, frame, { level: 2 });
    assertEquals(bytes, frames[frame]!);
  }
  assertEquals(store.bytes, sample.source.pixelLength);
});

Deno.test("A prefix that the object ends in is an error that tells where", async () => {
  const sample = sampleOf(JPEG_2000, [jpeg2000]);
  const object = sample.object.subarray(0, sample.source.pixelOffset! + 2000);
  const { reader } = readerOf({ ...sample, object });
  const known = {
    ...sample.source,
    fileSize: object.length,
    pixelLength: object.length - sample.source.pixelOffset!,
  };
  for (
    const [source, kind] of [
      [known, DecodeError],
      [{ ...sample.source, fileSize: null }, DecodeError],
      [sample.source, ObjectChangedError],
    ] as const
  ) {
    const read = () => reader.read(source, sample.description, 0, { level: 1 });
    assertEquals((await assertRejects(read, kind)).address, "memory:a");
  }
});

Deno.test("A codestream that was cut before it was stored is no prefix, however long it is", async () => {
  for (const length of [20_000, 12_000, 300]) {
    const cut = jpeg2000.subarray(0, length);
    const sample = sampleOf(JPEG_2000, [cut]);
    const { reader } = readerOf(sample);
    const { bytes } = await reader.read(sample.source, sample.description, 0, { level: 2 });
    assertEquals(bytes.length, length);
    const decode = () => decodeFrame(bytes, sample.description, { level: 2 });
    await assertRejects(decode, DecodeError, "cut");
  }
});

Deno.test("An object that changes between the two ranges is an error, not a mix", async () => {
  const sample = sampleOf(HTJ2K, [tiled]);
  let replies = 0;
  const { store, reader } = readerOf(sample, (reply) => {
    const { totalSize } = reply;
    return { ...reply, totalSize: replies++ === 0 ? totalSize : totalSize! + 1, etag: '"first"' };
  });
  const unsized = { ...sample.source, fileSize: null };
  const read = (source: PixelSource) => reader.read(source, sample.description, 0, { level: 2 });
  await assertRejects(() => read(unsized), ObjectChangedError);
  // The store is asked for the object that the first reply was of; it holds another one.
  assertEquals(store.reads.map(({ etag }) => etag), [null, '"first"']);
});

Deno.test("A damaged packet header gives the whole frame to the decoder, or the same picture", async () => {
  let refused = 0;
  for (let at = 0; at < 300; at++) {
    const damaged = jpeg2000.slice();
    damaged[at]! ^= 0x24;
    const sample = sampleOf(JPEG_2000, [damaged]);
    const { reader } = readerOf(sample);
    const { bytes } = await reader.read(sample.source, sample.description, 0, { level: 2 });
    if (bytes.length < damaged.length / 2) continue;
    assertEquals(bytes.subarray(0, damaged.length), damaged);
    refused++;
  }
  assertGreater(refused, 50);
  assertLess(refused, 300);
});
