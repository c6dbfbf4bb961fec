import {
  IndexBuilder,
  type IndexedInstance,
  nearestSlice,
  readIndex,
  type SeriesTable,
  type SliceTraits,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { readFrameGeometry, readFrameTraits } from "@dicom/series-preview/dicom";
import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { AXIAL, CORONAL, makeAttribute, makeInstance } from "./support.ts";

type Place = readonly [number, number, number];

/** A frame's place, its orientation, axial by default, and its functional groups. */
interface FrameSpec {
  readonly at: Place;
  readonly orientation?: readonly number[];
  readonly groups?: Readonly<Record<string, unknown>>;
}

/** An item of the DICOM JSON model. */
function item(values: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(
    Object.entries(values).map(([tag, value]) => [tag, { Value: [value].flat() }]),
  );
}

/** An enhanced object, its geometry and traits as read from its functional groups. */
function makeObject(
  url: string,
  number: number,
  frames: readonly FrameSpec[],
  dimensions: readonly string[] = [],
): IndexedInstance {
  const groups = frames.map(({ at, orientation = AXIAL, groups = {} }) =>
    item({
      "00209113": item({ "00200032": [...at] }),
      "00209116": item({ "00200037": [...orientation] }),
      ...groups,
    })
  );
  const values = {
    PerFrameFunctionalGroupsSequence: JSON.stringify(groups),
    DimensionIndexSequence: JSON.stringify(dimensions.map((tag) => item({ "00209165": tag }))),
  };
  return makeInstance(
    url,
    [
      makeAttribute("InstanceNumber", [number]),
      ...Object.entries(values).map(([keyword, text]) => makeAttribute(keyword, [text])),
    ],
    {
      frameCount: frames.length,
      frameGeometry: readFrameGeometry(values, frames.length),
      frameTraits: readFrameTraits(values, frames.length),
    },
  );
}

/** Frame content with a time, and heights. */
function timed(t: number, z: number): FrameSpec {
  return { at: [0, 0, z], groups: { "00209111": item({ "00209128": t }) } };
}

async function build(...instances: readonly IndexedInstance[]): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  for (const instance of instances) builder.add(instance);
  const built = await builder.build({ seriesUID: "s", address: "https://example.org/s" });
  const read = await readIndex(await writeIndex(built));
  const again = await IndexBuilder.from(read).build({
    seriesUID: "s",
    address: "https://example.org/s",
  });
  for (let row = 0; row < built.instanceCount; row++) assertEquals(again.row(row), built.row(row));
  return read;
}

/** The frames shown, as instance and frame number. */
function shown(table: SeriesTable): string {
  return Array.from({ length: table.sliceCount }, (_, n) => {
    const { row, frame } = table.slice(n);
    return `${table.value(row, "_data_url")}${frame ?? ""}`;
  }).join(" ");
}

function stacks(table: SeriesTable): string[] {
  return Array.from({ length: table.stackCount }, (_, n) => shown(table.stack(n)));
}

Deno.test("time points inside one object are its stacks", async () => {
  const object = makeObject("f", 1, [timed(2, 0), timed(1, 0), timed(1, 5), timed(2, 5)]);
  const table = await build(object);
  assertEquals(shown(table), "f2 f3 f0 f1");
  assertEquals(table.metadata.stacks, "2 time points of 2 slices; --stack 0…1 picks one");
  assertEquals(stacks(table), ["f2 f1", "f3 f0"]);
  assertEquals(table.row(0, ["_stack", "_frame_stack"]), { _stack: 0, _frame_stack: [1, 0, 0, 1] });
});

Deno.test("a view of a stack has only its frames, their positions and numbers", async () => {
  const object = makeObject("f", 1, [timed(1, 0), timed(1, 5), timed(2, 0), timed(2, 5)]);
  const last = (await build(object)).stack(1);
  assertEquals([last.instanceCount, last.sliceCount, last.stackCount], [1, 2, 2]);
  assertEquals([0, 1].map((n) => last.slice(n)), [{ row: 0, frame: 3 }, { row: 0, frame: 2 }]);
  assertEquals([0, 1].map((n) => last.slicePosition(n)), [5, 0]);
  assertEquals([...last.locations], [5, 0]);
  assertEquals(nearestSlice(last, 1), 1);
  assertEquals(shown(last.stack(0)), "f1 f0");
  assertThrows(() => last.slice(2), UsageError, "the series has 2");
  assertThrows(() => last.stack(2), UsageError, "0 to 1");
});

