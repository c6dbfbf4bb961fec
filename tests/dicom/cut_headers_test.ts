import { assert, assertEquals, assertGreater, assertLessOrEqual, fail } from "@std/assert";
import { type DicomHeader, parseHeader } from "@dicom/series-preview/dicom";
import { transferSyntaxUIDs } from "../../dicom/transfer_syntax.ts";
import { SeriesPreviewError } from "../../errors.ts";
import {
  elementFacts,
  headerFacts,
  headerInChunks,
  seededRandom,
  wholeHeader,
} from "./header_facts.ts";
import { sampleInstances } from "./sample_instances.ts";
import { element, writeInstance } from "../support/dicom_fixtures.ts";
import { listKinds, readShared, testShared } from "../support/shared_data.ts";

/** Headers up to this many bytes are cut at each of them. */
const EVERY_BYTE = 1500;
/** Of longer ones about this many bytes are read in all: parsing them over and over is what takes time. */
const MOST_BYTES = 1_000_000;

/** Where to cut an object: at and around its elements, and beside. */
function cutsOf(header: DicomHeader, size: number): number[] {
  const end = Math.min(size, header.headerLength + 14);
  if (end <= EVERY_BYTE) return Array.from({ length: end }, (_, i) => i);
  const places = Math.ceil(Math.min(250, MOST_BYTES / end));
  const cuts = new Set<number>();
  const elements = [...header.fileMeta.values(), ...header.dataset.values()];
  const every = Math.ceil(elements.length / (places / 4));
  elements.forEach(({ offset, length }, i) => {
    if (i % every !== 0) return;
    const at = i % (2 * every) === 0 ? offset : offset + length;
    for (let cut = at - 1; cut <= at + 1; cut++) cuts.add(cut);
  });
  const step = Math.ceil(end / places) | 1;
  for (let cut = 0; cut < end; cut += step) cuts.add(cut);
  for (let cut = end - 18; cut < end; cut++) cuts.add(cut);
  return [...cuts].filter((cut) => cut >= 0 && cut < size).sort((a, b) => a - b);
}

/** Asserts that a prefix gives the whole object's header or tells how much more it takes. */
async function assertCutIsNoticed(object: Uint8Array, what: string): Promise<void> {
  const whole = wholeHeader(object);
  const expected = await headerFacts(whole);
  const totalSize = object.length;
  const tried = new Set<number>();
  for (const cut of cutsOf(whole, totalSize)) {
    const result = parseHeader(object.slice(0, cut), { totalSize });
    if (result.complete) {
      assertEquals(await headerFacts(result.header), expected, `${what} cut at ${cut}`);
      continue;
    }
    const { bytesNeeded } = result;
    assertGreater(bytesNeeded, cut, what);
    assertLessOrEqual(bytesNeeded, totalSize, what);
    if (tried.has(bytesNeeded)) continue;
    tried.add(bytesNeeded);
    const next = parseHeader(object.slice(0, bytesNeeded), { totalSize });
    if (!next.complete) assertGreater(next.bytesNeeded, bytesNeeded, what);
  }
}

/** Asserts that an object which ends early is refused, or gives the elements before its end and no pixels. */
function assertEndIsNoticed(object: Uint8Array, what: string): void {
  const whole = wholeHeader(object);
  const expected = elementFacts(whole);
  for (const cut of cutsOf(whole, object.length)) {
    let header: DicomHeader;
    try {
      header = wholeHeader(object.slice(0, cut));
    } catch (error) {
      if (error instanceof SeriesPreviewError) {
        assert(["InvalidHeaderError", "NotDicomError"].includes(error.name), `${what}: ${error}`);
        continue;
      }
      throw error;
    }
    // The bytes are the same, so elements that are at the same places have the same values.
    const elements = elementFacts(header);
    assertEquals(header.bytes, whole.bytes.subarray(0, header.bytes.length), `${what} at ${cut}`);
    if (header.pixelData !== null) {
      assertEquals(elements, expected, `${what} at ${cut}`);
      assertEquals(header.pixelData, whole.pixelData, `${what} at ${cut}`);
      continue;
    }
    assertEquals(elements, expected.slice(0, elements.length), `${what} at ${cut}`);
    assertEquals(header.headerLength, cut, what);
    // Bytes after the last whole element may only be zeros, which pad.
    const last = [...header.fileMeta.values(), ...header.dataset.values()].at(-1)!;
    const end = header.bytes.length === cut ? last.offset + last.length : cut;
    const after = object.subarray(end, cut);
    const delimiters = last.items === undefined ? after : after.subarray(8);
    assert(delimiters.length < 8 && delimiters.every((byte) => byte === 0), `${what} at ${cut}`);
  }
}

for (const [kind, object] of sampleInstances()) {
  Deno.test(`A header that is ${kind} is never read from a cut prefix`, async () => {
    await assertCutIsNoticed(object, kind);
  });

  Deno.test(`An object that is ${kind} never ends inside its header unnoticed`, () => {
    assertEndIsNoticed(object, kind);
  });

  Deno.test(`A header that is ${kind} comes out the same in chunks of any length`, async () => {
    const expected = await headerFacts(wholeHeader(object));
    assertEquals(await headerFacts(headerInChunks(object, () => 1)), expected);
    const random = seededRandom(20);
    for (let run = 0; run < 20; run++) {
      const longest = 1 + Math.floor(random() * 400);
      const lengths = () => 1 + Math.floor(random() * longest);
      assertEquals(await headerFacts(headerInChunks(object, lengths)), expected);
    }
  });
}

Deno.test("A header in any transfer syntax is never read from a cut prefix", async () => {
  for (const transferSyntaxUID of transferSyntaxUIDs) {
    const item = [element(0x00080100, "SH", "C"), element(0x00091001, "UN", Uint8Array.of(1, 2))];
    const undefinedLength = { undefinedLength: true, undefinedItems: true };
    const object = writeInstance([
      element(0x00080005, "CS", "ISO_IR 100"),
      element(0x00081140, "SQ", [item, []]),
      element(0x00082218, "SQ", [item, []], undefinedLength),
      element(0x00100010, "PN", "D\xf6e"),
      element(0x00200013, "IS", "7"),
      element(0x00280010, "US", [2]),
    ], { transferSyntaxUID });
    const header = wholeHeader(object);
    assertEquals(header.transferSyntaxUID, transferSyntaxUID);
    assertEquals([...header.dataset.keys()].at(-1), 0x00280010, transferSyntaxUID);
    await assertCutIsNoticed(object, transferSyntaxUID);
    assertEndIsNoticed(object, transferSyntaxUID);
  }
});

testShared("Real headers are never read from a cut prefix", async (oracle) => {
  const kinds = listKinds(oracle);
  if (kinds.length === 0) fail("the oracle lists no instance");
  for (const { path } of kinds) await assertCutIsNoticed(readShared(path), path);
});

testShared("Real objects never end inside their header unnoticed", (oracle) => {
  for (const { path } of listKinds(oracle)) assertEndIsNoticed(readShared(path), path);
});

testShared("Real headers come out the same in chunks of any length", async (oracle) => {
  const random = seededRandom(4);
  for (const { path } of listKinds(oracle)) {
    const object = readShared(path);
    const expected = await headerFacts(wholeHeader(object));
    const lengths = () => 1 + Math.floor(random() ** 3 * 9000);
    assertEquals(await headerFacts(headerInChunks(object, lengths)), expected, path);
  }
});
