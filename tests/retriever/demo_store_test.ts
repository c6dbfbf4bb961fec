import {
  assert,
  assertEquals,
  assertGreater,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { parseHeader } from "../../dicom/parse_header.ts";
import { readAttributes, toAttributeValues } from "../../dicom/read_attributes.ts";
import { DEMO_GRID } from "../../retriever/demo/demo_grid.ts";
import { DemoSlice } from "../../retriever/demo/demo_slice.ts";
import { writeDemoHeader } from "../../retriever/demo/write_demo_header.ts";
import { DemoStore } from "../../retriever/demo_store.ts";
import { createTransferStats } from "../../retriever/transfer_stats.ts";
import { testStore } from "../conformance/test_store.ts";

/** Pictures that cost nothing, and differ from place to place. */
function createStripes(z: number): (x: number, y: number) => number {
  return (x, y) => Math.round(z * 3 + x * 5 + y * 7) % 1000;
}

/** Cheap pictures that tell of which slices they were asked, and how many pixels. */
function countSamples(): { store: DemoStore; cut: number[]; samples: () => number } {
  const cut: number[] = [];
  let samples = 0;
  const store = new DemoStore({
    createSampler: (z) => {
      cut.push((z - DEMO_GRID.bottom) / DEMO_GRID.sliceSpacing);
      return () => samples++ % 1000;
    },
  });
  return { store, cut, samples: () => samples };
}

const objects = new Map<string, Uint8Array<ArrayBuffer>>();

testStore("the demo store", () => {
  for (let slice = 0; objects.size < DEMO_GRID.slices; slice++) {
    const header = writeDemoHeader(slice);
    const object = new Uint8Array(header.length + DEMO_GRID.frameBytes);
    object.set(header);
    const pixels = new DemoSlice(slice, createStripes).read(0, DEMO_GRID.frameBytes);
    object.set(pixels, header.length);
    objects.set(keyOf(slice), object);
  }
  return Promise.resolve({
    store: new DemoStore({ createSampler: createStripes }),
    objects,
    [Symbol.asyncDispose]: async () => {},
  });
});

Deno.test("the demo's elements stand in ascending order and end where the pixels begin", async () => {
  const { bytes } = await new DemoStore({ createSampler: createStripes }).get(keyOf(0));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  assertEquals(bytes.subarray(0, 128), new Uint8Array(128));
  assertEquals(new TextDecoder().decode(bytes.subarray(128, 132)), "DICM");
  let offset = 132;
  let last = 0;
  while (true) {
    const tag = view.getUint16(offset, true) * 0x10000 + view.getUint16(offset + 2, true);
    assertGreater(tag, last);
    last = tag;
    const vr = new TextDecoder().decode(bytes.subarray(offset + 4, offset + 6));
    const long = vr === "OB" || vr === "OW";
    const length = long ? view.getUint32(offset + 8, true) : view.getUint16(offset + 6, true);
    assertEquals(length % 2, 0);
    offset += long ? 12 : 8;
    if (tag === 0x7fe00010) {
      assertEquals(vr, "OW");
      assertEquals(length, DEMO_GRID.frameBytes);
      break;
    }
    offset += length;
  }
  assertEquals(offset + DEMO_GRID.frameBytes, bytes.length);
});

Deno.test("the demo is the same in every store, whatever was read before", async () => {
  const key = keyOf(80);
  const first = await digest((await new DemoStore().get(key)).bytes);
  const store = new DemoStore();
  await store.get(keyOf(20));
  await store.getRange(keyOf(110), { suffix: 100_000 });
  assertEquals(await digest((await store.get(key)).bytes), first);
});

Deno.test("the demo's headers are read without computing pixels", async () => {
  const { store, cut } = countSamples();
  const key = keyOf(7);
  const { totalSize } = await store.getRange(key, { offset: 0, length: 0 });
  const header = totalSize! - DEMO_GRID.frameBytes;
  await store.getRange(key, { offset: 0, length: header });
  await store.getRange(key, { offset: totalSize!, length: 10 });
  await store.getRange(key, { suffix: 0 });
  await Array.fromAsync(store.list(""));
  assertEquals(cut, []);
});

Deno.test("the demo computes the rows of pixels that are read, once", async () => {
  const { store, cut, samples } = countSamples();
  const key = keyOf(7);
  const { totalSize } = await store.getRange(key, { offset: 0, length: 0 });
  const header = totalSize! - DEMO_GRID.frameBytes;
  await store.getRange(key, { offset: 0, length: header + 1 });
  assertEquals(samples(), 512);
  await store.getRange(key, { offset: header + 1, length: 1023 });
  assertEquals(samples(), 512);
  await store.getRange(key, { offset: header + 1023, length: 2 });
  assertEquals(samples(), 2 * 512);
  await store.get(key);
  await store.getRange(key, { suffix: 100_000 });
  assertEquals(samples(), 512 * 512);
  assertEquals(cut, [7]);
});

Deno.test("the demo computes a slice once for readers at the same time", async () => {
  const { store, cut, samples } = countSamples();
  const slices = [3, 5, 3, 7, 5, 3, 7];
  await Promise.all(slices.map((slice) => store.getRange(keyOf(slice), { suffix: slice })));
  assertEquals(cut.toSorted(), [3, 5, 7]);
  assertEquals(samples(), 3 * 512);
});

Deno.test("the demo keeps a few slices only, those used last", async () => {
  const { store, cut } = countSamples();
  for (const slice of [0, 1, 2, 3, 0, 4, 0, 1]) await store.getRange(keyOf(slice), { suffix: 1 });
  assertEquals(cut, [0, 1, 2, 3, 4, 1]);
});

Deno.test("the demo computes no pixels for a reader that gave up", async () => {
  const { store, cut } = countSamples();
  const controller = new AbortController();
  const reading = store.get(keyOf(0), { signal: controller.signal });
  const reason = new Error("enough");
  controller.abort(reason);
  assertStrictEquals(await assertRejects(() => reading), reason);
  assertEquals(cut, []);
});

Deno.test("the demo's keys run from the feet up, its display order from the head down", async () => {
  const store = new DemoStore();
  const keys = (await Array.fromAsync(store.list("ct/"))).map(({ key }) => key);
  assertEquals(keys.length, 120);
  assertEquals([keys[0], keys[119]], ["ct/0001.dcm", "ct/0120.dcm"]);
  assertEquals(store.url(keys[0]!), "demo:ct/0001.dcm");
  const uids = new Set<unknown>();
  const heights: number[] = [];
  for (const [index, key] of keys.entries()) {
    const { bytes, totalSize } = await store.getRange(key, { offset: 0, length: 2048 });
    const result = parseHeader(bytes, { totalSize: totalSize! });
    assert(result.complete);
    assertEquals(result.header.pixelData, {
      tag: 0x7fe00010,
      vr: "OW",
      offset: totalSize! - DEMO_GRID.frameBytes,
      length: DEMO_GRID.frameBytes,
    });
    const values = toAttributeValues(await readAttributes(result.header));
    uids.add(values.SOPInstanceUID);
    heights.push((values.ImagePositionPatient as number[])[2]!);
    assertEquals(values.InstanceNumber, index + 1);
  }
  assertEquals(uids.size, 120);
  // Superior slices come first in display: z falls. Here every slice is above the one before.
  for (let index = 1; index < heights.length; index++) {
    assertEquals(heights[index]! - heights[index - 1]!, 1.5);
  }
});

Deno.test("the demo counts what is read as other stores do", async () => {
  const stats = createTransferStats();
  const store = new DemoStore({ stats, createSampler: createStripes });
  await store.getRange(keyOf(0), { offset: 0, length: 1000 });
  const { bytes } = await store.get(keyOf(1));
  await Array.fromAsync(store.list("ct/"));
  await Array.fromAsync(store.listFolders(""));
  await store.get("ct/0000.dcm").catch(() => {});
  assertEquals(stats, { requests: 5, retries: 0, bytesFetched: 1000 + bytes.length });
});

Deno.test({
  name: "the demo needs no permission",
  permissions: "none",
  fn: async () => {
    const { bytes, totalSize } = await new DemoStore().get(keyOf(0));
    assertEquals(new TextDecoder().decode(bytes.subarray(128, 132)), "DICM");
    assertEquals(bytes.length, totalSize);
  },
});

async function digest(bytes: Uint8Array): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes.slice())).toHex();
}

function keyOf(slice: number): string {
  return `ct/${String(slice + 1).padStart(4, "0")}.dcm`;
}
