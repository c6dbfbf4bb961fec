import type { Attribute, IndexedInstance, SortableSlice } from "@dicom/series-preview/index-cache";
import {
  frameCountOf,
  hasImage,
  parseHeader,
  readAttributes,
  readFrameGeometry,
  readFrameTraits,
  toAttributeValues,
} from "@dicom/series-preview/dicom";

/** Axial slices look along z, coronal ones along y, sagittal ones along x. */
export const AXIAL = [1, 0, 0, 0, 1, 0] as const;
export const CORONAL = [1, 0, 0, 0, 0, -1] as const;
export const SAGITTAL = [0, 1, 0, 0, 0, -1] as const;

/** A slice without anything, but for what is given. */
export function makeSlice(given: Partial<SortableSlice> = {}): SortableSlice {
  return {
    orientation: null,
    position: null,
    sliceLocation: null,
    temporalPositionIdentifier: null,
    acquisitionNumber: null,
    echoNumbers: null,
    instanceNumber: null,
    sopInstanceUID: "",
    ...given,
  };
}

/** Tags and value representations of the attributes that {@linkcode makeAttribute} knows. */
const TAGS: Readonly<Record<string, readonly [tag: number, vr: string]>> = {
  AcquisitionDate: [0x00080022, "DA"],
  AcquisitionTime: [0x00080032, "TM"],
  AcquisitionDateTime: [0x0008002a, "DT"],
  EchoNumbers: [0x00180086, "IS"],
  EchoTime: [0x00180081, "DS"],
  InversionTime: [0x00180082, "DS"],
  FlipAngle: [0x00181314, "DS"],
  TriggerTime: [0x00181060, "DS"],
  DiffusionBValue: [0x00189087, "FD"],
  DiffusionGradientOrientation: [0x00189089, "FD"],
  AcquisitionNumber: [0x00200012, "IS"],
  NumberOfTemporalPositions: [0x00200105, "IS"],
  FrameReferenceTime: [0x00541300, "DS"],
  ComplexImageComponent: [0x00089208, "CS"],
  SOPInstanceUID: [0x00080018, "UI"],
  Modality: [0x00080060, "CS"],
  ImageType: [0x00080008, "CS"],
  AccessionNumber: [0x00080050, "SH"],
  InstanceNumber: [0x00200013, "IS"],
  TemporalPositionIdentifier: [0x00200100, "IS"],
  ImagePositionPatient: [0x00200032, "DS"],
  ImageOrientationPatient: [0x00200037, "DS"],
  SliceLocation: [0x00201041, "DS"],
  Rows: [0x00280010, "US"],
  WindowCenter: [0x00281050, "DS"],
  SmallestImagePixelValue: [0x00280106, "US"],
  DimensionIndexSequence: [0x00209222, "SQ"],
  PerFrameFunctionalGroupsSequence: [0x52009230, "SQ"],
};

/** An attribute by keyword. */
export function makeAttribute(
  keyword: string,
  values: Attribute["values"],
  given: Partial<Attribute> = {},
): Attribute {
  const [tag, vr] = TAGS[keyword] ?? [0x00091001, "LO"];
  return { keyword, tag, vr, single: true, values, ...given };
}

/** An instance of one frame without geometry, but for what is given. */
export function makeInstance(
  url: string,
  attributes: readonly Attribute[] = [],
  given: Partial<IndexedInstance> = {},
): IndexedInstance {
  return {
    url,
    fileSize: null,
    etag: null,
    pixelOffset: null,
    pixelLength: null,
    attributes,
    frameCount: 1,
    frameGeometry: null,
    frameOffsets: null,
    frameLengths: null,
    ...given,
  };
}

/** An axial instance at a height. */
export function makeAxial(url: string, z: number, number: number): IndexedInstance {
  return makeInstance(url, [
    makeAttribute("SOPInstanceUID", [`1.2.${number}`]),
    makeAttribute("InstanceNumber", [number]),
    makeAttribute("ImagePositionPatient", [0, 0, z]),
    makeAttribute("ImageOrientationPatient", [...AXIAL]),
  ]);
}

/** The folder of the shared test data. */
export const SHARED_DATA = new URL("../../../shared/data/", import.meta.url);

/** What is used of an entry of `oracle.json`. */
export interface OracleSeries {
  readonly orderRadiological: readonly number[];
  readonly instances: readonly {
    readonly file: string;
    readonly ipp: readonly number[] | null;
    readonly iop: readonly number[] | null;
    readonly frames?: {
      readonly ipp?: readonly (readonly number[])[];
      readonly orderRadiological?: readonly number[];
    };
  }[];
}

/** The expected values of the shared test data by series; null, and a line, where it is not there. */
export async function readOracle(): Promise<Readonly<Record<string, OracleSeries>> | null> {
  try {
    return JSON.parse(await Deno.readTextFile(new URL("oracle.json", SHARED_DATA))).series;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    Deno.stdout.writeSync(new TextEncoder().encode("skipped: no shared test data here\n"));
    return null;
  }
}

/** Reads an instance of the shared test data as the index takes it. */
export async function readInstance(series: string, file: string): Promise<IndexedInstance> {
  const url = new URL(`${series}/${file}.dcm`, SHARED_DATA);
  const bytes = await Deno.readFile(url);
  const result = parseHeader(bytes, { totalSize: bytes.length });
  if (!result.complete) throw new Error(`the header of ${url} is cut`);
  const { header } = result;
  const attributes = await readAttributes(header);
  const values = toAttributeValues(attributes);
  const frameCount = header.pixelData !== null && hasImage(values) ? frameCountOf(values) : 0;
  return {
    url: url.href,
    fileSize: bytes.length,
    etag: null,
    pixelOffset: header.pixelData?.offset ?? null,
    pixelLength: header.pixelData?.length ?? null,
    attributes,
    frameCount,
    frameGeometry: readFrameGeometry(values, frameCount),
    frameTraits: readFrameTraits(values, frameCount),
    frameOffsets: null,
    frameLengths: null,
  };
}
