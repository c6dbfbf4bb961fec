import { demoDataset } from "./demo_dataset.ts";
import { DEMO_GRID } from "./demo_grid.ts";

const EXPLICIT_LITTLE_ENDIAN = "1.2.840.10008.1.2.1";
const IMPLEMENTATION_UID = "2.25.17410991622746729455253136030613526170";

/** What is used of dcmjs, which has no types. */
interface Dcmjs {
  readonly data: {
    readonly DicomDict: new (meta: Record<string, unknown>) => {
      dict: unknown;
      write(): ArrayBuffer;
    };
    readonly DicomMetaDictionary: {
      denaturalizeDataset(dataset: Record<string, unknown>): Record<string, unknown>;
    };
  };
}

/**
 * Writes an instance of the demo series as a file (PS3.10) up to the first byte of its pixels:
 * preamble, file meta information, dataset, and tag, VR and length of the pixel data.
 *
 * @param slice 0 for the lowest slice, nearest to the feet.
 */
export async function writeDemoHeader(slice: number): Promise<Uint8Array<ArrayBuffer>> {
  const { default: dcmjs }: { default: Dcmjs } = await import("dcmjs");
  const { DicomDict, DicomMetaDictionary } = dcmjs.data;
  const dataset = demoDataset(slice);
  const file = new DicomDict({
    "00020001": { vr: "OB", Value: [Uint8Array.of(0, 1).buffer] },
    "00020002": { vr: "UI", Value: [dataset.SOPClassUID] },
    "00020003": { vr: "UI", Value: [dataset.SOPInstanceUID] },
    "00020010": { vr: "UI", Value: [EXPLICIT_LITTLE_ENDIAN] },
    "00020012": { vr: "UI", Value: [IMPLEMENTATION_UID] },
    "00020013": { vr: "SH", Value: ["SERIES-PREVIEW"] },
  });
  file.dict = DicomMetaDictionary.denaturalizeDataset({
    ...dataset,
    PixelData: [new ArrayBuffer(0)],
    _vrMap: { PixelData: "OW" },
  });
  const header = new Uint8Array(file.write());
  // The pixels are not there to be written, so the length of none of them is put right.
  new DataView(header.buffer).setUint32(header.length - 4, DEMO_GRID.frameBytes, true);
  return header;
}
