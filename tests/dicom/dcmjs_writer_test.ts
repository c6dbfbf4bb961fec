import { assertEquals, assertGreater } from "@std/assert";
import { type Attribute, readAttributes } from "@dicom/series-preview/dicom";
import {
  element,
  type ElementSpec,
  EXPLICIT,
  IMPLICIT,
  writeInstance,
} from "../support/dicom_fixtures.ts";
import { wholeHeader } from "./header_facts.ts";
import { samplePixels } from "./sample_instances.ts";

/** An element as dcmjs takes it. */
interface Written {
  vr: string;
  Value: unknown[];
}

const ELEMENTS: readonly ElementSpec[] = [
  element(0x00080008, "CS", "ORIGINAL\\PRIMARY"),
  element(0x00080018, "UI", "1.2.3.4.5"),
  element(0x00080060, "CS", "CT"),
  element(0x00081140, "SQ", [
    [element(0x00081150, "UI", "1.2"), element(0x00081155, "UI", "1.2.3")],
    [element(0x00081155, "UI", "1.2.4")],
  ]),
  element(0x00100010, "PN", "Doe^Jane"),
  element(0x00180050, "DS", "1.25"),
  element(0x00189087, "FD", [1000.5]),
  element(0x00200013, "IS", "7"),
  element(0x00200032, "DS", "-1.5\\2\\3.25"),
  element(0x00280009, "AT", [0x0018, 0x1063]),
  element(0x00280010, "US", [2]),
  element(0x00280103, "US", [0]),
  element(0x00281052, "DS", "-1024"),
];

function toWritten({ tag, vr, value }: ElementSpec): [string, Written] {
  const key = tag.toString(16).toUpperCase().padStart(8, "0");
  if (vr === "SQ") {
    const items = value as readonly (readonly ElementSpec[])[];
    return [key, { vr, Value: items.map((item) => Object.fromEntries(item.map(toWritten))) }];
  }
  if (vr === "AT") return [key, { vr, Value: [0x00181063] }];
  if (vr === "OW") return [key, { vr, Value: [new Uint8Array(12).buffer] }];
  return [key, { vr, Value: typeof value === "string" ? value.split("\\") : [...value] }];
}

async function datasetOf(object: Uint8Array): Promise<Attribute[]> {
  const attributes = await readAttributes(wholeHeader(object));
  return attributes.filter(({ tag }) => tag >>> 16 !== 0x0002);
}

for (const syntax of [EXPLICIT, IMPLICIT]) {
  Deno.test(`What dcmjs writes in ${syntax} reads as what these tests write`, async () => {
    const { default: dcmjs } = await import("dcmjs");
    const dict = new dcmjs.data.DicomDict({
      "00020010": { vr: "UI", Value: [syntax] },
    });
    dict.dict = Object.fromEntries([...ELEMENTS, samplePixels()].map(toWritten));
    const theirs = await datasetOf(new Uint8Array(dict.write()));
    const own = await datasetOf(
      writeInstance([...ELEMENTS, samplePixels()], { transferSyntaxUID: syntax }),
    );
    assertGreater(own.length, 10);
    assertEquals(theirs, own);
  });
}
