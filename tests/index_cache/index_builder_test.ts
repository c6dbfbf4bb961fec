import { UsageError } from "../../errors.ts";
import {
  type Attribute,
  IndexBuilder,
  type IndexedInstance,
  readIndex,
  type SeriesTable,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import config from "../../deno.json" with { type: "json" };
import { makeAttribute, makeAxial, makeInstance } from "./support.ts";

const SERIES = { seriesUID: "series", address: "https://example.org/series" };

function build(instances: readonly IndexedInstance[]): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  for (const instance of instances) builder.add(instance);
  return builder.build(SERIES);
}

/** The index of instances that have one attribute each, in the order given. */
function buildColumn(...attributes: readonly (Attribute | null)[]): Promise<SeriesTable> {
  return build(attributes.map((attribute, i) => {
    const number = makeAttribute("InstanceNumber", [i]);
    return makeInstance(`${i}`, attribute === null ? [number] : [number, attribute]);
  }));
}

/** A private attribute of a value representation. */
function privateAttribute(vr: string, ...values: Attribute["values"]): Attribute {
  return { keyword: "00091001", tag: 0x00091001, vr, single: false, values };
}

function columnType(table: SeriesTable, name: string): string {
  return String(table.table.getChild(name)?.type);
}

function column(table: SeriesTable, name: string): unknown[] {
  return Array.from({ length: table.instanceCount }, (_, row) => table.value(row, name));
}

Deno.test("the fixed columns stand first, in order and of their types", async () => {
  const table = await build([makeInstance("a", [makeAttribute("Modality", ["CT"])])]);
  const fields = table.table.schema.fields.map((field) => `${field.name}: ${field.type}`);
  assertEquals(fields, [
    "_index: Uint32",
    "_index_normalized: Float64",
    "_data_url: Utf8",
    "_primary_axis: Utf8",
    "_primary_position: Float64",
    "_stack: Uint32",
    "_frame_count: Uint32",
    "_frame_stack: List<Uint32>",
    "_frame_axis: List<Utf8>",
    "_frame_order: List<Uint32>",
    "_frame_position: List<Float64>",
    "_frame_offset: List<Int64>",
    "_frame_length: List<Int64>",
    "_file_size: Int64",
    "_pixel_offset: Int64",
    "_pixel_length: Int64",
    "_pixel_vr: Utf8",
    "_etag: Utf8",
    "_empty: List<Utf8>",
    "SeriesUID: Utf8",
    "SOPInstanceUID: Utf8",
    "Modality: Utf8",
  ]);
});

Deno.test("rows are in display order, whatever order the instances come in", async () => {
  const instances = [makeAxial("a", 0, 1), makeAxial("b", 20, 2), makeAxial("c", 10, 3)];
  for (const input of [instances, instances.toReversed()]) {
    const table = await build(input);
    assertEquals(column(table, "_data_url"), ["b", "c", "a"]);
    assertEquals(column(table, "_index"), [0, 1, 2]);
    assertEquals(column(table, "_index_normalized"), [0, 0.5, 1]);
    assertEquals(column(table, "_primary_axis"), ["Z", "Z", "Z"]);
    assertEquals(column(table, "_primary_position"), [20, 10, 0]);
    assertEquals(column(table, "SeriesUID"), ["series", "series", "series"]);
  }
});

Deno.test("instances that no key tells apart go by address", async () => {
  for (const urls of [["a", "b", "c"], ["c", "b", "a"]]) {
    const table = await build(urls.map((url) => makeInstance(url)));
    assertEquals(column(table, "_data_url"), ["a", "b", "c"]);
  }
});

Deno.test("a single instance is at 0", async () => {
  assertEquals(column(await build([makeInstance("a")]), "_index_normalized"), [0]);
});

Deno.test("instances without an image have a row, no slice and no stack, and stand last", async () => {
  const table = await build([
    makeInstance("report", [makeAttribute("InstanceNumber", [1])], { frameCount: 0 }),
    makeInstance("image", [makeAttribute("InstanceNumber", [2])]),
  ]);
  assertEquals(column(table, "_data_url"), ["image", "report"]);
  assertEquals(column(table, "_stack"), [0, null]);
  assertEquals([table.instanceCount, table.sliceCount], [2, 1]);
});

