import { NoImageError, UsageError } from "../../errors.ts";
import {
  IndexBuilder,
  type IndexedInstance,
  nearestSlice,
  type SeriesTable,
} from "@dicom/series-preview/index-cache";
import { assertEquals, assertThrows } from "@std/assert";
import { AXIAL, CORONAL, makeAttribute, makeAxial, makeInstance } from "./support.ts";

function build(instances: readonly IndexedInstance[]): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  for (const instance of instances) builder.add(instance);
  return builder.build({ seriesUID: "series", address: "https://example.org/series" });
}

/** An instance of frames at the given heights. */
function makeFrames(url: string, number: number, heights: readonly number[]): IndexedInstance {
  return makeInstance(url, [makeAttribute("InstanceNumber", [number])], {
    frameCount: heights.length,
    frameGeometry: heights.map((z) => ({ orientation: AXIAL, position: [0, 0, z] as const })),
  });
}

Deno.test("slices are each row's frames in turn", async () => {
  const table = await build([
    makeInstance("cine", [makeAttribute("InstanceNumber", [2])], { frameCount: 3 }),
    makeFrames("volume", 1, [10, 30, 20]),
    makeInstance("still", [makeAttribute("InstanceNumber", [3])]),
    makeInstance("report", [], { frameCount: 0 }),
  ]);
  assertEquals([table.instanceCount, table.sliceCount], [4, 7]);
  const slices = Array.from({ length: 7 }, (_, n) => {
    const { row, frame } = table.slice(n);
    return [table.value(row, "_data_url"), frame];
  });
  assertEquals(slices, [
    ["volume", 1],
    ["volume", 2],
    ["volume", 0],
    ["cine", 0],
    ["cine", 1],
    ["cine", 2],
    ["still", null],
  ]);
});

Deno.test("a slice that is not there is a usage error", async () => {
  const table = await build([makeAxial("a", 0, 1)]);
  for (const n of [-1, 1, 0.5, NaN]) {
    assertThrows(() => table.slice(n), UsageError, "the series has 1");
  }
});

Deno.test("the position of a frame is its own", async () => {
  const table = await build([makeFrames("volume", 5, [10, 30, 20])]);
  assertEquals([0, 1, 2].map((n) => table.slicePosition(n)), [30, 20, 10]);
  assertEquals(table.positionRange, [10, 30]);
  assertEquals(table.primaryAxis, "Z");
});

Deno.test("the primary axis is that of most slices", async () => {
  const coronal = (y: number, number: number) =>
    makeInstance(`y${y}`, [
      makeAttribute("InstanceNumber", [number]),
      makeAttribute("ImagePositionPatient", [0, y, 0]),
      makeAttribute("ImageOrientationPatient", [...CORONAL]),
    ]);
  const table = await build([makeAxial("a", 0, 1), coronal(10, 2), coronal(20, 3)]);
  assertEquals(table.primaryAxis, "Y");
  assertEquals((await build([makeAxial("a", 0, 1), coronal(1, 2)])).primaryAxis, "Z");
});

Deno.test("positions span the slices with geometry, else the instance numbers", async () => {
  const plain = (number: number) =>
    makeInstance(`${number}`, [makeAttribute("InstanceNumber", [number])]);
  assertEquals((await build([plain(3), plain(900), makeAxial("a", 7, 1)])).positionRange, [7, 7]);
  assertEquals((await build([plain(3), plain(900)])).positionRange, [3, 900]);
  assertEquals((await build([makeInstance("a")])).positionRange, null);
});

Deno.test("a stack is a view of its slices, counted from 0", async () => {
  const table = await build([
    makeAxial("a1", 0, 1),
    makeAxial("a2", 10, 2),
    makeAxial("b1", 0, 3),
    makeAxial("b2", 10, 4),
    makeInstance("report", [], { frameCount: 0 }),
  ]);
  assertEquals(table.stackCount, 2);
  const stack = table.stack(1);
  assertEquals([stack.instanceCount, stack.sliceCount], [2, 2]);
  assertEquals([0, 1].map((row) => stack.value(row, "_data_url")), ["b2", "b1"]);
  assertEquals([0, 1].map((n) => stack.slice(n)), [{ row: 0, frame: null }, {
    row: 1,
    frame: null,
  }]);
  assertEquals([0, 1].map((n) => stack.slicePosition(n)), [10, 0]);
  assertEquals(stack.stackCount, 2);
  assertEquals(stack.stack(0).value(0, "_data_url"), "a2");
  for (const number of [-1, 2, 0.5]) {
    assertThrows(() => table.stack(number), UsageError, "0 to 1");
  }
});

Deno.test("the nearest slice to a location is the first of those that are as near", async () => {
  const table = await build([0, 10, 20].map((z, i) => makeAxial(`${z}`, z, i)));
  assertEquals([-99, 4, 6, 14, 99].map((location) => nearestSlice(table, location)), [
    2,
    2,
    1,
    1,
    0,
  ]);
  assertEquals(nearestSlice(table, 15), 0);
  assertEquals(nearestSlice(await build([makeFrames("a", 1, [1, 3, 2])]), 2.2), 1);
});

Deno.test("no slice is near to a location when none has geometry", async () => {
  const table = await build([makeInstance("a", [makeAttribute("InstanceNumber", [5])])]);
  assertThrows(() => nearestSlice(table, 5), UsageError, "choose by position");
  const empty = await build([makeInstance("a", [], { frameCount: 0 })]);
  assertThrows(() => nearestSlice(empty, 5), NoImageError);
  assertThrows(() => nearestSlice(table, NaN), UsageError, "location is NaN");
});

Deno.test("a row is plain values", async () => {
  const table = await build([
    makeInstance("a", [
      makeAttribute("ImageType", ["ORIGINAL", "PRIMARY"]),
      makeAttribute("Rows", [512]),
    ], { fileSize: 9 }),
  ]);
  assertEquals(table.row(0, ["ImageType", "Rows", "_file_size", "_etag", "Absent"]), {
    ImageType: ["ORIGINAL", "PRIMARY"],
    Rows: 512,
    _file_size: 9,
    _etag: null,
    Absent: null,
  });
  assertEquals(Object.keys(table.row(0)), table.table.schema.names.map(String));
});
