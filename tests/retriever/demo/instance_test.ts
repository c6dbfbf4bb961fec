import { assert, assertEquals, assertGreater, assertLess, assertMatch } from "@std/assert";
import { DEMO_GRID } from "../../../retriever/demo/demo_grid.ts";
import { DemoStore } from "../../../retriever/demo_store.ts";

Deno.test("the demo's instances are CT images with all that the standard asks for", async () => {
  const { dataset, meta } = await readInstance(new DemoStore(), keyOf(59));
  assertEquals(meta.TransferSyntaxUID, "1.2.840.10008.1.2.1");
  assertEquals(meta.MediaStorageSOPClassUID, dataset.SOPClassUID);
  assertEquals(meta.MediaStorageSOPInstanceUID, dataset.SOPInstanceUID);
  for (const keyword of [...TYPE_1, ...TYPE_2]) {
    assert(keyword in dataset, `${keyword} is missing`);
  }
  for (const keyword of TYPE_1) {
    const value = dataset[keyword];
    assert(value !== null && value !== "" && value !== undefined, `${keyword} is empty`);
  }
  assertEquals(dataset.SOPClassUID, "1.2.840.10008.5.1.4.1.1.2");
  assertEquals(String(dataset.PatientName), "Demo^Torso");
  assertEquals(dataset.SyntheticData, "YES");
  assertEquals(dataset.PatientPosition, "HFS");
  assertEquals(dataset.ImageOrientationPatient, [1, 0, 0, 0, 1, 0]);
  assertEquals(dataset.WindowCenter, [50, -500]);
  assertEquals(dataset.WindowWidth, [350, 1500]);
  for (const uid of UIDS.map((keyword) => String(dataset[keyword]))) {
    assertMatch(uid, /^2\.25\.[1-9]\d{0,38}$/);
    assertLess(BigInt(uid.slice(5)), 2n ** 128n);
  }
});

Deno.test("the demo's instances are to the byte those that its ETags stand for", async () => {
  const store = new DemoStore();
  for (const [slice, start] of DIGESTS) {
    const { bytes } = await store.get(keyOf(slice));
    const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
    assertEquals(new Uint8Array(digest).toHex().slice(0, 16), start, keyOf(slice));
  }
});

Deno.test("the demo's pixels are 16-bit signed numbers, some of them negative", async () => {
  const { dataset, stored } = await readInstance(new DemoStore(), keyOf(59));
  assertEquals([dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit], [16, 16, 15]);
  assertEquals(dataset.PixelRepresentation, 1);
  assertEquals(stored.length, Number(dataset.Rows) * Number(dataset.Columns));
  assert(stored.some((value) => value < 0));
  assertLess(stored.reduce((most, value) => Math.max(most, value)), 3071);
});

Deno.test("the demo's pixels show what is where the header says they are", async () => {
  const store = new DemoStore();
  for (const { what, at: [x, y, z], from, to } of LANDMARKS) {
    const key = keyOf((z - DEMO_GRID.bottom) / DEMO_GRID.sliceSpacing);
    const { dataset, stored } = await readInstance(store, key);
    const [left = NaN, top = NaN, height = NaN] = dataset.ImagePositionPatient as number[];
    const [down = NaN, across = NaN] = dataset.PixelSpacing as number[];
    assertEquals(height, z);
    const column = Math.round((x - left) / across);
    const row = Math.round((y - top) / down);
    const value = mean(stored, Number(dataset.Columns), column, row) *
        Number(dataset.RescaleSlope) + Number(dataset.RescaleIntercept);
    assert(value > from && value < to, `${what} is ${value} HU, not ${from} to ${to}`);
  }
});

Deno.test("each window shows something else of the demo", async () => {
  const { dataset, stored } = await readInstance(new DemoStore(), keyOf(59));
  const part = (low: number, high: number): number =>
    stored.filter((value) => {
      const hounsfield = value + Number(dataset.RescaleIntercept);
      return hounsfield >= low && hounsfield < high;
    }).length / stored.length;
  // Lung lies in the lung window alone, bone in the bone window alone, heart and muscle in all.
  assertGreater(part(-910, -700), 0.1);
  assertGreater(part(-125, 225), 0.2);
  assertGreater(part(250, 1300), 0.01);
});

/** How the SHA-256 of instances begins; where others are meant, their ETags must change, too. */
const DIGESTS: readonly (readonly [slice: number, start: string])[] = [
  [0, "bf0e5d3a03bf47c8"],
  [59, "e942dffa674dbfe2"],
  [119, "95d2ad06dead6cfb"],
];