Deno.test("an instance keeps where its bytes are", async () => {
  const table = await build([
    makeInstance("a", [], {
      fileSize: 2 ** 40,
      etag: '"abc"',
      pixelOffset: 2 ** 33,
      pixelLength: 2 ** 34,
      pixelVR: "OF",
      frameCount: 2,
      frameOffsets: [2 ** 33 + 8, 2 ** 35],
      frameLengths: [4, 8],
    }),
  ]);
  assertEquals(
    table.row(0, [
      "_file_size",
      "_etag",
      "_pixel_offset",
      "_pixel_length",
      "_pixel_vr",
      "_frame_offset",
      "_frame_length",
      "_frame_count",
    ]),
    {
      _file_size: 2 ** 40,
      _etag: '"abc"',
      _pixel_offset: 2 ** 33,
      _pixel_length: 2 ** 34,
      _pixel_vr: "OF",
      _frame_offset: [2 ** 33 + 8, 2 ** 35],
      _frame_length: [4, 8],
      _frame_count: 2,
    },
  );
});

Deno.test("each value representation has its column type", async () => {
  const types: Readonly<Record<string, readonly [type: string, value: string | number | bigint]>> =
    {
      DS: ["Float64", 0.1],
      FD: ["Float64", 0.1],
      FL: ["Float32", 0.5],
      IS: ["Int32", -7],
      SL: ["Int32", -7],
      SS: ["Int32", -7],
      UL: ["Uint32", 2 ** 32 - 1],
      US: ["Uint32", 65535],
      SV: ["Int64", -(2n ** 63n)],
      UV: ["Uint64", 2n ** 64n - 1n],
      AT: ["Utf8", "00280010"],
      PN: ["Utf8", "山田^太郎"],
      SQ: ["Utf8", "[]"],
      UI: ["Utf8", "1.2.3"],
    };
  for (const [vr, [type, value]] of Object.entries(types)) {
    const table = await buildColumn(privateAttribute(vr, value));
    assertEquals([vr, columnType(table, "00091001")], [vr, type]);
    assertEquals(column(table, "00091001"), [value]);
  }
});

Deno.test("a column is one of lists when any instance has several values", async () => {
  const table = await buildColumn(
    makeAttribute("WindowCenter", [40]),
    makeAttribute("WindowCenter", [40, null, 400]),
    null,
    makeAttribute("WindowCenter", []),
  );
  assertEquals(columnType(table, "WindowCenter"), "List<Float64>");
  assertEquals(column(table, "WindowCenter"), [[40], [40, null, 400], null, null]);
});

/** A public attribute of a value representation that need not be the standard's. */
function slope(vr: string, ...values: Attribute["values"]): Attribute {
  return { keyword: "RescaleSlope", tag: 0x00281053, vr, single: true, values };
}

for (const odd of [0, 3, 5]) {
  Deno.test(`a number that instance ${odd} of 6 writes as text leaves the column one of numbers`, async () => {
    const slopes = Array.from(
      { length: 6 },
      (_, i) => i === odd ? slope("LO", " 2.5 ") : slope("DS", i + 1),
    );
    const table = await buildColumn(...slopes);
    assertEquals(columnType(table, "RescaleSlope"), "Float64");
    const expected = [1, 2, 3, 4, 5, 6].with(odd, 2.5);
    assertEquals(column(table, "RescaleSlope"), expected);
    const vr = table.table.schema.fields.find(({ name }) => name === "RescaleSlope")!.metadata;
    assertEquals(vr.get("vr"), "DS or LO");
    const read = IndexBuilder.from(await readIndex(await writeIndex(table)));
    assertEquals(column(await read.build(SERIES), "RescaleSlope"), expected);
  });
}

