import {
  encodeHtj2k,
  encodeJpeg2000,
  encodeJpegLs,
  encodeJpegXl,
  sampleImage,
} from "../dicom/codecs/encode_samples.ts";
import { goldenJpegXl } from "../dicom/codecs/golden_jpeg_xl.ts";
import { element, writeFragments, writeInstance } from "./dicom_fixtures.ts";

/** An instance of one frame, of each codec that has a WASM file, by the name of its syntax. */
export async function compressedImages(): Promise<ReadonlyMap<string, Uint8Array<ArrayBuffer>>> {
  const image = sampleImage({ bits: 12 });
  const own = { ...image, photometric: "MONOCHROME2" };
  const images = new Map<string, Uint8Array<ArrayBuffer>>();
  const add = (name: string, uid: string, of: ImageFacts, stream: Uint8Array) =>
    images.set(name, instanceOf(`1.2.840.10008.1.2.4.${uid}`, of, stream));
  add("JPEG-LS", "80", own, await encodeJpegLs(image));
  add("JPEG 2000", "90", own, await encodeJpeg2000(image));
  add("HTJ2K", "201", own, await encodeHtj2k(image));
  add("JPEG XL Lossless", "110", own, await encodeJpegXl(image));
  for (const [number, { made, description, bytes }] of goldenJpegXl.entries()) {
    const { bitsStored: bits, photometricInterpretation: photometric } = description;
    // One that was a JPEG says how it was made of it.
    const uid = /jpe?g/i.test(made) ? "111" : "112";
    add(`JPEG XL ${number}`, uid, { ...description, bits, photometric }, bytes);
  }
  return images;
}

interface ImageFacts {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly bits: number;
  readonly photometric: string;
}

function instanceOf(
  transferSyntaxUID: string,
  { rows, columns, samplesPerPixel, bits, photometric }: ImageFacts,
  stream: Uint8Array,
): Uint8Array<ArrayBuffer> {
  return writeInstance([
    element(0x00280002, "US", [samplesPerPixel]),
    element(0x00280004, "CS", photometric),
    ...(samplesPerPixel === 1 ? [] : [element(0x00280006, "US", [0])]),
    element(0x00280010, "US", [rows]),
    element(0x00280011, "US", [columns]),
    element(0x00280100, "US", [bits > 8 ? 16 : 8]),
    element(0x00280101, "US", [bits]),
    element(0x00280102, "US", [bits - 1]),
    element(0x00280103, "US", [0]),
    element(0x7fe00010, "OB", writeFragments([stream]), { undefinedLength: true }),
  ], { transferSyntaxUID });
}
