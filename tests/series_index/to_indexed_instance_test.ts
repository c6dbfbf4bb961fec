import { assertEquals } from "@std/assert";
import { IndexBuilder } from "@dicom/series-preview/index-cache";
import { readHeader } from "@dicom/series-preview/retriever";
import { SliceReader } from "../../series_index/slice_reader.ts";
import { toIndexedInstance } from "../../series_index/to_indexed_instance.ts";
import { CountingStore } from "../retriever/counting_store.ts";
import {
  BIG_ENDIAN,
  DEFLATED,
  element,
  type ElementSpec,
  EXPLICIT,
  IMPLICIT,
  RLE,
  writeFragments,
} from "../support/dicom_fixtures.ts";
import { type ImageForm, writeImage } from "../support/write_image.ts";

/** Three frames of three bytes. */
const FORM: ImageForm = { rows: 1, columns: 3, frames: 3, allocated: 8 };
const FRAMES = [[1, 2, 3], [4, 5, 6], [7, 8, 9]].map((frame) => Uint8Array.from(frame));

const pixels = (vr: string, ...bytes: number[]) => element(0x7fe00010, vr, Uint8Array.from(bytes));
const fragments = element(0x7fe00010, "OB", writeFragments(FRAMES), { undefinedLength: true });

async function indexed(pixels: ElementSpec | null, form: ImageForm) {
  const store = new CountingStore(new Map([["a", writeImage(pixels, form)]]));
  return { store, instance: await toIndexedInstance(await readHeader(store, "a")) };
}

Deno.test("An index tells by which value representation pixels are read", async () => {
  const pixelVR = async (value: ElementSpec | null, transferSyntaxUID: string) =>
    (await indexed(value, { ...FORM, transferSyntaxUID })).instance.pixelVR;
  assertEquals(await pixelVR(pixels("OW", 2, 1), BIG_ENDIAN), "OW");
  assertEquals(await pixelVR(pixels("OB", 1, 2), EXPLICIT), "OB");
  assertEquals(await pixelVR(pixels("OB", 1, 2), IMPLICIT), "OW");
  assertEquals(await pixelVR(pixels("UN", 1, 2), BIG_ENDIAN), "OB");
  assertEquals(await pixelVR(pixels("OW", 1, 2), DEFLATED), "OW");
  assertEquals(await pixelVR(element(0x7fe00008, "OF", new Uint8Array(4)), IMPLICIT), "OF");
  assertEquals(await pixelVR(element(0x7fe00009, "UN", new Uint8Array(8)), EXPLICIT), "OD");
  assertEquals(await pixelVR(null, EXPLICIT), null);
});

Deno.test("Frames in words of big endian are read by whole words, by range", async () => {
  const value = pixels("OW", 2, 1, 4, 3, 6, 5, 8, 7, 0, 9);
  const { store, instance } = await indexed(value, { ...FORM, transferSyntaxUID: BIG_ENDIAN });
  const first = instance.pixelOffset!;
  assertEquals(instance.frameOffsets, [first, first + 2, first + 6]);
  assertEquals(instance.frameLengths, [4, 4, 4]);
  const builder = new IndexBuilder();
  builder.add(instance);
  const table = await builder.build({ seriesUID: "series", address: "memory:" });
  const frames: unknown[] = [];
  store.bytes = 0;
  for await (const outcome of new SliceReader(table, store).read([2, 0, 1])) {
    frames.push(outcome.value?.frame.data ?? outcome);
  }
  assertEquals(frames, [FRAMES[2], FRAMES[0], FRAMES[1]]);
  assertEquals(store.bytes, 12);
});

Deno.test("Frames have places where the length of the pixel data bears its syntax out", async () => {
  const lengths = async (value: ElementSpec, transferSyntaxUID: string) =>
    (await indexed(value, { ...FORM, transferSyntaxUID })).instance.frameLengths;
  for (const uid of [EXPLICIT, IMPLICIT]) {
    assertEquals(await lengths(pixels("OB", 1, 2, 3, 4, 5, 6, 7, 8, 9), uid), [3, 3, 3]);
    assertEquals(await lengths(fragments, uid), null);
    assertEquals(await lengths(pixels("OB", ...new Uint8Array(12)), uid), null);
  }
  assertEquals(await lengths(pixels("OB", 1, 2, 3, 4, 5, 6, 7, 8, 9), RLE), null);
});
