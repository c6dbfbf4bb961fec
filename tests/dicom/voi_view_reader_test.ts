import { assert, assertEquals } from "@std/assert";
import {
  type AttributeValues,
  imageDescriber,
  type ImageDescription,
} from "@dicom/series-preview/dicom";

/** Describes a frame of a small image that has these attributes too. */
function describe(given: Record<string, unknown> = {}, frame = 0): ImageDescription {
  const smallest = { Rows: 2, Columns: 3, BitsAllocated: 16 };
  return imageDescriber({ ...smallest, ...given } as AttributeValues)(frame);
}

Deno.test("Windows come in pairs, and those that count as absent are left out", () => {
  const windows = (WindowCenter: unknown, WindowWidth: unknown, VOILUTFunction?: string) =>
    describe({ WindowCenter, WindowWidth, ...(VOILUTFunction ? { VOILUTFunction } : {}) }).windows;
  assertEquals(windows(40, 400), [{ center: 40, width: 400 }]);
  assertEquals(windows([40, -600], [400, 1500]), [
    { center: 40, width: 400 },
    { center: -600, width: 1500 },
  ]);
  // One that is missing leaves the others with their own.
  assertEquals(windows([null, 40], [1500, 400]), [{ center: 40, width: 400 }]);
  assertEquals(windows([1, 2, 3], [10, "x", 30]), [
    { center: 1, width: 10 },
    { center: 3, width: 30 },
  ]);
  assertEquals(windows([1, 2], 10), [{ center: 1, width: 10 }]);
  assertEquals(windows(40, null), []);
  assertEquals(windows(40, 0.5), []);
  assertEquals(windows(40, 1), [{ center: 40, width: 1 }]);
  assertEquals(windows(40, 0.5, "LINEAR_EXACT"), [{ center: 40, width: 0.5 }]);
  assertEquals(windows(40, 0.5, "SIGMOID"), [{ center: 40, width: 0.5 }]);
  assertEquals(windows(40, 0, "SIGMOID"), []);
});

Deno.test("A VOI LUT Function that is not known is LINEAR", () => {
  const named = (name: unknown) => describe({ VOILUTFunction: name }).voiLutFunction;
  assertEquals(named("SIGMOID"), "SIGMOID");
  assertEquals(named("LINEAR_EXACT"), "LINEAR_EXACT");
  for (const name of ["LINEAR", "linear_exact", "CUBIC", null]) assertEquals(named(name), "LINEAR");
});

Deno.test("Windows and tables keep what the file says they are for", () => {
  const { windows, voiTables } = describe({
    WindowCenter: [null, 40, -600, 1],
    WindowWidth: [1, 400, 1500, 2],
    WindowCenterWidthExplanation: ["lost", null, "LUNG"],
    VOILUTSequence: JSON.stringify([voiTable(7, "HARDER"), voiTable(8)]),
  });
  assertEquals(windows, [
    { center: 40, width: 400 },
    { center: -600, width: 1500, explanation: "LUNG" },
    { center: 1, width: 2 },
  ]);
  assertEquals(voiTables.map(({ explanation }) => explanation), ["HARDER", undefined]);
});

/** An item of a VOI LUT Sequence with two entries, of which the first is given. */
function voiTable(entry: number, explanation?: string) {
  return {
    "00283002": { vr: "US", Value: [2, 0, 8] },
    "00283006": { vr: "US", Value: [entry, 255] },
    ...(explanation ? { "00283003": { vr: "LO", Value: [explanation] } } : {}),
  };
}

/** Functional groups with an item of the Frame VOI LUT Sequence. */
function frameVoi(item: Record<string, unknown>) {
  return { "00289132": { vr: "SQ", Value: [item] } };
}

const frameWindow = {
  "00281050": { vr: "DS", Value: [40] },
  "00281051": { vr: "DS", Value: [400] },
  "00281055": { vr: "LO", Value: ["BRAIN"] },
};
const exact = { "00281056": { vr: "CS", Value: ["LINEAR_EXACT"] } };
const frameTable = { "00283010": { vr: "SQ", Value: [voiTable(3)] } };

Deno.test("What the Frame VOI LUT Sequence holds goes before the instance's views", () => {
  const given = {
    NumberOfFrames: 7,
    WindowCenter: 9,
    WindowWidth: 9,
    VOILUTFunction: "SIGMOID",
    VOILUTSequence: JSON.stringify([voiTable(1)]),
    SharedFunctionalGroupsSequence: JSON.stringify([frameVoi(frameTable)]),
    PerFrameFunctionalGroupsSequence: JSON.stringify([
      frameVoi({ ...frameWindow, ...exact }),
      frameVoi(frameWindow),
      frameVoi(frameTable),
      frameVoi({ ...frameTable, ...frameWindow }),
      frameVoi(exact),
      frameVoi({}),
      {},
    ]),
  };
  const views = [0, 1, 2, 3, 4, 5, 6].map((frame) => {
    const { windows, voiLutFunction, voiTables } = describe(given, frame);
    return [
      windows.map(({ center, explanation }) => explanation ?? center),
      voiLutFunction,
      voiTables.map(({ entries }) => entries[0]),
    ];
  });
  assertEquals(views, [
    [["BRAIN"], "LINEAR_EXACT", []],
    [["BRAIN"], "LINEAR", []],
    [[], "LINEAR", [3]],
    [["BRAIN"], "LINEAR", [3]],
    [[9], "LINEAR_EXACT", [1]],
    [[9], "SIGMOID", [1]],
    [[], "LINEAR", [3]],
  ]);
});

Deno.test("Tables of the instance are read once for all frames that look up the same values", () => {
  const rescale = (intercept: number) => ({
    "00289145": {
      vr: "SQ",
      Value: [{ "00281052": { vr: "DS", Value: [intercept] } }],
    },
  });
  const values = {
    Rows: 1,
    Columns: 1,
    BitsAllocated: 16,
    NumberOfFrames: 3,
    VOILUTSequence: JSON.stringify([voiTable(1)]),
    PerFrameFunctionalGroupsSequence: JSON.stringify([rescale(0), rescale(0), rescale(-5)]),
  };
  const describe = imageDescriber(values);
  const [first, second, third] = [0, 1, 2].map((frame) => describe(frame).voiTables[0]);
  assert(first === second);
  assertEquals(third, first);
});