Deno.test("a text among numbers is null when it is no number that can stand there", async () => {
  const texts = ["none", "0x10", "1e999", "", "1 2", "Infinity", "1.5e0", "-.5", "+7.", "12"];
  const table = await buildColumn(slope("DS", 1), ...texts.map((text) => slope("LO", text)));
  assertEquals(columnType(table, "RescaleSlope"), "Float64");
  assertEquals(
    column(table, "RescaleSlope"),
    [1, null, null, null, null, null, null, 1.5, -0.5, 7, 12],
  );
  const rows = (vr: string, ...values: Attribute["values"]) =>
    makeAttribute("Rows", values, { vr });
  for (
    const [first, text, type, second] of [
      [512, "512", "Uint32", 512],
      [512, "-1", "Int64", -1],
      [512, "9007199254740993", "Int64", 9007199254740993n],
      [512, "99999999999999999999", "Uint32", null],
    ] as const
  ) {
    for (const reversed of [false, true]) {
      const attributes = [rows("US", first), rows("LO", text)];
      const table = await buildColumn(...(reversed ? attributes.reverse() : attributes));
      assertEquals([text, columnType(table, "Rows")], [text, type]);
      assertEquals(column(table, "Rows"), reversed ? [second, first] : [first, second]);
    }
  }
});

Deno.test("a text that writes no value, or is beside numbers that are none, decides nothing", async () => {
  const cases: readonly (readonly [Attribute[], string, unknown[]])[] = [
    [[slope("DS", 1), slope("LO")], "Float64", [1, null]],
    [[slope("LO"), slope("DS", 1)], "Float64", [null, 1]],
    [[slope("LO", "1"), slope("DS")], "Utf8", ["1", null]],
    [[slope("LO", "1"), slope("DS", "none")], "Utf8", ["1", null]],
    [[slope("LO", "1"), slope("LO", "2")], "Utf8", ["1", "2"]],
    [[slope("LO", "1", "x"), slope("DS", 2)], "List<Float64>", [[1, null], [2]]],
  ];
  for (const [attributes, type, expected] of cases) {
    const table = await buildColumn(...attributes);
    assertEquals(columnType(table, "RescaleSlope"), type);
    assertEquals(column(table, "RescaleSlope"), expected);
  }
});

Deno.test("lookup table data beside numbers is kept whole, as text", async () => {
  const numbers: Attribute = {
    keyword: "LUTData",
    tag: 0x00283006,
    vr: "US",
    single: false,
    values: [1, 2],
  };
  const binary = { size: 4, hash: "ab" };
  const data: Attribute = { ...numbers, vr: "OW", values: ["AQACAA=="], binary };
  for (const attributes of [[numbers, data], [data, numbers]]) {
    const table = await buildColumn(...attributes);
    assertEquals(columnType(table, "LUTData"), "List<Utf8>");
    const row = attributes.indexOf(data);
    assertEquals(table.value(row, "LUTData"), ["AQACAA=="]);
    assertEquals(table.value(1 - row, "LUTData"), ["1", "2"]);
  }
});

Deno.test("integers beyond their column's range widen it and are never clipped", async () => {
  const cases: readonly (readonly [string, number | bigint, string])[] = [
    ["IS", 2 ** 31, "Int64"],
    ["IS", -(2 ** 31) - 1, "Int64"],
    ["IS", 2 ** 53 + 2, "Float64"],
    ["IS", 1.5, "Float64"],
    ["UL", 2 ** 32, "Int64"],
    ["FL", 0.1, "Float64"],
    ["IS", 2n ** 53n + 1n, "Int64"],
    ["UV", -1, "Float64"],
  ];
  for (const [vr, value, type] of cases) {
    const table = await buildColumn(privateAttribute(vr, 1), privateAttribute(vr, value));
    assertEquals([vr, value, columnType(table, "00091001")], [vr, value, type]);
    assertEquals(column(table, "00091001"), [1, value]);
  }
});

