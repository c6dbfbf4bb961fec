import { element, type ElementSpec, EXPLICIT, writeInstance } from "./dicom_fixtures.ts";

/** What differs between images that are written: one of 2 × 3 pixels of 16 bits by default. */
export interface ImageForm {
  readonly rows?: number;
  readonly columns?: number;
  readonly frames?: number;
  readonly samples?: number;
  readonly allocated?: number;
  readonly stored?: number;
  readonly highBit?: number;
  readonly signed?: boolean;
  readonly photometric?: string;
  readonly planar?: 0 | 1;
  readonly transferSyntaxUID?: string;
}

/** Writes an instance of an image that has this pixel data. */
export function writeImage(
  pixels: ElementSpec | null,
  form: ImageForm = {},
): Uint8Array<ArrayBuffer> {
  const { rows = 2, columns = 3, frames = 1, samples = 1, allocated = 16 } = form;
  const { stored = allocated, highBit = stored - 1, signed = false } = form;
  const { photometric = "MONOCHROME2", planar = 0, transferSyntaxUID = EXPLICIT } = form;
  return writeInstance([
    element(0x00080060, "CS", "OT"),
    element(0x00280002, "US", [samples]),
    element(0x00280004, "CS", photometric),
    element(0x00280006, "US", [planar]),
    element(0x00280008, "IS", String(frames)),
    element(0x00280010, "US", [rows]),
    element(0x00280011, "US", [columns]),
    element(0x00280100, "US", [allocated]),
    element(0x00280101, "US", [stored]),
    element(0x00280102, "US", [highBit]),
    element(0x00280103, "US", [signed ? 1 : 0]),
    element(0x00281052, "DS", "-1024"),
    element(0x00281053, "DS", "2"),
    ...(pixels === null ? [] : [pixels]),
  ], { transferSyntaxUID });
}
