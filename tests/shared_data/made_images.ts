import { deflateRaw } from "pako";
import { goldenJpegXl } from "../dicom/codecs/golden_jpeg_xl.ts";
import {
  describeSample,
  encodeJpegXl,
  type SampleImage,
  sampleImage,
} from "../dicom/codecs/encode_samples.ts";
import { element, writeFragments } from "../support/dicom_fixtures.ts";
import { writeImage } from "../support/write_image.ts";

/** An instance that was made, and the values that it must decode to. */
export interface MadeImage {
  readonly object: Uint8Array<ArrayBuffer>;
  readonly values: ArrayLike<number>;
}

const images = [
  sampleImage({ bits: 8 }),
  sampleImage({ bits: 16 }),
  sampleImage({ bits: 8, samplesPerPixel: 3 }),
];

/** Encoders of whole frames, without loss, by the UID of the transfer syntax. */
const encoders: Readonly<Record<string, (image: SampleImage) => Promise<Uint8Array>>> = {
  "1.2.840.10008.1.2.1.98": (image) => Promise.resolve(cellsOf(image)),
  "1.2.840.10008.1.2.8.1": (image) => Promise.resolve(deflateRaw(cellsOf(image))),
  "1.2.840.10008.1.2.4.110": encodeJpegXl,
};

function cellsOf({ bits, values }: SampleImage): Uint8Array {
  return bits > 8 ? new Uint8Array(Uint16Array.from(values).buffer) : Uint8Array.from(values);
}

/** Makes instances in a transfer syntax of which the shared data has none. */
export async function madeImages(transferSyntaxUID: string): Promise<MadeImage[]> {
  const golden = goldenJpegXl.filter(({ description }) =>
    description.transferSyntaxUID === transferSyntaxUID
  );
  const encode = encoders[transferSyntaxUID];
  const encoded = encode === undefined ? [] : await Promise.all(images.map(async (image) => ({
    bytes: await encode(image),
    description: describeSample(image),
    samples: image.values,
  })));
  return [...golden, ...encoded].map(({ bytes, description, samples }) => {
    const fragments = element(0x7fe00010, "OB", writeFragments([bytes]), { undefinedLength: true });
    const object = writeImage(fragments, {
      rows: description.rows,
      columns: description.columns,
      samples: description.samplesPerPixel,
      allocated: description.bitsAllocated,
      stored: description.bitsStored,
      photometric: description.photometricInterpretation,
      transferSyntaxUID,
    });
    return { object, values: samples };
  });
}