Deno.test("numbers that no one type of number holds exactly are text", async () => {
  const cases: readonly (readonly [string, number | bigint, string, number | bigint])[] = [
    ["UV", 2n ** 64n - 1n, "SV", -1],
    ["SV", 2n ** 53n + 1n, "FD", 0.5],
    ["UV", 2n ** 53n + 1n, "IS", -1.5],
  ];
  for (const [firstVR, first, secondVR, second] of cases) {
    const attributes = [privateAttribute(firstVR, first), privateAttribute(secondVR, second)];
    for (const reversed of [false, true]) {
      const table = await buildColumn(...(reversed ? attributes.toReversed() : attributes));
      assertEquals([firstVR, secondVR, columnType(table, "00091001")], [firstVR, secondVR, "Utf8"]);
      const written = [String(first), String(second)];
      assertEquals(column(table, "00091001"), reversed ? written.reverse() : written);
    }
  }
});

Deno.test("several value representations make one column that holds the values of all", async () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ["US", "SS", "Int64"],
    ["US", "US", "Uint32"],
    ["IS", "DS", "Float64"],
    ["FL", "FD", "Float64"],
    ["US", "LO", "Utf8"],
    ["SV", "FD", "Float64"],
  ];
  for (const [first, second, type] of cases) {
    for (const vrs of [[first, second], [second, first]]) {
      const table = await buildColumn(
        ...vrs.map((vr) => privateAttribute(vr, vr === "LO" ? "7" : 7)),
      );
      assertEquals([first, second, columnType(table, "00091001")], [first, second, type]);
      assertEquals(column(table, "00091001"), type === "Utf8" ? ["7", "7"] : [7, 7]);
    }
  }
});

/** The table after a way through a file and a builder that takes it up again. */
async function throughFile(table: SeriesTable): Promise<SeriesTable> {
  const again = await IndexBuilder.from(await readIndex(await writeIndex(table))).build(SERIES);
  assertEquals(again.table.schema.toString(), table.table.schema.toString());
  assertEquals(again.metadata, table.metadata);
  return again;
}

Deno.test("a DS that writes no number leaves the others numbers, and its text has a column beside", async () => {
  const built = await buildColumn(
    slope("DS", 5),
    slope("DS", "about 5"),
    null,
    slope("DS"),
    slope("DS", 1.5, null, "1,5"),
    slope("DS", "n/a"),
  );
  for (const table of [built, await throughFile(built)]) {
    assertEquals(columnType(table, "RescaleSlope"), "List<Float64>");
    assertEquals(column(table, "RescaleSlope"), [
      [5],
      null,
      null,
      null,
      [1.5, null, null],
      null,
    ]);
    assertEquals(column(table, "RescaleSlope_Text"), [
      null,
      "about 5",
      null,
      null,
      "1.5\\\\1,5",
      "n/a",
    ]);
    assertEquals(column(table, "_empty"), [null, null, null, ["RescaleSlope"], null, null]);
    assertEquals(table.metadata.untyped, { RescaleSlope_Text: 3 });
    const field = table.table.schema.fields.find(({ name }) => name === "RescaleSlope_Text")!;
    assertEquals([...field.metadata], [["tag", "00281053"], ["vr", "DS"]]);
  }
});

Deno.test("a text that is none of a column's numbers is kept beside, whatever came first", async () => {
  for (const reversed of [false, true]) {
    const attributes = [
      slope("DS", 1),
      slope("LO", "2.5"),
      slope("LO", "two"),
      slope("LO", "3\u00bd"),
    ];
    const built = await buildColumn(...(reversed ? attributes.toReversed() : attributes));
    const inOrder = <T>(list: T[]) => reversed ? list.toReversed() : list;
    for (const table of [built, await throughFile(built)]) {
      assertEquals(column(table, "RescaleSlope"), inOrder([1, 2.5, null, null]));
      assertEquals(column(table, "RescaleSlope_Text"), inOrder([null, null, "two", "3\u00bd"]));
      assertEquals(table.metadata.untyped, { RescaleSlope_Text: 2 });
    }
  }
});

