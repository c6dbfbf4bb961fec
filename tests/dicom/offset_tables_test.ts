import { assertEquals } from "@std/assert";
import type { DicomHeader } from "@dicom/series-preview/dicom";
import { readBasicOffsetTable } from "../../dicom/read_basic_offset_table.ts";
import { readExtendedOffsetTable } from "../../dicom/read_extended_offset_table.ts";
import { element, RLE, writeFragments, writeInstance } from "../support/dicom_fixtures.ts";
import { wholeHeader } from "./header_facts.ts";
import { sampleElements } from "./sample_instances.ts";

Deno.test("A basic offset table tells where the items of each frame begin", () => {
  const bytes = writeFragments([], [0, 20, 48]);
  assertEquals(readBasicOffsetTable(bytes, 3, 100), [20, 40, 68]);
  assertEquals(readBasicOffsetTable(bytes, 3, 76), [20, 40, 68]);
});

Deno.test("A basic offset table that cannot be true is none", () => {
  const read = (table: readonly number[], frames = 3, length = 1000) =>
    readBasicOffsetTable(writeFragments([], table), frames, length);
  assertEquals(read([]), null);
  assertEquals(read([0, 20]), null);
  assertEquals(read([0, 20, 40, 60]), null);
  assertEquals(read([0, 20, 40], 3, 67), null);
  assertEquals(read([20, 40, 60]), null);
  assertEquals(read([0, 40, 20]), null);
  assertEquals(read([0, 20, 20]), null);
  assertEquals(read([0, 20, 27]), null);
  assertEquals(read([0, 20, 2 ** 32 - 1]), null);
  const other = writeFragments([], [0, 20, 40]);
  assertEquals(readBasicOffsetTable(other.subarray(0, 19), 3, 1000), null);
  other[2] = 0xdd;
  assertEquals(readBasicOffsetTable(other, 3, 1000), null);
});

/** The header of an instance with an Extended Offset Table. */
function extended(
  offsets: readonly (number | bigint)[],
  lengths: readonly (number | bigint)[] | null,
  vr = "OV",
): DicomHeader {
  const words = (values: readonly (number | bigint)[]) =>
    new Uint8Array(BigUint64Array.from(values, BigInt).buffer);
  return wholeHeader(writeInstance([
    ...sampleElements(),
    element(0x7fe00001, vr, words(offsets)),
    ...(lengths === null ? [] : [element(0x7fe00002, vr, words(lengths))]),
    element(0x7fe00010, "OB", writeFragments([new Uint8Array(4)]), { undefinedLength: true }),
  ], { transferSyntaxUID: RLE }));
}

Deno.test("An Extended Offset Table tells where each frame lies, beyond 32 bits too", () => {
  const far = 2 ** 33;
  const expected = [
    { offset: 16, length: 11 },
    { offset: 36, length: 20 },
    { offset: 16 + far, length: 5 },
  ];
  for (const vr of ["OV", "UN"]) {
    const header = extended([0, 20, far], [11, 20, 5], vr);
    assertEquals(readExtendedOffsetTable(header, 3, null), expected);
    assertEquals(readExtendedOffsetTable(header, 3, far + 21), expected);
    assertEquals(readExtendedOffsetTable(header, 3, far + 20), null);
  }
});

Deno.test("An Extended Offset Table that cannot be true is none", () => {
  const read = (
    offsets: readonly (number | bigint)[],
    lengths: readonly (number | bigint)[] | null,
  ) => readExtendedOffsetTable(extended(offsets, lengths), 3, 1000);
  assertEquals(read([0, 20, 40], [12, 12, 12])?.length, 3);
  assertEquals(read([0, 20, 40], null), null);
  assertEquals(read([0, 20], [12, 12]), null);
  assertEquals(read([0, 20, 40], [12, 12]), null);
  assertEquals(read([0, 40, 20], [12, 12, 12]), null);
  assertEquals(read([0, 20, 20], [12, 12, 12]), null);
  assertEquals(read([0, 20, 40], [12, 13, 12]), null);
  assertEquals(read([0, 20, 40], [12, 12, 0]), null);
  assertEquals(read([0, 20, 40], [12, 12, 2n ** 63n]), null);
  assertEquals(read([0, 20, 2n ** 64n - 1n], [12, 12, 12]), null);
  const unbounded = extended([0, 20, 2n ** 63n], [12, 12, 12]);
  assertEquals(readExtendedOffsetTable(unbounded, 3, null), null);
});
