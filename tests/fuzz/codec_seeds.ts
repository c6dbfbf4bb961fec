import type { ImageDescription } from "@dicom/series-preview/dicom";
import { deflateRaw } from "pako";
import { encodeJpegLossless } from "../dicom/codecs/encode_jpeg_lossless.ts";
import {
  describeSample,
  encodeHtj2k,
  encodeJpeg2000,
  encodeJpegLs,
  encodeJpegXl,
  type SampleImage,
  sampleImage,
} from "../dicom/codecs/encode_samples.ts";
import { goldenJpegXl } from "../dicom/codecs/golden_jpeg_xl.ts";
import { goldenStreams } from "../dicom/codecs/jpeg/golden_streams.ts";
import { encodeRle } from "../dicom/encode_rle.ts";
import { concat } from "../support/dicom_fixtures.ts";
import type { StreamLayout } from "./mutate_stream.ts";

/** A sound frame to damage. */
export interface CodecSeed {
  readonly bytes: Uint8Array;
  readonly description: ImageDescription;
}

/** A codec, and how to make streams for it. */
export interface SeededCodec {
  /** Its transfer syntaxes, which the seeds take in turns. */
  readonly syntaxes: readonly string[];
  readonly layout: StreamLayout;
  readonly makeSeeds: () => Promise<readonly CodecSeed[]>;
}

const grey = sampleImage();
const signed = sampleImage({ bits: 16, signed: true, rows: 40, columns: 33 });
const color = sampleImage({ bits: 8, samplesPerPixel: 3 });
const small = sampleImage({ bits: 8, rows: 5, columns: 3 });

/** The image's cells, little endian. */
function cellsOf({ values, bits }: SampleImage): Uint8Array {
  return bits > 8 ? new Uint8Array(Uint16Array.from(values).buffer) : Uint8Array.from(values);
}

/** The cells as a native frame alone in its value: of even length. */
function nativeFrameOf(image: SampleImage): Uint8Array {
  const cells = cellsOf(image);
  return concat(cells, new Uint8Array(cells.length % 2));
}

/** The bytes of each plane, the most significant first. */
function planesOf(image: SampleImage): Uint8Array[] {
  const cells = cellsOf(image);
  const apart = image.samplesPerPixel * (image.bits > 8 ? 2 : 1);
  const planes = Array.from(
    { length: apart },
    (_, plane) => cells.filter((_, i) => i % apart === plane),
  );
  return image.bits > 8 ? planes.reverse() : planes;
}

/** Encodes images in turn. */
function encodeAll(
  images: readonly SampleImage[],
  encode: (image: SampleImage) => Uint8Array | Promise<Uint8Array>,
  given: Partial<ImageDescription> = {},
): Promise<CodecSeed[]> {
  return Promise.all(images.map(async (image) => ({
    bytes: await encode(image),
    description: describeSample(image, given),
  })));
}

/** Uncompressed frames of all kinds of cells. */
async function nativeSeeds(): Promise<CodecSeed[]> {
  const bits = { bitsAllocated: 1, bitsStored: 1, highBit: 0 } as const;
  const wide = { bitsAllocated: 32, bitsStored: 32, highBit: 31 } as const;
  return [
    ...await encodeAll([grey, signed, color, small], nativeFrameOf),
    ...await encodeAll([grey], nativeFrameOf, { highBit: 15 }),
    ...await encodeAll([color], nativeFrameOf, { planarConfiguration: 1 }),
    ...await encodeAll([color], (image) => cellsOf(image).subarray(0, 24 * 36 * 2), {
      photometricInterpretation: "YBR_FULL_422",
    }),
    ...await encodeAll([small], () => Uint8Array.of(0xa5, 0x3c), bits),
    ...await encodeAll(
      [small],
      ({ values }) => new Uint8Array(Uint32Array.from(values).buffer),
      wide,
    ),
    ...await encodeAll([small], ({ values }) => new Uint8Array(Float32Array.from(values).buffer), {
      ...wide,
      pixelKind: "float",
    }),
  ];
}

