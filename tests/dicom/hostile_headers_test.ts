import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import {
  type AttributeValues,
  HeaderReader,
  type HeaderResult,
  parseHeader,
  readAttributes,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import { deflateRaw } from "pako";
import { InvalidHeaderError, LimitError, NotDicomError } from "../../errors.ts";
import {
  concat,
  DEFLATED,
  element,
  type ElementSpec,
  encodingOf,
  EXPLICIT,
  latin1,
  UNDEFINED_LENGTH,
  writeElements,
  writeFileMeta,
  writeHead,
  writeInstance,
} from "../support/dicom_fixtures.ts";
import { wholeHeader } from "./header_facts.ts";
import { samplePixels } from "./sample_instances.ts";

const LITTLE = encodingOf(EXPLICIT);
const MODALITY = element(0x00080060, "CS", "CT");

function parse(object: Uint8Array): HeaderResult {
  return parseHeader(object, { totalSize: object.length });
}

async function valuesOf(object: Uint8Array): Promise<AttributeValues> {
  return toAttributeValues(await readAttributes(wholeHeader(object)));
}

/** An instance with elements that may be anything between modality and pixel data. */
function around(...middle: (ElementSpec | Uint8Array)[]): Uint8Array {
  const parts = middle.map((each) =>
    each instanceof Uint8Array ? each : writeElements([each], LITTLE)
  );
  return concat(
    writeInstance([MODALITY]),
    ...parts,
    writeElements([element(0x00280010, "US", [2]), samplePixels()], LITTLE),
  );
}

const item = (length: number) => writeHead(0xfffee000, "", length, LITTLE);
const itemEnd = writeHead(0xfffee00d, "", 0, LITTLE);
const sequenceEnd = writeHead(0xfffee0dd, "", 0, LITTLE);
const openSequence = writeHead(0x00081140, "SQ", UNDEFINED_LENGTH, LITTLE);

/** Runs something and tells its milliseconds; limits on them are far above what is usual. */
function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

Deno.test("An element that claims more bytes than its object has is an error", () => {
  for (const length of [0xfffffffe, 0x7fffffff, 100_000]) {
    const object = around(writeHead(0x00091001, "UN", length, LITTLE));
    assertThrows(() => parse(object), InvalidHeaderError);
    // Without a known size it is a header too long for its limit, or one to read on for.
    const reading = () => parseHeader(object);
    if (length > 64 * 2 ** 20) assertThrows(reading, LimitError);
    else assertEquals(reading().complete, false);
  }
});

Deno.test("A nested element that claims more bytes than its object has is an error", () => {
  for (const length of [0xfffffffe, 100_000]) {
    const object = around(
      openSequence,
      item(UNDEFINED_LENGTH),
      writeHead(0x00091001, "UN", length, LITTLE),
    );
    assertThrows(() => parse(object), InvalidHeaderError);
  }
});

Deno.test("An element that claims more than the header limit is not waited for", () => {
  const object = around(writeHead(0x00091001, "UN", 70 * 2 ** 20, LITTLE));
  assertThrows(() => parseHeader(object, { totalSize: 2 ** 31 }), LimitError);
  const limits = { maxHeaderBytes: 2 ** 30 };
  assertEquals(parseHeader(object, { totalSize: 2 ** 31, limits }).complete, false);
});

Deno.test("The header limit holds however many bytes are there already", () => {
  for (const transferSyntaxUID of [EXPLICIT, DEFLATED]) {
    const blocks = Array.from(
      { length: 20 },
      (_, i) => element(0x00091001 + i, "UN", new Uint8Array(100)),
    );
    const object = writeInstance([MODALITY, ...blocks, samplePixels()], { transferSyntaxUID });
    const parsing = (maxHeaderBytes: number) =>
      parseHeader(object, { totalSize: object.length, limits: { maxHeaderBytes } });
    const { bytes } = wholeHeader(object);
    assert(parsing(bytes.length).complete);
    assertThrows(() => parsing(bytes.length - 1), LimitError);
  }
});

Deno.test("Sequences nested 100,000 deep are refused at once", () => {
  const level = concat(openSequence, item(UNDEFINED_LENGTH));
  const deep = concat(writeInstance([MODALITY]), ...Array(100_000).fill(level));
  assertLess(timed(() => assertThrows(() => parse(deep), LimitError)), 2000);
});

Deno.test("Sequences of known length nested 100,000 deep are refused at once", () => {
  const levels: Uint8Array[] = [];
  const headSize = 12 + 8;
  for (let depth = 100_000; depth > 0; depth--) {
    const inside = (depth - 1) * headSize;
    levels.push(concat(writeHead(0x00081140, "SQ", inside + 8, LITTLE), item(inside)));
  }
  const deep = concat(writeInstance([MODALITY]), ...levels);
  assertLess(timed(() => assertThrows(() => parse(deep), LimitError)), 2000);
});

Deno.test("The nesting limit is the deepest that is read", async () => {
  const nested = (depth: number): ElementSpec =>
    element(0x00081140, "SQ", [depth > 1 ? [nested(depth - 1)] : [MODALITY]]);
  const values = await valuesOf(around(nested(64)));
  assertEquals(values.Modality, "CT");
  assertThrows(() => parse(around(nested(65))), LimitError);
  const limits = { maxNesting: 2 };
  assert(parseHeader(around(nested(2)), { limits }).complete);
  assertThrows(() => parseHeader(around(nested(3)), { limits }), LimitError);
});

Deno.test("More than a million elements or items are refused", () => {
  const elements = new Uint8Array(8 * 1_000_010);
  const view = new DataView(elements.buffer);
  for (let i = 0; i < elements.length; i += 8) {
    view.setUint16(i, 0x0008, true);
    view.setUint16(i + 2, 0x0060, true);
    elements.set([0x43, 0x53], i + 4);
  }
  assertThrows(() => parse(concat(writeInstance([MODALITY]), elements)), LimitError);
  const items = new Uint8Array(8 * 1_000_010);
  for (let i = 0; i < items.length; i += 8) items.set([0xfe, 0xff, 0x00, 0xe0], i);
  const object = concat(writeInstance([MODALITY]), openSequence, items);
  assertThrows(() => parse(object), LimitError);
  const few = { totalSize: object.length, limits: { maxElements: 100 } };
  assertThrows(() => parseHeader(object, few), LimitError);
});

Deno.test("More than 5,000 attributes are refused, and as many in a sequence are read", () => {
  const many = Array.from({ length: 5001 }, (_, i) => element(0x00091000 + i, "LO", ""));
  const refused = () => parse(writeInstance(many));
  assertThrows(refused, LimitError, "more than 5000 attributes");
  assert(parse(writeInstance(many.slice(1))).complete);
  assert(parse(writeInstance([element(0x00081140, "SQ", [many])])).complete);
  const object = writeInstance(many.slice(0, 11));
  const limits = { maxAttributes: 10 };
  assertThrows(() => parseHeader(object, { limits, totalSize: object.length }), LimitError);
});

Deno.test("Functional groups of 30,000 frames with 30 elements each are read", () => {
  const group = Array.from({ length: 30 }, (_, i) => element(0x00189004 + i, "DS", "1.5"));
  const frame = writeElements([element(0x52009230, "SQ", [group])], LITTLE).subarray(12);
  const frames = new Uint8Array(30_000 * frame.length);
  for (let at = 0; at < frames.length; at += frame.length) frames.set(frame, at);
  const header = wholeHeader(writeInstance([
    element(0x00280008, "IS", "30000"),
    element(0x52009230, "SQ", frames),
    samplePixels(),
  ]));
  const { items } = header.dataset.get(0x52009230)!;
  assertEquals([items?.length, items?.at(-1)?.size], [30_000, 30]);
});

Deno.test("File meta of endless elements is refused", () => {
  const uid = writeElements([element(0x00020010, "UI", "1.2")], LITTLE);
  const object = concat(new Uint8Array(128), latin1("DICM"), ...Array(200).fill(uid));
  const limits = { maxElements: 100 };
  assertThrows(() => parseHeader(object, { limits }), LimitError);
});

Deno.test("A transfer syntax UID of any length is a UID that is not known", async () => {
  const meta = writeElements([element(0x00020010, "UN", "9".repeat(500_000))], LITTLE);
  const dataset = writeElements([MODALITY, samplePixels()], LITTLE);
  const object = concat(new Uint8Array(128), latin1("DICM"), meta, dataset);
  const header = wholeHeader(object);
  assertEquals(header.transferSyntaxUID, "9".repeat(64));
  assertEquals((await valuesOf(object)).Modality, "CT");
});

Deno.test("A deflated header that inflates beyond its limit stops there", () => {
  // One element of 256 MiB, and elements of 4 KiB without end.
  const huge = concat(
    writeElements([MODALITY], LITTLE),
    writeHead(0x00091001, "UN", 2 ** 28, LITTLE),
    new Uint8Array(2 ** 24),
  );
  const small = writeElements([element(0x00091001, "UN", new Uint8Array(4096))], LITTLE);
  const many = concat(...Array(4000).fill(small));
  for (const dataset of [huge, many]) {
    const deflated = deflateRaw(dataset);
    const object = concat(
      new Uint8Array(128),
      latin1("DICM"),
      writeFileMeta(DEFLATED),
      deflated,
    );
    assertLess(object.length, 2 ** 20);
    const before = Deno.memoryUsage().external;
    const limits = { maxHeaderBytes: 2 ** 22 };
    assertThrows(() => parseHeader(object, { totalSize: object.length, limits }), LimitError);
    assertLess(Deno.memoryUsage().external - before, 2 ** 26);
    if (dataset === huge) assertThrows(() => parse(object), LimitError);
  }
});

Deno.test("A deflated header of many pieces is read, whole or piece by piece", async () => {
  const noise = new Uint8Array(60_000);
  let state = 1;
  for (let i = 0; i < noise.length; i++) {
    state = Math.imul(state, 1103515245) + 12345;
    noise[i] = state >>> 16;
  }
  const object = writeInstance(
    [MODALITY, element(0x00091001, "UN", noise), element(0x00280010, "US", [2]), samplePixels()],
    { transferSyntaxUID: DEFLATED },
  );
  const header = wholeHeader(object);
  assertEquals(toAttributeValues(await readAttributes(header)).Rows, 2);
  const reader = new HeaderReader();
  const half = object.length >> 1;
  assertEquals(reader.append(object.slice(0, half), object.length).complete, false);
  assert(reader.append(object.slice(half), object.length).complete);
});

Deno.test("A deflated header with a small limit is not charged for the pixels behind it", () => {
  const pixels = element(0x7fe00010, "OB", new Uint8Array(200_000));
  const object = writeInstance([MODALITY, pixels], { transferSyntaxUID: DEFLATED });
  const limits = { maxHeaderBytes: 10_000 };
  assert(parseHeader(object, { totalSize: object.length, limits }).complete);
});

Deno.test("A corrupt deflated dataset is an error", () => {
  const object = writeInstance([MODALITY, samplePixels()], { transferSyntaxUID: DEFLATED });
  const start = object.length - 30;
  const broken = object.slice();
  broken.fill(0xff, start);
  assertThrows(() => parse(broken), InvalidHeaderError);
});

Deno.test("Delimitation items that nothing opened are passed over", async () => {
  for (const stray of [itemEnd, sequenceEnd, concat(sequenceEnd, itemEnd, sequenceEnd)]) {
    const values = await valuesOf(around(stray));
    assertEquals([values.Modality, values.Rows], ["CT", 2]);
  }
});

Deno.test("Delimitation items inside what has a length already are passed over", async () => {
  const inside = concat(writeElements([MODALITY], LITTLE), itemEnd);
  const afterItem = concat(item(inside.length), inside, itemEnd, sequenceEnd);
  const object = around(
    writeHead(0x00081140, "SQ", afterItem.length, LITTLE),
    afterItem,
  );
  const values = await valuesOf(object);
  assertEquals(values.ReferencedImageSequence, '[{"00080060":{"vr":"CS","Value":["CT"]}}]');
  assertEquals(values.Rows, 2);
});

Deno.test("An item, or its end, that stands where an element should spoils the header", () => {
  for (const stray of [item(4), concat(openSequence, itemEnd, itemEnd.subarray(0, 4))]) {
    assertThrows(() => parse(around(stray)), InvalidHeaderError);
  }
  const unclosed = concat(openSequence, item(UNDEFINED_LENGTH), sequenceEnd);
  assertThrows(() => parse(around(unclosed)), InvalidHeaderError);
});

Deno.test("A fragment without a length spoils the header", () => {
  const icon = writeHead(0x7fe00010, "OB", UNDEFINED_LENGTH, LITTLE);
  const object = around(openSequence, item(UNDEFINED_LENGTH), icon, item(UNDEFINED_LENGTH));
  assertThrows(() => parse(object), InvalidHeaderError, "fragment");
});

/** What is kept of an element that should be a sequence and is no such thing. */
async function opaqueSize(object: Uint8Array, tag: number): Promise<number | undefined> {
  const attributes = await readAttributes(wholeHeader(object));
  assertEquals(toAttributeValues(attributes).Rows, 2);
  const attribute = attributes.find((each) => each.tag === tag);
  assertEquals(attribute?.vr, "UN");
  return attribute?.binary?.size;
}

Deno.test("A sequence of known length that holds nonsense is kept as bytes", async () => {
  const nonsense: [string, Uint8Array][] = [
    ["noise", Uint8Array.from({ length: 50 }, (_, i) => i * 37)],
    ["an item longer than its sequence", concat(item(200), writeElements([MODALITY], LITTLE))],
    ["half an item head", item(0).subarray(0, 6)],
    ["half an element head", concat(item(5), latin1("abcde"))],
    ["an element longer than its item", concat(item(8), writeHead(0x00080060, "CS", 90, LITTLE))],
    [
      "an element of 4 GB in an item of no length",
      concat(item(UNDEFINED_LENGTH), writeHead(0x00091001, "UN", 0xfffffff0, LITTLE)),
    ],
    ["an item that never ends", concat(item(UNDEFINED_LENGTH), writeElements([MODALITY], LITTLE))],
    [
      "a sequence that never ends",
      concat(item(12), writeHead(0x00081140, "SQ", UNDEFINED_LENGTH, LITTLE)),
    ],
  ];
  for (const [what, bytes] of nonsense) {
    const head = writeHead(0x00091002, "SQ", bytes.length, LITTLE);
    const object = around(head, bytes);
    assertEquals(await opaqueSize(object, 0x00091002), bytes.length, what);
  }
});

Deno.test("Nonsense spoils the innermost sequence of known length alone", async () => {
  const noise = latin1("this is no item at all");
  const inner = concat(writeHead(0x00091002, "SQ", noise.length, LITTLE), noise);
  const content = concat(writeElements([MODALITY], LITTLE), inner);
  const object = around(
    writeHead(0x00081140, "SQ", content.length + 8, LITTLE),
    concat(item(content.length), content),
  );
  const [first] = JSON.parse(String((await valuesOf(object)).ReferencedImageSequence));
  assertEquals(first["00080060"], { vr: "CS", Value: ["CT"] });
  assertEquals(first["00091002"], { vr: "UN", InlineBinary: noise.toBase64() });
});

Deno.test("An unreadable sequence inside one of no length spoils what has a length", async () => {
  const noise = latin1("nonsense");
  const inner = concat(writeHead(0x00091002, "SQ", noise.length, LITTLE), noise);
  const object = around(openSequence, item(UNDEFINED_LENGTH), inner, itemEnd, sequenceEnd);
  const [first] = JSON.parse(String((await valuesOf(object)).ReferencedImageSequence));
  assertEquals(first["00091002"].InlineBinary, noise.toBase64());
});

Deno.test("Text in a place of a sequence is never taken for one", async () => {
  const object = around(
    element(0x00283000, "LO", '[{"00283002":'),
    element(0x52009229, "LO", "[null]"),
  );
  const values = await valuesOf(object);
  assertEquals([values.ModalityLUTSequence, values.SharedFunctionalGroupsSequence], [
    undefined,
    undefined,
  ]);
  assertEquals(values.Rows, 2);
});

Deno.test("Bytes that are no DICOM are told so", () => {
  for (const size of [0, 1, 4, 131, 132, 500]) {
    assertThrows(() => parse(new Uint8Array(size)), NotDicomError);
    assertThrows(() => parse(latin1("x".repeat(size))), NotDicomError);
  }
  assertThrows(() => parse(latin1("<!DOCTYPE html><html>" + " ".repeat(300))), NotDicomError);
  const renamed = writeInstance([MODALITY]).slice();
  renamed.set(latin1("DICX"), 128);
  assertThrows(() => parse(renamed), NotDicomError);
});

Deno.test("A file without a dataset is an error", () => {
  assertThrows(() => parse(writeInstance([])), InvalidHeaderError);
  assertThrows(() => parse(concat(new Uint8Array(128), latin1("DICM"))), InvalidHeaderError);
  assertThrows(() => parse(writeInstance([], { transferSyntaxUID: DEFLATED })), InvalidHeaderError);
});

Deno.test("Runs of spaces and of backslashes take no time to read", async () => {
  const spaces = " ".repeat(1_000_000) + "x";
  const values = await valuesOf(around(
    element(0x00091001, "UT", spaces),
    element(0x00091002, "UC", spaces),
    element(0x00091003, "UC", "\\".repeat(100_000)),
  ));
  assertEquals(values["00091001"], spaces);
  assertEquals(values["00091002"], "x");
  assertEquals((values["00091003"] as unknown[]).length, 100_001);
});

Deno.test("Names of JavaScript's own are no transfer syntax and no character set", async () => {
  for (const name of ["constructor", "toString", "__proto__", "valueOf"]) {
    const object = concat(
      new Uint8Array(128),
      latin1("DICM"),
      writeElements([element(0x00020010, "UI", name)], LITTLE),
      writeElements([
        element(0x00080005, "CS", name),
        element(0x00100010, "PN", "D\xf6e"),
        samplePixels(),
      ], LITTLE),
    );
    const header = wholeHeader(object);
    assertEquals(header.transferSyntaxUID, name);
    assertEquals((await valuesOf(object)).PatientName, "Döe");
  }
});