Deno.test("orientations inside one object are its stacks, each with its axis", async () => {
  const object = makeObject("f", 1, [
    { at: [0, 0, 0] },
    { at: [0, 0, 8] },
    { at: [0, 3, 0], orientation: CORONAL },
  ]);
  const table = await build(object);
  assertEquals(table.metadata.stacks?.split(";")[0], "2 orientations: axial 2 and coronal 1 slice");
  assertEquals(stacks(table), ["f1 f0", "f2"]);
  assertEquals([0, 1, 2].map((n) => table.sliceAxis(n)), ["Z", "Z", "Y"]);
  assertEquals([table.primaryAxis, table.stack(1).primaryAxis], ["Z", "Y"]);
  assertEquals(table.stack(1).positionRange, [3, 3]);
});

Deno.test("objects of a volume each are stacks as a series of slices would be", async () => {
  const volume = (url: string, number: number, t: number) =>
    makeObject(url, number, [timed(t, 0), timed(t, 5)]);
  const table = await build(volume("b", 2, 8), volume("a", 1, 7), volume("c", 3, 9));
  assertEquals(table.metadata.stacks?.split(";")[0], "3 time points of 2 slices");
  assertEquals(stacks(table), ["a1 a0", "b1 b0", "c1 c0"]);
  assertEquals(table.value(1, "_frame_stack"), null);
  assertEquals([0, 1, 2].map((row) => table.value(row, "_stack")), [0, 1, 2]);
});

Deno.test("what functional groups do not say is taken from the instance", async () => {
  const volume = (url: string, number: number, type: string) => {
    const object = makeObject(url, number, [{ at: [0, 0, 0] }, { at: [0, 0, 5] }]);
    const attributes = [...object.attributes, makeAttribute("ImageType", ["ORIGINAL", type])];
    return { ...object, attributes };
  };
  const table = await build(volume("a", 1, "M"), volume("b", 2, "P"));
  assertEquals(table.metadata.stacks?.split(";")[0], "2 image types of 2 slices");
  assertEquals(stacks(table), ["a1 a0", "b1 b0"]);
});

Deno.test("one object of a volume is one stack", async () => {
  const table = await build(makeObject("f", 1, [timed(1, 0), timed(2, 5), timed(3, 9)]));
  assertEquals([table.metadata.stacks, table.stackCount], [null, 1]);
  assertEquals(table.row(0, ["_stack", "_frame_stack"]), { _stack: 0, _frame_stack: null });
});

Deno.test("segments that overlap are stacks, whatever positions each reaches over", async () => {
  const frame = (segment: number, z: number): FrameSpec => ({
    at: [0, 0, z],
    groups: { "0062000A": item({ "0062000B": segment }) },
  });
  const object = makeObject("f", 1, [
    frame(1, 0),
    frame(1, 1),
    frame(2, 1),
    frame(2, 2),
    frame(3, 2),
  ]);
  const table = await build(object);
  assertEquals(table.metadata.stacks?.split(";")[0], "3 segments: 2, 2 and 1 slice");
  assertEquals(stacks(table), ["f1 f0", "f3 f2", "f4"]);
});

