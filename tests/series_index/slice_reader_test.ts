import { assertEquals, assertInstanceOf } from "@std/assert";
import { IndexBuilder } from "@dicom/series-preview/index-cache";
import { readHeader } from "@dicom/series-preview/retriever";
import { DecodeError } from "../../errors.ts";
import { SliceReader } from "../../series_index/slice_reader.ts";
import { toIndexedInstance } from "../../series_index/to_indexed_instance.ts";
import { encodeRle } from "../dicom/encode_rle.ts";
import { CountingStore } from "../retriever/counting_store.ts";
import {
  element,
  type ElementSpec,
  EXPLICIT,
  RLE,
  writeFragments,
  writeInstance,
} from "../support/dicom_fixtures.ts";

const FRAMES = Array.from(
  { length: 30 },
  (_, frame) => Uint8Array.from({ length: 20 * 30 }, (_, at) => (at * 7 + frame * 11) % 251),
);
const CODED = FRAMES.map((frame) => encodeRle(frame));
/** Where the items of the frames begin, from the first one's. */
const OFFSETS = CODED.map((_, frame) =>
  CODED.slice(0, frame).reduce((sum, { length }) => sum + 8 + length, 0)
);

/** Writes an instance of thirty frames in RLE, with one offset table, the other, or none. */
function thirtyFrames(table: "basic" | "extended" | "none"): Uint8Array {
  const words = (values: readonly number[]) =>
    new Uint8Array(BigUint64Array.from(values, BigInt).buffer);
  return writeInstance([
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7.2"),
    element(0x00080018, "UI", "1.2.3.4.5"),
    element(0x00080060, "CS", "OT"),
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", "MONOCHROME2"),
    element(0x00280008, "IS", "30"),
    element(0x00280010, "US", [20]),
    element(0x00280011, "US", [30]),
    element(0x00280100, "US", [8]),
    element(0x00280101, "US", [8]),
    element(0x00280102, "US", [7]),
    element(0x00280103, "US", [0]),
    ...(table !== "extended" ? [] : [
      element(0x7fe00001, "OV", words(OFFSETS)),
      element(0x7fe00002, "OV", words(CODED.map(({ length }) => length))),
    ]),
    element(0x7fe00010, "OB", writeFragments(CODED, table === "basic" ? OFFSETS : []), {
      undefinedLength: true,
    }),
  ], { transferSyntaxUID: RLE });
}

/** Makes the index of one instance, and a reader whose store has counted nothing yet. */
async function openSlices(object: Uint8Array) {
  const objects = new Map([["a", object]]);
  const instance = await toIndexedInstance(await readHeader(new CountingStore(objects), "a"));
  const builder = new IndexBuilder();
  builder.add(instance);
  const table = await builder.build({ seriesUID: "series", address: "memory:" });
  const store = new CountingStore(objects);
  return { instance, table, store, reader: new SliceReader(table, store) };
}

/** Reads slices, all of which there are. */
async function readSlices(reader: SliceReader, numbers: readonly number[]): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const outcome of reader.read(numbers)) {
    found.push(outcome.value?.frame.data ?? outcome);
  }
  return found;
}

Deno.test("An Extended Offset Table is in the index as the frames' places", async () => {
  const { instance, table } = await openSlices(thirtyFrames("extended"));
  const first = instance.pixelOffset! + 16;
  const offsets = OFFSETS.map((offset) => first + offset);
  assertEquals(instance.frameOffsets, offsets);
  assertEquals(instance.frameLengths, CODED.map(({ length }) => length));
  assertEquals(table.value(0, "_frame_offset"), offsets);
  assertEquals(table.value(0, "_frame_length"), instance.frameLengths);
});

Deno.test("Without one the frames' places are not known to the index", async () => {
  for (const kind of ["basic", "none"] as const) {
    const { instance, table } = await openSlices(thirtyFrames(kind));
    assertEquals([instance.frameOffsets, instance.frameLengths], [null, null]);
    assertEquals(table.value(0, "_frame_offset"), null);
  }
});

