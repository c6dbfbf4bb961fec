import {
  concat,
  element,
  type ElementSpec,
  EXPLICIT,
  latin1,
  writeElements,
  writeInstance,
} from "../support/dicom_fixtures.ts";

/** How a sample slice differs from the others of its series. */
export interface SampleSliceOptions {
  /** Its number in the series, from 0; slices lie 2 mm apart, number 0 at z = 0. */
  readonly number: number;
  /** What its UID and Instance Number are made of; the number by default. */
  readonly instance?: number;
  readonly seriesUID?: string;
  readonly modality?: string;
  readonly rows?: number;
  readonly columns?: number;
  /** More than 1 makes it a multi-frame instance. */
  readonly frames?: number;
  readonly transferSyntaxUID?: string;
  /** Bytes of a private element, which make the header longer. */
  readonly padding?: number;
  /** Window width and center of the file. */
  readonly window?: readonly [width: number, center: number];
  /** What is written as the series description. */
  readonly description?: string;
  /** Leaves out all of the image. */
  readonly imageless?: boolean;
}

/** The one series of samples that are of no other. */
export const SAMPLE_SERIES = "1.2.826.0.1.3680043.8.498.1";
/** What stands for a patient; no message may ever have it. */
export const PATIENT = "Secretus^Nemo";
/** The patient's number; no message may ever have it. */
export const PATIENT_ID = "SECRET-4711";

/** The SOP Instance UID of a sample. */
export function sampleUID(number: number, seriesUID = SAMPLE_SERIES): string {
  return `${seriesUID}.${number + 1}`;
}

/** Writes an axial slice whose picture is like no other slice's. */
export function sampleSlice(options: SampleSliceOptions): Uint8Array<ArrayBuffer> {
  const { seriesUID = SAMPLE_SERIES, modality = "CT", transferSyntaxUID = EXPLICIT } = options;
  const { number, instance = number, padding = 0, description = "sample", imageless = false } =
    options;
  const elements = [
    // CT Image Storage, or RT Plan Storage, which never has an image.
    element(0x00080016, "UI", `1.2.840.10008.5.1.4.1.1.${imageless ? "481.5" : "2"}`),
    element(0x00080018, "UI", sampleUID(instance, seriesUID)),
    element(0x00080060, "CS", modality),
    element(0x0008103e, "LO", description),
    ...(padding === 0 ? [] : [
      element(0x00090010, "LO", "SAMPLE"),
      element(0x00091001, "OB", new Uint8Array(padding)),
    ]),
    element(0x00100010, "PN", PATIENT),
    element(0x00100020, "LO", PATIENT_ID),
    element(0x0020000d, "UI", "1.2.826.0.1.3680043.8.498.0"),
    element(0x0020000e, "UI", seriesUID),
    element(0x00200013, "IS", String(instance + 1)),
    element(0x00200032, "DS", `-50\\-40\\${number * 2}`),
    element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
    ...(imageless ? [] : imageElements(options)),
  ];
  return writeInstance(elements, { transferSyntaxUID });
}

function imageElements(options: SampleSliceOptions): ElementSpec[] {
  const { number, rows = 16, columns = 12, frames = 1, window } = options;
  const pixels = Array.from({ length: rows * columns * frames }, (_, at) => {
    const [x, y] = [at % columns, Math.floor(at / columns)];
    return (x * 37 + y * 101 + number * 211) % 2000;
  });
  return [
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", "MONOCHROME2"),
    ...(frames === 1 ? [] : [element(0x00280008, "IS", String(frames))]),
    element(0x00280010, "US", [rows]),
    element(0x00280011, "US", [columns]),
    element(0x00280100, "US", [16]),
    element(0x00280101, "US", [16]),
    element(0x00280102, "US", [15]),
    element(0x00280103, "US", [1]),
    ...(window === undefined ? [] : [
      element(0x00281050, "DS", String(window[1])),
      element(0x00281051, "DS", String(window[0])),
    ]),
    element(0x00281052, "DS", "-1024"),
    element(0x00281053, "DS", "1"),
    element(0x7fe00010, "OW", pixels),
  ];
}

/** Writes the slices of a series as `0001.dcm` and so on, under a folder's key. */
export function sampleSeries(
  count: number,
  options: Omit<SampleSliceOptions, "number"> & { readonly folder?: string } = {},
): Map<string, Uint8Array<ArrayBuffer>> {
  const { folder = "" } = options;
  return new Map(Array.from({ length: count }, (_, number) => [
    folder + sampleName(number),
    sampleSlice({ ...options, number }),
  ]));
}

/** The name of a slice among {@linkcode sampleSeries}. */
export function sampleName(number: number): string {
  return `${String(number + 1).padStart(4, "0")}.dcm`;
}

/** Writes a DICOMDIR without records. */
export function sampleDirectory(): Uint8Array<ArrayBuffer> {
  const explicit = { explicitVR: true, littleEndian: true };
  const meta = writeElements([
    element(0x00020002, "UI", "1.2.840.10008.1.3.10"),
    element(0x00020003, "UI", "1.2.3.4.6"),
    element(0x00020010, "UI", EXPLICIT),
  ], explicit);
  return concat(
    new Uint8Array(128),
    latin1("DICM"),
    writeElements([element(0x00020000, "UL", [meta.length])], explicit),
    meta,
    writeElements([
      element(0x00041130, "CS", "SAMPLES"),
      element(0x00041220, "SQ", []),
    ], explicit),
  );
}

/** Bytes of a sample's header: all before its pixel data's value. */
export function headerLength(instance: Uint8Array): number {
  for (let at = 132; at < instance.length; at += 2) {
    const head = instance.subarray(at, at + 8);
    if (head[0] === 0xe0 && head[1] === 0x7f && head[2] === 0x10 && head[4] === 0x4f) {
      return at + 12;
    }
  }
  return instance.length;
}
