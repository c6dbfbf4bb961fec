import { assert, assertEquals, assertThrows } from "@std/assert";
import {
  type AttributeValues,
  parseHeader,
  readAttributes,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import { InvalidHeaderError } from "../../errors.ts";
import {
  concat,
  element,
  encodingOf,
  EXPLICIT,
  IMPLICIT,
  latin1,
  UNDEFINED_LENGTH,
  writeElements,
  writeHead,
  writeInstance,
} from "../support/dicom_fixtures.ts";
import { headerFacts, headerInChunks, wholeHeader } from "./header_facts.ts";
import { samplePixels } from "./sample_instances.ts";

const LITTLE = encodingOf(EXPLICIT);
const MODALITY = element(0x00080060, "CS", "CT");
const MODALITY_ITEM = [{ "00080060": { vr: "CS", Value: ["CT"] } }];
const ROWS = element(0x00280010, "US", [2]);

const item = (length: number) => writeHead(0xfffee000, "", length, LITTLE);
const itemEnd = writeHead(0xfffee00d, "", 0, LITTLE);
const sequenceEnd = writeHead(0xfffee0dd, "", 0, LITTLE);

/** An instance with some bytes between modality and rows, and pixels of a length behind them. */
function around(middle: Uint8Array, pixelBytes = 12): Uint8Array<ArrayBuffer> {
  const pixels = element(0x7fe00010, "OW", new Uint8Array(pixelBytes));
  return concat(writeInstance([MODALITY]), middle, writeElements([ROWS, pixels], LITTLE));
}

/** The values of an object, which must come out the same from single bytes, with its pixels found. */
async function valuesOf(object: Uint8Array<ArrayBuffer>): Promise<AttributeValues> {
  const header = wholeHeader(object);
  assertEquals(header.pixelData?.tag, 0x7fe00010);
  const single = headerInChunks(object, () => 1);
  assertEquals(await headerFacts(single), await headerFacts(header));
  return toAttributeValues(await readAttributes(header));
}

/** Asserts that every prefix which ends in some bytes is told to be cut. */
function assertCutIsRefused(object: Uint8Array, from: number, to: number): void {
  for (let cut = from; cut < to; cut++) {
    assertThrows(() => wholeHeader(object.slice(0, cut)), InvalidHeaderError, "", `at ${cut}`);
    const prefix = parseHeader(object.slice(0, cut), { totalSize: object.length });
    assert(!prefix.complete, `at ${cut}`);
  }
}

/** An element of up to 64 KiB after two bytes that are no value representation. */
function blankElement(tag: number, vr: string, value: string): Uint8Array {
  const written = writeElements([element(tag, "LO", value)], LITTLE);
  written.set(latin1(vr), 4);
  return written;
}

Deno.test("Items of a sequence written as UN may be explicit or implicit", async () => {
  for (const encoding of [LITTLE, encodingOf(IMPLICIT)]) {
    const content = writeElements([MODALITY], encoding);
    for (const closed of [true, false]) {
      const one = closed
        ? concat(item(content.length), content)
        : concat(item(UNDEFINED_LENGTH), content, itemEnd);
      const items = concat(item(0), one, one);
      const expected = [{}, ...MODALITY_ITEM, ...MODALITY_ITEM];
      for (const tag of [0x00091002, 0x00081140]) {
        const head = writeHead(tag, "UN", UNDEFINED_LENGTH, LITTLE);
        const object = around(concat(head, items, sequenceEnd));
        const values = await valuesOf(object);
        const found = values["00091002"] ?? values.ReferencedImageSequence;
        assertEquals(JSON.parse(String(found)), expected);
        assertEquals(values.Rows, 2);
        const start = object.length - 12 - 12 - 10 - 8;
        assertCutIsRefused(object, start - items.length, start);
      }
      const known = around(concat(writeHead(0x00081140, "UN", items.length, LITTLE), items));
      const values = await valuesOf(known);
      assertEquals(JSON.parse(String(values.ReferencedImageSequence)), expected);
    }
  }
});

Deno.test("An element whose value representation is none has 16 bits of length where they fit", async () => {
  for (const vr of ["  ", "??", "\0\0", "--"]) {
    const one = blankElement(0x00081030, vr, "KNEE LEFT ");
    const other = blankElement(0x0008103e, vr, "T1");
    // Read as one length, the four bytes are within the larger object.
    for (const pixelBytes of [12, 1_500_000]) {
      const values = await valuesOf(around(one, pixelBytes));
      assertEquals([values.StudyDescription, values.Rows], ["KNEE LEFT", 2], vr);
    }
    const values = await valuesOf(around(concat(one, other)));
    assertEquals([values.StudyDescription, values.SeriesDescription], ["KNEE LEFT", "T1"], vr);
    for (const close of [true, false]) {
      const items = close
        ? concat(item(one.length), one)
        : concat(item(UNDEFINED_LENGTH), one, itemEnd);
      const inItem = around(concat(writeHead(0x00081140, "SQ", items.length, LITTLE), items));
      const { ReferencedImageSequence } = await valuesOf(inItem);
      assertEquals(JSON.parse(String(ReferencedImageSequence)), [{
        "00081030": { vr: "LO", Value: ["KNEE LEFT"] },
      }], vr);
    }
    const before = writeInstance([MODALITY]).length;
    assertCutIsRefused(around(one), before + 1, before + one.length);
  }
});

Deno.test("An implicit element in an explicit dataset is read, and refused where it is cut", async () => {
  const implicit = writeElements(
    [element(0x00081030, "LO", "KNEE " + "x".repeat(300))],
    encodingOf(IMPLICIT),
  );
  const object = around(implicit);
  assertEquals((await valuesOf(object)).StudyDescription, "KNEE " + "x".repeat(300));
  const before = writeInstance([MODALITY]).length;
  assertCutIsRefused(object, before + 1, before + implicit.length);
});

Deno.test("Two unknown capitals have the long form only where the reserved bytes are 0", async () => {
  const short = blankElement(0x00081030, "ZZ", "KNEE");
  const long = writeElements([element(0x00081030, "UC", "KNEE")], LITTLE);
  long.set(latin1("ZZ"), 4);
  for (const written of [short, long]) {
    const values = await valuesOf(around(written));
    assertEquals([values.StudyDescription, values.Rows], ["KNEE", 2]);
    const before = writeInstance([MODALITY]).length;
    assertCutIsRefused(around(written), before + 1, before + written.length);
  }
});

Deno.test("An item that lost its sequence's head is passed over whole", async () => {
  const content = writeElements([element(0x00280010, "US", [9]), samplePixels()], LITTLE);
  const object = around(concat(item(content.length), content, sequenceEnd));
  const values = await valuesOf(object);
  assertEquals([values.Modality, values.Rows], ["CT", 2]);
  const before = writeInstance([MODALITY]).length;
  assertCutIsRefused(object, before + 1, before + 8 + content.length);
  assertThrows(() => wholeHeader(around(item(UNDEFINED_LENGTH))), InvalidHeaderError);
});

Deno.test("File meta without a preamble may be implicit", async () => {
  const uid = element(0x00020010, "UI", IMPLICIT);
  const length = element(0x00020000, "UL", [8 + 18]);
  const object = writeInstance([length, uid, MODALITY, ROWS, samplePixels()], {
    transferSyntaxUID: IMPLICIT,
    preamble: false,
    meta: false,
  });
  const values = await valuesOf(object);
  assertEquals([values.Modality, values.Rows], ["CT", 2]);
  const header = wholeHeader(object);
  assertEquals([header.transferSyntaxUID, header.fileMeta.size], [IMPLICIT, 2]);
});

Deno.test("The letters DICM in a value are no prefix", async () => {
  const filler = "x".repeat(128 - 10 - 8) + "DICM of text";
  const object = writeInstance(
    [MODALITY, element(0x00081030, "LO", filler), ROWS, samplePixels()],
    {
      preamble: false,
      meta: false,
    },
  );
  assertEquals(new TextDecoder().decode(object.slice(128, 132)), "DICM");
  assertEquals((await valuesOf(object)).Rows, 2);
  // Behind a true prefix any group may come first.
  const patient = writeInstance([element(0x00100020, "LO", "ID"), samplePixels()], { meta: false });
  assertEquals((await valuesOf(patient)).PatientID, "ID");
});