Deno.test("One slice of an encapsulated instance takes its own bytes alone where a table is", async () => {
  for (
    const [kind, requests, tableBytes] of [
      ["extended", 1, 0],
      ["basic", 2, 8 + 30 * 4],
    ] as const
  ) {
    for (const slice of [0, 13, 28]) {
      const { store, reader } = await openSlices(thirtyFrames(kind));
      assertEquals(await readSlices(reader, [slice]), [FRAMES[slice]]);
      assertEquals(store.reads.length, requests, kind);
      assertEquals(store.bytes, tableBytes + 8 + CODED[slice]!.length, kind);
    }
  }
});

Deno.test("Without a table the whole value is read once for all slices", async () => {
  const object = thirtyFrames("none");
  const { instance, store, reader } = await openSlices(object);
  assertEquals(await readSlices(reader, [29, 4, 0]), [FRAMES[29], FRAMES[4], FRAMES[0]]);
  assertEquals(await readSlices(reader, [17]), [FRAMES[17]]);
  assertEquals(store.bytes, object.length - instance.pixelOffset!);
  assertEquals(store.reads.length, 2);
});

/** Writes an instance of 1 × 2 pixels in color, but for its last elements. */
function smallObject(transferSyntaxUID: string, ...last: ElementSpec[]): Uint8Array {
  return writeInstance([
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7"),
    element(0x00080018, "UI", "1.2.3.4.5"),
    element(0x00080060, "CS", "OT"),
    element(0x00280002, "US", [3]),
    element(0x00280004, "CS", "YBR_FULL_422"),
    element(0x00280006, "US", [0]),
    element(0x00280010, "US", [1]),
    element(0x00280011, "US", [2]),
    ...last,
  ], { transferSyntaxUID });
}

const eightBits = [
  element(0x00280100, "US", [8]),
  element(0x00280101, "US", [8]),
  element(0x00280102, "US", [7]),
  element(0x00280103, "US", [0]),
];

Deno.test("Rows and columns are an image with pixels, or with the bits of pixels that are cut", async () => {
  const pixels = element(0x7fe00010, "OB", Uint8Array.of(1, 2, 3, 4));
  const spectrum = element(0x56000020, "OF", new Uint8Array(16));
  for (
    const [last, frames] of [
      [[...eightBits, pixels], 1],
      [[pixels], 1],
      [eightBits, 1],
      [[spectrum], 0],
      [[], 0],
    ] as const
  ) {
    const store = new CountingStore(new Map([["a", smallObject(EXPLICIT, ...last)]]));
    const { frameCount } = await toIndexedInstance(await readHeader(store, "a"));
    assertEquals(frameCount, frames);
  }
});

Deno.test("An error of a codec tells the instance's address", async () => {
  const pixels = element(0x7fe00010, "OB", writeFragments([new Uint8Array(70)]), {
    undefinedLength: true,
  });
  const { reader } = await openSlices(smallObject(RLE, ...eightBits, pixels));
  for await (const { url, error } of reader.read([0])) {
    assertInstanceOf(error, DecodeError);
    assertEquals(error.address, url);
    assertInstanceOf(error.cause, DecodeError);
    assertEquals([error.message, error.cause.address], [error.cause.message, null]);
  }
});

Deno.test("YBR_FULL_422 that is not subsampled is read whole", async () => {
  for (
    const [stored, drawn] of [
      [[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]],
      [[1, 2, 3, 4], [1, 3, 4, 2, 3, 4]],
    ] as const
  ) {
    const pixels = element(0x7fe00010, "OB", Uint8Array.from(stored));
    const { reader, store } = await openSlices(smallObject(EXPLICIT, ...eightBits, pixels));
    assertEquals(await readSlices(reader, [0]), [Uint8Array.from(drawn)]);
    assertEquals(store.bytes, stored.length);
  }
});