Deno.test("functional groups tell echoes, diffusion, phases, types and acquisitions apart", async () => {
  const kinds: readonly (readonly [string, (n: number) => Readonly<Record<string, unknown>>])[] = [
    ["2 stacks", (n) => ({ "00209111": item({ "00209056": `S${n}` }) })],
    ["2 echoes", (n) => ({ "00189114": item({ "00189082": n * 2.5 }) })],
    ["2 b-values", (n) => ({ "00189117": item({ "00189087": n * 1000 }) })],
    [
      "2 gradient directions",
      (n) => ({ "00189117": item({ "00189076": item({ "00189089": [0, n, 1 - n] }) }) }),
    ],
    ["2 phases", (n) => ({ "00189118": item({ "00209153": n * 40 }) })],
    ["2 phases", (n) => ({ "00189118": item({ "00209241": n * 10 }) })],
    ["2 image types", (n) => ({ "00189226": item({ "00089208": ["MAGNITUDE", "PHASE"][n] }) })],
    ["2 image types", (n) => ({ "00189329": item({ "00089007": ["ORIGINAL", "PRIMARY", n] }) })],
    ["2 labels", (n) => ({ "00189251": item({ "00189257": ["CONTROL", "LABEL"][n] }) })],
    ["2 inversion times", (n) => ({ "00189115": item({ "00189079": n }) })],
    ["2 flip angles", (n) => ({ "00189112": item({ "00181314": n }) })],
    ["2 time points", (n) => ({ "00209310": item({ "0020930D": n / 2 }) })],
    ["2 time points", (n) => ({ "00209111": item({ "00189074": `2020010100000${n}` }) })],
    ["2 acquisitions", (n) => ({ "00209111": item({ "00209156": n }) })],
    ["2 dimensions", (n) => ({ "00209111": item({ "00209157": [7, n] }) })],
    ["2 repeats", () => ({})],
  ];
  for (const [line, groups] of kinds) {
    const frames = [0, 1].flatMap((n) =>
      [0, 4].map((z): FrameSpec => ({ at: [0, 0, z], groups: groups(n) }))
    );
    const table = await build(makeObject("f", 1, frames, ["00209057", "20051429"]));
    assertEquals(table.metadata.stacks?.split(";")[0], `${line} of 2 slices`);
    assertEquals([line, ...stacks(table)], [line, "f1 f0", "f3 f2"]);
  }
});

Deno.test("a dimension that numbers places splits nothing", async () => {
  const frames = [0, 1].flatMap((repeat) =>
    [0, 4].map((z): FrameSpec => ({
      at: [0, 0, z],
      groups: { "00209111": item({ "00209157": [1 + z + repeat] }) },
    }))
  );
  const table = await build(makeObject("f", 1, frames, ["00200032"]));
  assertEquals(table.metadata.stacks?.split(";")[0], "2 repeats of 2 slices");
});

Deno.test("a frame without a place among others is a stack by itself", async () => {
  const traits: readonly SliceTraits[] = [{}, {}, {}];
  const object = makeInstance("f", [], {
    frameCount: 3,
    frameGeometry: [0, null, 5].map((z) => ({
      position: z === null ? null : [0, 0, z] as const,
      orientation: AXIAL,
    })),
    frameTraits: traits,
  });
  const builder = new IndexBuilder();
  builder.add(object);
  const table = await builder.build({ seriesUID: "s", address: "https://example.org/s" });
  assertEquals(stacks(table), ["f2 f0", "f1"]);
  assertEquals(table.stack(1).primaryAxis, "I");
  assertThrows(() => nearestSlice(table.stack(1), 0), UsageError, "choose by position");
});

Deno.test("cines without geometry are one stack, and count all their frames", async () => {
  const cine = (url: string) => makeInstance(url, [], { frameCount: 3 });
  const table = await build(cine("a"), cine("b"));
  assertEquals([table.metadata.stacks, table.stackCount, table.sliceCount], [null, 1, 6]);
});

Deno.test("cines at one place are a stack each, with all their frames", async () => {
  const cine = (url: string, number: number) =>
    makeInstance(url, [
      makeAttribute("InstanceNumber", [number]),
      makeAttribute("ImagePositionPatient", [0, 0, 1]),
      makeAttribute("ImageOrientationPatient", [...AXIAL]),
    ], { frameCount: 3 });
  const table = await build(cine("a", 1), cine("b", 2));
  assertEquals(table.metadata.stacks?.split(";")[0], "2 repeats of 3 slices");
  assertEquals(stacks(table), ["a0 a1 a2", "b0 b1 b2"]);
});

Deno.test("an object of a single frame lies where its functional groups say", async () => {
  const table = await build(
    makeObject("a", 1, [{ at: [0, 0, 5] }]),
    makeObject("b", 2, [{ at: [0, 0, 9] }]),
  );
  assertEquals(shown(table), "a b");
  assertEquals(table.positionRange, [5, 9]);
  assertEquals([table.primaryAxis, nearestSlice(table, 8), table.stackCount], ["Z", 1, 1]);
});
