import { assert, assertEquals, assertGreater, assertRejects } from "@std/assert";
import {
  type AttributeValues,
  canDecode,
  decodeFrame,
  type DicomHeader,
  hasImage,
  imageDescriber,
  type ImageDescription,
  isNative,
  nativeFrameRange,
  parseHeader,
  readAttributes,
  readDeflatedPixelData,
  readFrameGeometry,
  splitFrames,
  toAttributeValues,
} from "@dicom/series-preview/dicom";
import { UnsupportedTransferSyntaxError } from "../../errors.ts";
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

/** Decodes all frames, one after another. */
async function decodeAll(
  object: Uint8Array,
  header: DicomHeader,
  describe: (frame: number) => ImageDescription,
): Promise<Uint8Array<ArrayBuffer>> {
  const { offset, length } = header.pixelData!;
  const value = offset === null
    ? readDeflatedPixelData(object)
    : object.subarray(offset, length === null ? undefined : offset + length);
  const { numberOfFrames } = describe(0);
  const fragments = isNative(describe(0)) ? null : splitFrames(value, numberOfFrames);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let frame = 0; frame < numberOfFrames; frame++) {
    const description = describe(frame);
    const range = nativeFrameRange(description, frame);
    const bytes = fragments?.[frame] ??
      value.subarray(range.offset, range.offset + range.length);
    const { data } = await decodeFrame(bytes, description, { bitOffset: range.bitOffset });
    parts.push(new Uint8Array(data.slice().buffer));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
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

testShared("Stored values of all decodable instances have the oracle's hash", async (oracle) => {
  let compared = 0;
  const refused = new Set<string>();
  for (const { path, expected } of listInstances(oracle)) {
    const object = readShared(path);
    const header = wholeHeader(object);
    const values = await readValues(header);
    if (!expected.pixels || !hasImage(values)) continue;
    const describe = imageDescriber(values);
    if (!canDecode(header.transferSyntaxUID)) {
      const decoding = () => decodeFrame(object, describe(0));
      const error = await assertRejects(decoding, UnsupportedTransferSyntaxError);
      assertEquals(error.transferSyntaxUID, header.transferSyntaxUID);
      assert(error.message.includes(header.transferSyntaxUID), error.message);
      refused.add(header.transferSyntaxUID);
      continue;
    }
    const digest = await crypto.subtle.digest("SHA-256", await decodeAll(object, header, describe));
    const hash = new Uint8Array(digest).toHex().slice(0, 16);
    assertEquals(hash, expected.pixels.sha256, path);
    compared++;
  }
  assertGreater(compared, 400);
  assert(![...refused].some((uid) => uid.startsWith("1.2.840.10008.1.2.1")));
});