Deno.test("what the dictionary has as text stays text where an instance has numbers", async () => {
  const id = (vr: string, value: string | number): Attribute => ({
    keyword: "PatientID",
    tag: 0x00100020,
    vr,
    dictionaryVR: "LO",
    single: true,
    values: [value],
  });
  for (const reversed of [false, true]) {
    const attributes = [id("LO", "007"), id("UL", 8), id("LO", "P-9"), id("DS", "x")];
    const built = await buildColumn(...(reversed ? attributes.toReversed() : attributes));
    for (const table of [built, await throughFile(built)]) {
      assertEquals(columnType(table, "PatientID"), "Utf8");
      const expected = ["007", "8", "P-9", "x"];
      assertEquals(column(table, "PatientID"), reversed ? expected.reverse() : expected);
      assertEquals(table.table.getChild("PatientID_Text"), null);
    }
  }
});

Deno.test("values that are not what they should be are whole beside what was read of them", async () => {
  const sequence: Attribute = {
    keyword: "ReferencedImageSequence",
    tag: 0x00081140,
    vr: "UN",
    dictionaryVR: "SQ",
    single: true,
    values: [],
    binary: { size: 4, hash: "ab".repeat(32) },
    unread: "AQIDBA==",
  };
  const half = { ...makeAttribute("Rows", []), unread: "AQ==" };
  const built = await build([
    makeInstance("a", [{ ...makeAttribute("Rows", [1]), unread: "AQADBA==" }, sequence]),
    makeInstance("b", [half]),
    makeInstance("c", [makeAttribute("Rows", [7])]),
  ]);
  for (const table of [built, await throughFile(built)]) {
    assertEquals(columnType(table, "Rows"), "Uint32");
    assertEquals(column(table, "Rows"), [1, null, 7]);
    assertEquals(column(table, "Rows_Bytes"), ["AQADBA==", "AQ==", null]);
    assertEquals(column(table, "_empty"), [null, null, null]);
    assertEquals(column(table, "ReferencedImageSequence_Bytes"), ["AQIDBA==", null, null]);
    assertEquals(column(table, "ReferencedImageSequence_Size"), [4, null, null]);
    assertEquals(table.table.getChild("ReferencedImageSequence"), null);
    assertEquals(table.metadata.untyped, { ReferencedImageSequence_Bytes: 1, Rows_Bytes: 2 });
  }
});

Deno.test("zero-length attributes are null, and told from absent ones by _empty", async () => {
  const table = await buildColumn(
    makeAttribute("AccessionNumber", []),
    null,
    makeAttribute("AccessionNumber", ["A1"]),
  );
  assertEquals(column(table, "AccessionNumber"), [null, null, "A1"]);
  assertEquals(column(table, "_empty"), [["AccessionNumber"], null, null]);

  const numbers = await buildColumn(makeAttribute("Rows", []));
  assertEquals(columnType(numbers, "Rows"), "Uint32");
  assertEquals(column(numbers, "Rows"), [null]);
});

Deno.test("binary values are a size and a hash, lookup table data stays whole", async () => {
  const binary = { size: 3, hash: "ab".repeat(32) };
  const table = await buildColumn(
    { ...privateAttribute("OB"), binary },
    null,
    privateAttribute("OW", "AAEC"),
  );
  assertEquals(columnType(table, "00091001_Size"), "Int64");
  assertEquals(column(table, "00091001_Size"), [3, null, null]);
  assertEquals(column(table, "00091001_Hash"), [binary.hash, null, null]);
  assertEquals(column(table, "00091001"), [null, null, "AAEC"]);

  const only = await buildColumn({ ...privateAttribute("UN"), binary });
  assertEquals(only.table.getChild("00091001"), null);
});

Deno.test("header columns stand by tag and tell tag and value representation", async () => {
  const table = await buildColumn(
    makeAttribute("Rows", [512]),
    makeAttribute("Modality", ["CT"]),
    { ...makeAttribute("SmallestImagePixelValue", [0]), vr: "SS" },
    makeAttribute("SmallestImagePixelValue", [0]),
  );
  const fields = table.table.schema.fields.filter((field) => field.metadata.has("tag"));
  assertEquals(fields.map((field) => [field.name, ...field.metadata.values()]), [
    ["SOPInstanceUID", "00080018", "UI"],
    ["Modality", "00080060", "CS"],
    ["InstanceNumber", "00200013", "IS"],
    ["Rows", "00280010", "US"],
    ["SmallestImagePixelValue", "00280106", "SS or US"],
  ]);
});