/** The codecs that stand behind the transfer syntaxes, by name. */
export const seededCodecs: Readonly<Record<string, SeededCodec>> = {
  "native": {
    syntaxes: [
      "1.2.840.10008.1.2",
      "1.2.840.10008.1.2.1",
      "1.2.840.10008.1.2.1.99",
      "1.2.840.10008.1.2.2",
    ],
    layout: "none",
    makeSeeds: nativeSeeds,
  },
  "encapsulated-uncompressed": {
    syntaxes: ["1.2.840.10008.1.2.1.98"],
    layout: "none",
    makeSeeds: nativeSeeds,
  },
  "deflated-frame": {
    syntaxes: ["1.2.840.10008.1.2.8.1"],
    layout: "none",
    makeSeeds: () => encodeAll([grey, signed, color, small], (image) => deflateRaw(cellsOf(image))),
  },
  "rle": {
    syntaxes: ["1.2.840.10008.1.2.5"],
    layout: "rle",
    makeSeeds: () =>
      encodeAll([grey, signed, color, small], (image) => encodeRle(...planesOf(image))),
  },
  "jpeg": {
    syntaxes: [
      "1.2.840.10008.1.2.4.50",
      "1.2.840.10008.1.2.4.51",
      "1.2.840.10008.1.2.4.53",
      "1.2.840.10008.1.2.4.55",
    ],
    layout: "markers",
    makeSeeds: () =>
      Promise.resolve(goldenStreams.map(({ bytes, rows, columns, components, precision }) => ({
        bytes,
        description: {
          ...describeSample({ ...small, rows, columns, bits: precision }),
          samplesPerPixel: components,
          photometricInterpretation: components === 1 ? "MONOCHROME2" : "YBR_FULL_422",
        },
      }))),
  },
  "jpeg-lossless": {
    syntaxes: ["1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70"],
    layout: "markers",
    makeSeeds: async () => [
      ...await encodeAll([grey, signed, color, small], encodeJpegLossless),
      ...await encodeAll([grey], (image) => encodeJpegLossless(image, { restartInterval: 72 })),
      ...await encodeAll([signed], (image) => encodeJpegLossless(image, { predictor: 7 })),
    ],
  },
  "jpeg-ls": {
    syntaxes: ["1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"],
    layout: "markers",
    makeSeeds: async () => [
      ...await encodeAll([grey, signed, color, small], encodeJpegLs),
      ...await encodeAll([color], (image) => encodeJpegLs(image, { interleave: 0, near: 2 })),
      ...await encodeAll([color], (image) => encodeJpegLs(image, { interleave: 1 })),
    ],
  },
  "jpeg2000": {
    syntaxes: ["1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91"],
    layout: "markers",
    makeSeeds: async () => [
      ...await encodeAll([grey, signed, color], encodeJpeg2000),
      ...await encodeAll([grey], (image) => encodeJpeg2000(image, { order: 0, levels: 3 })),
    ],
  },
  "htj2k": {
    syntaxes: [
      "1.2.840.10008.1.2.4.201",
      "1.2.840.10008.1.2.4.202",
      "1.2.840.10008.1.2.4.203",
    ],
    layout: "markers",
    makeSeeds: async () => [
      ...await encodeAll([grey, signed, color], encodeHtj2k),
      ...await encodeAll([grey], (image) => encodeHtj2k(image, { tileParts: true })),
    ],
  },
  "jpeg-xl": {
    syntaxes: ["1.2.840.10008.1.2.4.110", "1.2.840.10008.1.2.4.111", "1.2.840.10008.1.2.4.112"],
    layout: "none",
    makeSeeds: async () => [
      ...await encodeAll([grey, signed, color, small], encodeJpegXl),
      ...await encodeAll([grey, color], (image) => encodeJpegXl(image, { lossless: false })),
      ...goldenJpegXl,
    ],
  },
};
