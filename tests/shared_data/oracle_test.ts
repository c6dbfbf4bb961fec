import { assertEquals, assertGreater } from "@std/assert";
import {
  type AttributeValues,
  type DicomHeader,
  parseHeader,
  readAttributes,
  readFrameGeometry,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import { wholeHeader } from "../dicom/header_facts.ts";
import { listInstances, readShared, testShared } from "../support/shared_data.ts";

async function readValues(header: DicomHeader): Promise<AttributeValues> {
  return toAttributeValues(await readAttributes(header));
}

/** The oracle's numbers have nine significant digits, those of frames seven. */
function rounded(value: unknown, digits = 9): unknown {
  if (Array.isArray(value)) return value.map((each) => rounded(each, digits));
  return typeof value === "number" ? Number(value.toPrecision(digits)) : value ?? null;
}

testShared("Headers of all shared instances are as the oracle tells", async (oracle) => {
  const instances = listInstances(oracle);
  assertGreater(instances.length, 0);
  for (const { path, expected } of instances) {
    const object = readShared(path);
    const header = wholeHeader(object);
    if (expected.headerBytes !== null) {
      assertEquals(header.headerLength, expected.headerBytes, path);
      const first = parseHeader(object.slice(0, header.headerLength + 12));
      assertEquals(first.complete, header.pixelData !== null, path);
    }
    assertEquals(object.length, expected.fileBytes, path);
    const values = await readValues(header);
    assertEquals(values.SOPInstanceUID, expected.sop, path);
    assertEquals(values.InstanceNumber ?? null, expected.instanceNumber, path);
    assertEquals(rounded(values.ImagePositionPatient), expected.ipp, path);
    assertEquals(rounded(values.ImageOrientationPatient), expected.iop, path);
    assertEquals(rounded(values.SliceLocation), expected.sliceLocation, path);
  }
});

testShared("Patient names are decoded by the character set of each series", async (oracle) => {
  let compared = 0;
  for (const { path, series } of listInstances(oracle)) {
    if (series === null || series.patientName === null) continue;
    const { PatientName, SpecificCharacterSet } = await readValues(wholeHeader(readShared(path)));
    assertEquals(PatientName, series.patientName, path);
    const sets = [SpecificCharacterSet ?? null].flat().map((set) => set ?? "");
    assertEquals(sets, [series.characterSet].flat().map((set) => set ?? ""), path);
    compared++;
  }
  assertGreater(compared, 0);
});

testShared("Frames of multi-frame instances lie where the oracle tells", async (oracle) => {
  let compared = 0;
  for (const { path, expected } of listInstances(oracle)) {
    const positions = expected.frames?.ipp;
    if (positions === undefined) continue;
    const values = await readValues(wholeHeader(readShared(path)));
    const geometry = readFrameGeometry(values, positions.length);
    const found = geometry?.map(({ position }) => rounded(position, 7));
    assertEquals(found, [...positions], path);
    compared++;
  }
  assertGreater(compared, 0);
});
