/**
 * Damaged streams for every codec that reads others' data, each of which must
 * decode or be refused, and leave the codec sound.
 *
 * Run apart with `deno run -A tests/dicom/codecs/fuzz_codecs.ts CODEC [count] [seed]`.
 */
import type { Frame, ImageDescription } from "@dicom/series-preview/dicom";
import { deflateRaw } from "pako";
import { decodeDeflatedFrame } from "../../../dicom/codecs/deflated_frame.ts";
import { decodeHtj2k } from "../../../dicom/codecs/htj2k.ts";
import { decodeJpeg2000 } from "../../../dicom/codecs/jpeg2000.ts";
import { decodeJpegLossless } from "../../../dicom/codecs/jpeg_lossless.ts";
import { decodeJpegLs } from "../../../dicom/codecs/jpeg_ls.ts";
import { decodeJpegXl } from "../../../dicom/codecs/jpeg_xl.ts";
import { DecodeError } from "../../../errors.ts";
import { seededRandom } from "../../support/random.ts";
import { encodeJpegLossless } from "./encode_jpeg_lossless.ts";
import {
  describeSample,
  encodeHtj2k,
  encodeJpeg2000,
  encodeJpegLs,
  encodeJpegXl,
  type SampleImage,
  sampleImage,
} from "./encode_samples.ts";

/** A codec under test. */
interface FuzzedCodec {
  readonly decode: (bytes: Uint8Array, description: ImageDescription) => Frame | Promise<Frame>;
  /** Streams to damage, and what they are of. */
  readonly samples: () => Promise<(readonly [SampleImage, Uint8Array])[]>;
}

const grey = sampleImage();
const signed = sampleImage({ bits: 16, signed: true, rows: 40, columns: 33 });
const color = sampleImage({ bits: 8, samplesPerPixel: 3 });

/** Encodes each image in turn. */
function encodeAll(
  images: readonly SampleImage[],
  encode: (image: SampleImage) => Uint8Array | Promise<Uint8Array>,
): Promise<(readonly [SampleImage, Uint8Array])[]> {
  return Promise.all(images.map(async (image) => [image, await encode(image)] as const));
}

/** The codecs, by name. */
export const fuzzedCodecs: Readonly<Record<string, FuzzedCodec>> = {
  "jpeg-lossless": {
    decode: decodeJpegLossless,
    samples: async () => [
      ...await encodeAll([grey, signed, color], encodeJpegLossless),
      ...await encodeAll([grey], (image) => encodeJpegLossless(image, { restartInterval: 72 })),
      ...await encodeAll([signed], (image) => encodeJpegLossless(image, { predictor: 7 })),
    ],
  },
  "jpeg-ls": {
    decode: decodeJpegLs,
    samples: async () => [
      ...await encodeAll([grey, signed, color], encodeJpegLs),
      ...await encodeAll([color], (image) => encodeJpegLs(image, { interleave: 0, near: 2 })),
    ],
  },
  "jpeg2000": {
    decode: decodeJpeg2000,
    samples: async () => [
      ...await encodeAll([grey, signed, color], encodeJpeg2000),
      ...await encodeAll([grey], (image) => encodeJpeg2000(image, { order: 0 })),
    ],
  },
  "htj2k": {
    decode: decodeHtj2k,
    samples: async () => [
      ...await encodeAll([grey, signed, color], encodeHtj2k),
      ...await encodeAll([grey], (image) => encodeHtj2k(image, { tileParts: true })),
    ],
  },
  "jpeg-xl": {
    decode: decodeJpegXl,
    samples: async () => [
      ...await encodeAll([grey, signed, color], encodeJpegXl),
      ...await encodeAll([grey, color], (image) => encodeJpegXl(image, { lossless: false })),
    ],
  },
  "deflated-frame": {
    decode: decodeDeflatedFrame,
    samples: () =>
      encodeAll(
        [grey, signed],
        ({ values }) => deflateRaw(new Uint8Array(Uint16Array.from(values).buffer)),
      ),
  },
};

/** What became of the damaged streams of a codec. */
export interface FuzzReport {
  readonly runs: number;
  /** Streams that gave a frame all the same. */
  readonly decoded: number;
  readonly refused: number;
  readonly slowestMilliseconds: number;
}

/** Bytes that mean something to a decoder. */
const meaningful: readonly (readonly number[])[] = [
  [0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0],
  [0, 0, 0, 1],
  [0x7f, 0xff, 0xff, 0xff],
  [0xff, 0xd9],
  [0xff, 0xda],
  [0xff, 0x90],
  [0xff, 0x4f],
  [0xff, 0x51],
  [0xff, 0xd0],
  [0xff, 0x00],
  [0x80],
];