Deno.test("two elements of one keyword have two columns", async () => {
  const table = await build([
    makeInstance("a", [
      { keyword: "OverlayRows", tag: 0x60000010, vr: "US", single: true, values: [1] },
      { keyword: "OverlayRows", tag: 0x60020010, vr: "US", single: true, values: [2] },
    ]),
  ]);
  assertEquals(table.row(0, ["OverlayRows", "60020010"]), { OverlayRows: 1, "60020010": 2 });
});

Deno.test("the metadata says what was built, listed, failed and skipped", async () => {
  const builder = new IndexBuilder();
  builder.add(makeAxial("a", 0, 1));
  builder.add(makeAxial("b", 0, 2));
  const failed = [{ url: "c", error: "cut" }];
  const skipped = [{ url: "d", reason: "not DICOM" }];
  const table = await builder.build({ ...SERIES, failed, skipped });
  assertEquals(table.metadata, {
    schemaVersion: 3,
    toolVersion: config.version,
    ...SERIES,
    listed: 4,
    failed,
    skipped,
    stacks: "2 repeats of 1 slice; --stack 0…1 picks one",
    untyped: {},
  });
  assertEquals(table.table.schema.metadata.get("failed"), JSON.stringify(failed));
});

Deno.test("frames are ordered inside their instance, which counts as without geometry", async () => {
  const orientation = [1, 0, 0, 0, 1, 0] as const;
  const table = await build([
    makeInstance("many", [makeAttribute("InstanceNumber", [7])], {
      frameCount: 4,
      frameGeometry: [5, 15, null, 10].map((z) => ({
        orientation,
        position: z === null ? null : [0, 0, z] as const,
      })),
    }),
    makeAxial("one", 0, 9),
  ]);
  assertEquals(column(table, "_data_url"), ["one", "many"]);
  assertEquals(
    table.row(1, [
      "_primary_axis",
      "_primary_position",
      "_frame_axis",
      "_frame_order",
      "_frame_position",
    ]),
    {
      _primary_axis: "I",
      _primary_position: 7,
      _frame_axis: ["Z", "Z", "I", "Z"],
      _frame_order: [1, 3, 0, 2],
      _frame_position: [5, 15, null, 10],
    },
  );
});

Deno.test("frames without geometry, or stored in display order, need no order", async () => {
  const at = (z: number) => ({
    orientation: [1, 0, 0, 0, 1, 0] as const,
    position: [0, 0, z] as const,
  });
  const table = await build([
    makeInstance("a", [], { frameCount: 2, frameGeometry: [at(9), at(1)] }),
    makeInstance("b", [], {
      frameCount: 2,
      frameGeometry: [{ position: null, orientation: null }, { position: null, orientation: null }],
    }),
  ]);
  assertEquals(column(table, "_frame_order"), [null, null]);
  assertEquals(column(table, "_frame_position"), [[9, 1], null]);
});