/** Type 1 attributes of the modules that the CT Image IOD requires (PS3.3 A.3). */
const TYPE_1 = [
  "StudyInstanceUID",
  "Modality",
  "SeriesInstanceUID",
  "FrameOfReferenceUID",
  "PixelSpacing",
  "ImageOrientationPatient",
  "ImagePositionPatient",
  "SamplesPerPixel",
  "PhotometricInterpretation",
  "Rows",
  "Columns",
  "BitsAllocated",
  "BitsStored",
  "HighBit",
  "PixelRepresentation",
  "ImageType",
  "RescaleIntercept",
  "RescaleSlope",
  "WindowCenter",
  "WindowWidth",
  "SOPClassUID",
  "SOPInstanceUID",
  "PatientPosition",
];

/** Type 2 attributes of them, which may be empty. */
const TYPE_2 = [
  "PatientName",
  "PatientID",
  "PatientBirthDate",
  "PatientSex",
  "StudyDate",
  "StudyTime",
  "ReferringPhysicianName",
  "StudyID",
  "AccessionNumber",
  "SeriesNumber",
  "PositionReferenceIndicator",
  "Manufacturer",
  "InstanceNumber",
  "SliceThickness",
  "ContrastBolusAgent",
  "KVP",
  "AcquisitionNumber",
];

const UIDS = ["StudyInstanceUID", "SeriesInstanceUID", "FrameOfReferenceUID", "SOPInstanceUID"];

/** Points in mm, LPS: x grows to the patient's left, y to the back, z to the head. */
const LANDMARKS: readonly {
  readonly what: string;
  readonly at: readonly [x: number, y: number, z: number];
  readonly from: number;
  readonly to: number;
}[] = [
  { what: "air beside the patient", at: [-170, -150, 0], from: -1024, to: -980 },
  { what: "the windpipe", at: [-4, 17, 40.5], from: -1024, to: -950 },
  { what: "the right lung", at: [-92, -20, -10.5], from: -950, to: -780 },
  { what: "the left lung", at: [92, 10, -10.5], from: -950, to: -780 },
  { what: "the arch of the aorta, turning left", at: [21, 14, 45], from: 165, to: 215 },
  { what: "the aorta, left of the spine", at: [25, 49, -19.5], from: 165, to: 215 },
  { what: "the vena cava, right of the middle", at: [-26, 22, -84], from: 130, to: 175 },
  { what: "the left ventricle", at: [33, -14, -27], from: 165, to: 205 },
  { what: "its wall, on its left", at: [54, 4, -30], from: 80, to: 125 },
  { what: "the liver, on the right", at: [-60, -30, -60], from: 85, to: 130 },
  {
    what: "gas in the stomach, on the left and in front",
    at: [62, -32, -84],
    from: -990,
    to: -900,
  },
  { what: "fluid in the stomach, behind it", at: [56, 4, -84], from: -10, to: 40 },
  { what: "the spleen, on the left and behind", at: [104, 34, -88.5], from: 100, to: 145 },
  { what: "a vertebra's marrow", at: [0, 62, -4.5], from: 150, to: 320 },
  { what: "the spinal cord", at: [0, 84, -4.5], from: 20, to: 65 },
  { what: "a vertebra's cortex", at: [14.15, 62, -4.5], from: 400, to: 1000 },
  { what: "the muscle beside the spine", at: [27, 102, -30], from: 35, to: 75 },
  { what: "fat below the skin of the flank", at: [150, -2, -78], from: -125, to: -85 },
];

interface Instance {
  readonly dataset: Record<string, unknown>;
  readonly meta: Record<string, unknown>;
  readonly stored: Int16Array;
}

/** Reads an instance with dcmjs. */
async function readInstance(store: DemoStore, key: string): Promise<Instance> {
  const { default: dcmjs } = await import("dcmjs");
  const { DicomMessage, DicomMetaDictionary } = dcmjs.data;
  const { bytes } = await store.get(key);
  const { dict, meta } = DicomMessage.readFile(bytes.slice().buffer);
  const dataset = DicomMetaDictionary.naturalizeDataset(dict);
  return {
    dataset,
    meta: DicomMetaDictionary.naturalizeDataset(meta),
    stored: new Int16Array(dataset.PixelData[0]),
  };
}

/** The mean of the pixels around one, three by three. */
function mean(stored: Int16Array, columns: number, column: number, row: number): number {
  let sum = 0;
  for (let y = row - 1; y <= row + 1; y++) {
    for (let x = column - 1; x <= column + 1; x++) sum += stored[y * columns + x]!;
  }
  return sum / 9;
}

function keyOf(slice: number): string {
  return `ct/${String(slice + 1).padStart(4, "0")}.dcm`;
}
