import { element, type ElementSpec, writeFragments, writeInstance } from "./dicom_fixtures.ts";

/** What is known of a sample beside its codestreams. */
export interface CompressedSlice {
  readonly transferSyntaxUID: string;
  readonly rows: number;
  readonly columns: number;
  /** The codestreams of its frames, a fragment each. */
  readonly frames: readonly Uint8Array[];
  /** Its number in the series, from 0; slices lie 2 mm apart. */
  readonly number?: number;
  /** Entries of the basic offset table; an empty one by default. */
  readonly offsetTable?: readonly number[];
  /** The modality; CT by default. */
  readonly modality?: string;
  /** Elements of (0028,0120) to (0028,7FFF). */
  readonly more?: readonly ElementSpec[];
  /** The photometric interpretation; MONOCHROME2 by default. */
  readonly photometric?: string;
}

/** Writes an instance of 16 signed bits whose frames are compressed. */
export function compressedSlice(slice: CompressedSlice): Uint8Array<ArrayBuffer> {
  const { number = 0, frames, offsetTable, modality = "CT", more = [] } = slice;
  const uid = "1.2.826.0.1.3680043.8.498.7";
  return writeInstance([
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2"),
    element(0x00080018, "UI", `${uid}.${number + 1}`),
    element(0x00080060, "CS", modality),
    element(0x0020000d, "UI", "1.2.826.0.1.3680043.8.498.0"),
    element(0x0020000e, "UI", uid),
    element(0x00200013, "IS", String(number + 1)),
    element(0x00200032, "DS", `0\\0\\${number * 2}`),
    element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", slice.photometric ?? "MONOCHROME2"),
    element(0x00280008, "IS", String(frames.length)),
    element(0x00280010, "US", [slice.rows]),
    element(0x00280011, "US", [slice.columns]),
    element(0x00280100, "US", [16]),
    element(0x00280101, "US", [16]),
    element(0x00280102, "US", [15]),
    element(0x00280103, "US", [1]),
    ...more,
    element(0x7fe00010, "OB", writeFragments(frames, offsetTable), { undefinedLength: true }),
  ], { transferSyntaxUID: slice.transferSyntaxUID });
}
