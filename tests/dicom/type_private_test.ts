import { assertEquals } from "@std/assert";
import { type Attribute, readAttributes } from "@dicom/series-preview/dicom";
import {
  BIG_ENDIAN,
  element,
  type ElementSpec,
  EXPLICIT,
  IMPLICIT,
  type Value,
  writeInstance,
} from "../support/dicom_fixtures.ts";
import { wholeHeader } from "./header_facts.ts";
import { samplePixels } from "./sample_instances.ts";

/** The private elements, but for the makers, of an instance. */
async function privateAttributes(
  elements: readonly ElementSpec[],
  transferSyntaxUID = IMPLICIT,
): Promise<Attribute[]> {
  const object = writeInstance([...elements, samplePixels()], { transferSyntaxUID });
  const attributes = await readAttributes(wholeHeader(object));
  return attributes.filter(({ tag }) => (tag >>> 16) % 2 === 1 && (tag & 0xffff) >= 0x1000);
}

/** Reads an element of the block of a maker, in an implicit dataset. */
async function readAs(
  maker: string,
  tag: number,
  vr: string,
  value: Value,
): Promise<readonly [string, Attribute["values"]]> {
  const creator = ((tag & 0xffff0000) | (tag >>> 8 & 0xff)) >>> 0;
  const [attribute] = await privateAttributes([
    element(creator, "LO", maker),
    element(tag, vr, value),
  ]);
  return [attribute!.vr, attribute!.values];
}

Deno.test("Private elements of an implicit dataset have the types that their maker gave them", async () => {
  assertEquals(await readAs("GEMS_ACQU_01", 0x00191002, "SL", [912]), ["SL", [912]]);
  assertEquals(await readAs("GEMS_IDEN_01", 0x00091002, "SH", "CT01"), ["SH", ["CT01"]]);
  assertEquals(await readAs("GEMS_ACQU_01", 0x00191003, "DS", "373.75\\1"), ["DS", [373.75, 1]]);
  assertEquals(await readAs("GEMS_ACQU_01", 0x00191003, "DS", ""), ["DS", []]);
});

Deno.test("A maker's elements are known in whatever block it reserved", async () => {
  assertEquals(await readAs("GEMS_ACQU_01", 0x0019fc02, "SL", [912]), ["SL", [912]]);
  assertEquals(await readAs("GEMS_ACQU_01 ", 0x0019aa02, "SL", [-1]), ["SL", [-1]]);
});

Deno.test("A private element of an explicit dataset that is written as UN has its maker's type", async () => {
  const elements = [
    element(0x00190010, "LO", "GEMS_ACQU_01"),
    element(0x00191002, "UN", Uint8Array.of(0x90, 3, 0, 0)),
  ];
  const [attribute] = await privateAttributes(elements, EXPLICIT);
  assertEquals([attribute!.vr, attribute!.values], ["SL", [912]]);
  // A written value representation is not questioned, and UN is little endian in any dataset.
  const [written] = await privateAttributes(
    [elements[0]!, element(0x00191002, "US", [912])],
    EXPLICIT,
  );
  assertEquals([written!.vr, written!.values], ["US", [912]]);
  const [bigEndian] = await privateAttributes(elements, BIG_ENDIAN);
  assertEquals([bigEndian!.vr, bigEndian!.binary?.size], ["UN", 4]);
});

Deno.test("A private element stays bytes where its maker's type is not known or does not fit", async () => {
  const cases: readonly (readonly [maker: string, tag: number, vr: string, value: Value])[] = [
    ["NOBODY", 0x00191002, "SL", [912]],
    ["", 0x00191002, "SL", [912]],
    // Not whole numbers, text for numbers, numbers for text, and no number in DS.
    ["GEMS_ACQU_01", 0x00191002, "SL", Uint8Array.of(1, 2)],
    ["GEMS_ACQU_01", 0x00191002, "SL", "912 "],
    ["GEMS_ACQU_01", 0x00191002, "SL", "-1.5"],
    ["GEMS_IDEN_01", 0x00091002, "SH", Uint8Array.of(1, 0, 2, 0)],
    ["GEMS_ACQU_01", 0x00191003, "DS", "about"],
  ];
  for (const [maker, tag, vr, value] of cases) {
    assertEquals(await readAs(maker, tag, vr, value), ["UN", []], `${maker} ${vr}`);
    const creator = ((tag & 0xffff0000) | (tag >>> 8 & 0xff)) >>> 0;
    const [attribute] = await privateAttributes([
      element(creator, "LO", maker),
      element(tag, vr, value),
    ]);
    // Where its type is known, the bytes are kept; else they are what they are.
    const isKnown = maker.startsWith("GEMS");
    assertEquals(attribute!.unread !== undefined, isKnown, `${maker} ${vr}`);
    assertEquals(attribute!.binary !== undefined, true);
  }
});

Deno.test("Private elements in a sequence are typed by the makers of their item", async () => {
  const object = writeInstance([
    element(0x00081140, "SQ", [
      [element(0x00190010, "LO", "GEMS_ACQU_01"), element(0x00191002, "SL", [912])],
      [element(0x00191002, "SL", [912])],
    ]),
    element(0x00190010, "LO", "GEMS_ACQU_01"),
    samplePixels(),
  ], { transferSyntaxUID: IMPLICIT });
  const attributes = await readAttributes(wholeHeader(object));
  const sequence = attributes.find(({ tag }) => tag === 0x00081140)!;
  assertEquals(JSON.parse(String(sequence.values[0])), [
    {
      "00190010": { vr: "LO", Value: ["GEMS_ACQU_01"] },
      "00191002": { vr: "SL", Value: [912] },
    },
    { "00191002": { vr: "UN", InlineBinary: "kAMAAA==" } },
  ]);
});