Deno.test("an index taken up again gives what one building would have given", async () => {
  const instances = [
    makeAxial("a", 0, 1),
    makeInstance("b", [
      makeAttribute("SOPInstanceUID", ["1.2.2"]),
      makeAttribute("WindowCenter", [1, 2]),
      makeAttribute("AccessionNumber", []),
      makeAttribute("Rows", []),
      makeAttribute("PerFrameFunctionalGroupsSequence", [JSON.stringify([0, 1].map((z) => ({
        "00209113": { Value: [{ "00200032": { Value: [0, 0, z] } }] },
        "00209116": { Value: [{ "00200037": { Value: [1, 0, 0, 0, 1, 0] } }] },
      })))]),
      { ...privateAttribute("OB"), binary: { size: 3, hash: "ab".repeat(32) } },
    ], {
      fileSize: 5,
      etag: "e",
      frameCount: 2,
      frameOffsets: [1, 2],
      frameLengths: [1, 1],
      frameGeometry: [0, 1].map((z) => ({
        position: [0, 0, z] as const,
        orientation: [1, 0, 0, 0, 1, 0] as const,
      })),
    }),
    makeAxial("c", 50, 3),
    makeInstance("d", [makeAttribute("WindowCenter", [7])]),
  ];
  const whole = await build(instances);
  for (let taken = 0; taken <= instances.length; taken++) {
    const part = await build(instances.slice(0, taken));
    const builder = IndexBuilder.from(await readIndex(await writeIndex(part)));
    assertEquals(builder.instanceCount, taken);
    for (const instance of instances.slice(taken)) builder.add(instance);
    const merged = await builder.build(SERIES);
    assertEquals(merged.table.schema.toString(), whole.table.schema.toString());
    for (let row = 0; row < whole.instanceCount; row++) {
      assertEquals(merged.row(row), whole.row(row));
    }
  }
});

Deno.test("part of an index cannot be taken up again, nor written", async () => {
  const bytes = await writeIndex(await build([makeAxial("a", 0, 1)]));
  const part = await readIndex(bytes, { columns: ["_data_url"] });
  assertThrows(() => IndexBuilder.from(part), UsageError, "whole index");
  const stack = (await build([makeAxial("a", 0, 1), makeAxial("b", 0, 2)])).stack(1);
  assertThrows(() => IndexBuilder.from(stack), UsageError, "whole index");
});

Deno.test("every cell that goes in comes out of the file", async () => {
  const text = fc.oneof(fc.string({ unit: "grapheme", minLength: 1 }), fc.constant("x\0y"));
  const values: Readonly<Record<string, fc.Arbitrary<string | number | bigint>>> = {
    LO: text,
    DS: fc.double({ noNaN: true, noDefaultInfinity: true }),
    FL: fc.float({ noNaN: true }),
    IS: fc.integer(),
    US: fc.integer({ min: 0, max: 65535 }),
    SV: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  };
  const attributes = Object.entries(values).map(([vr, value], i) => {
    const list = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(value) },
      fc.array(fc.option(value), { minLength: 2, maxLength: 4 }),
    );
    return fc.option(list.map((values): Attribute => ({
      keyword: `0009100${i}`,
      tag: 0x00091000 + i,
      vr,
      single: false,
      values,
    })));
  });
  const instances = fc.array(fc.tuple(...attributes), { minLength: 1, maxLength: 8 });
  const plain = (value: unknown) =>
    typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;

  await fc.assert(
    fc.asyncProperty(instances, async (input) => {
      const built = await build(
        input.map((list, i) =>
          makeInstance(String(i).padStart(2, "0"), list.filter((each) => each !== null))
        ),
      );
      const read = await readIndex(await writeIndex(built));
      assertEquals(read.metadata, built.metadata);
      input.forEach((list, row) => {
        assertEquals(read.row(row), built.row(row));
        for (const attribute of list) {
          if (attribute === null) continue;
          const { keyword, values } = attribute;
          const isList = String(read.table.getChild(keyword)!.type).startsWith("List");
          const expected = values.map(plain);
          assertEquals(read.value(row, keyword), isList ? expected : expected[0]);
        }
      });
    }),
    { seed: 1, numRuns: 60 },
  );
});

Deno.test("instances that are left out have no row, and the builder keeps them", async () => {
  const builder = new IndexBuilder();
  for (const [i, url] of ["a", "b", "c"].entries()) builder.add(makeAxial(url, i, i));
  const table = await builder.build({ ...SERIES, leaveOut: new Set(["b", "other"]) });
  assertEquals(column(table, "_data_url"), ["c", "a"]);
  assertEquals(column(table, "_index"), [0, 1]);
  assertEquals(table.metadata.listed, 2);
  assertEquals(column(await builder.build(SERIES), "_data_url"), ["c", "b", "a"]);
});