/** Damages a stream in one to four places, half of them near its start where the headers are. */
function damage(stream: Uint8Array, random: () => number): Uint8Array {
  let damaged = stream.slice();
  const pick = (limit: number) => Math.floor(random() * limit);
  for (let changes = 1 + pick(4); changes > 0 && damaged.length > 0; changes--) {
    const at = pick(random() < 0.5 ? Math.min(damaged.length, 160) : damaged.length);
    switch (pick(7)) {
      case 0:
      case 1:
        damaged[at] = damaged[at]! ^ (1 << pick(8));
        break;
      case 2:
        damaged[at] = pick(256);
        break;
      case 3:
        damaged.set(meaningful[pick(meaningful.length)]!.slice(0, damaged.length - at), at);
        break;
      case 4:
        damaged = damaged.slice(0, at);
        break;
      case 5:
        damaged.copyWithin(at, at + 1 + pick(16));
        break;
      default:
        damaged.copyWithin(pick(damaged.length), at, at + 1 + pick(64));
    }
  }
  return damaged;
}

/** The size that a stream's header claims, as the error for it says; a hostile file would say the same. */
const claimed = /frame is (\d+) × (\d+) × (\d+),/;
const mostClaimedPixels = 2 ** 22;

/** Claims of the file what its stream claims. */
function agree(message: string, description: ImageDescription): ImageDescription | null {
  const [, columns = 0, rows = 0, samplesPerPixel = 0] = (claimed.exec(message) ?? []).map(Number);
  if (rows * columns === 0 || rows * columns > mostClaimedPixels) return null;
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) return null;
  return { ...description, rows, columns, samplesPerPixel };
}

/**
 * Decodes damaged streams. After each that is refused the sound stream must
 * decode as before.
 *
 * @throws {Error} When a decode fails with an untyped error or gives a frame of another size, takes
 * longer than `mostMilliseconds`, or spoils the decode after it.
 */
export async function fuzzCodec(
  name: string,
  count: number,
  seed: number,
  mostMilliseconds = 5000,
): Promise<FuzzReport> {
  const { decode, samples } = fuzzedCodecs[name]!;
  const sound = await Promise.all(
    (await samples()).map(async ([image, bytes]) => {
      const description = describeSample(image);
      return { bytes, description, expected: String((await decode(bytes, description)).data) };
    }),
  );
  const random = seededRandom(seed);
  let decoded = 0;
  let slowestMilliseconds = 0;
  for (let run = 0; run < count; run++) {
    const sample = sound[run % sound.length]!;
    const bytes = damage(sample.bytes, random);
    const what = `${name}, seed ${seed}, run ${run}`;
    let description: ImageDescription = sample.description;
    for (let claims = true; claims;) {
      const start = performance.now();
      try {
        const { rows, columns, samplesPerPixel, data } = await decode(bytes, description);
        if (rows !== description.rows || columns !== description.columns) {
          throw new Error(`${what}: the frame has ${columns} × ${rows} pixels`);
        }
        if (data.length !== rows * columns * samplesPerPixel) {
          throw new Error(`${what}: the frame has ${data.length} samples`);
        }
        decoded++;
        claims = false;
      } catch (error) {
        if (!(error instanceof DecodeError)) throw new Error(`${what}: ${error}`, { cause: error });
        const agreed = agree(error.message, description);
        claims = agreed !== null;
        description = agreed ?? description;
      }
      const milliseconds = performance.now() - start;
      slowestMilliseconds = Math.max(slowestMilliseconds, milliseconds);
      if (milliseconds > mostMilliseconds) throw new Error(`${what}: ${milliseconds} ms`);
    }
    if (String((await decode(sample.bytes, sample.description)).data) !== sample.expected) {
      throw new Error(`${what}: the sound stream decodes to something else now`);
    }
  }
  return { runs: count, decoded, refused: count - decoded, slowestMilliseconds };
}

if (import.meta.main) {
  const [name = "", count = "20000", seed = "1"] = Deno.args;
  const start = performance.now();
  const report = await fuzzCodec(name, Number(count), Number(seed));
  const seconds = (performance.now() - start) / 1000;
  const { rss } = Deno.memoryUsage();
  const line = JSON.stringify({ name, ...report, seconds, rssMegabytes: rss / 2 ** 20 });
  await Deno.stdout.write(new TextEncoder().encode(line + "\n"));
}
