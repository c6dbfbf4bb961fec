import { assertEquals } from "@std/assert";
import { decodeJpeg } from "../../../../dicom/codecs/jpeg/decode_jpeg.ts";
import { decodeJpegFrame } from "../../../../dicom/codecs/jpeg/decode_jpeg_frame.ts";
import type { ImageDescription } from "../../../../dicom/image_description.ts";
import { DecodeError } from "../../../../errors.ts";
import { seededRandom } from "../../../support/random.ts";
import { sampleDescription } from "../../sample_description.ts";

/** What became of damaged streams. */
export interface FuzzOutcome {
  /** How many gave an image all the same. */
  readonly decoded: number;
  /** How many were refused with a {@linkcode DecodeError}. */
  readonly refused: number;
  /** Milliseconds that the slowest took. */
  readonly slowest: number;
}

/** Bytes that mean something to a decoder, to be put anywhere. */
const meaningful: readonly (readonly number[])[] = [
  [0xff, 0xff],
  [0xff, 0x00],
  [0x00, 0x00, 0x00, 0x00],
  [0xff, 0xd0],
  [0xff, 0xd9],
  [0xff, 0xda],
  [0xff, 0xc0],
  [0xff, 0xc2],
  [0xff, 0xc4, 0x00, 0x13],
  [0xff, 0xdb, 0x00, 0x43],
  [0xff, 0xdd, 0x00, 0x04, 0x00, 0x01],
  [0xff, 0xdc, 0x00, 0x04, 0xff, 0xff],
];

/**
 * Decodes damaged streams, and checks that each gives an image of the size it
 * claims or is refused.
 *
 * To run it apart: `deno eval 'import { fuzzJpeg } from "./tests/dicom/codecs/jpeg/fuzz_jpeg.ts";
 * import { goldenStreams } from "./tests/dicom/codecs/jpeg/golden_streams.ts";
 * console.log(fuzzJpeg(20_000, goldenStreams.map(({ bytes }) => bytes)))'`.
 *
 * @param count How many to try.
 * @param streams Sound streams to damage, by turns.
 * @throws {Error} Whatever a decoder throws that is no {@linkcode DecodeError}.
 */
export function fuzzJpeg(count: number, streams: readonly Uint8Array[], seed = 1): FuzzOutcome {
  const random = seededRandom(seed);
  const samples = streams.map((sound) => {
    const { rows, columns, components } = decodeJpeg(sound);
    const samplesPerPixel = components.length;
    return { sound, description: sampleDescription({ rows, columns, samplesPerPixel }) };
  });
  let decoded = 0;
  let slowest = 0;
  for (let i = 0; i < count; i++) {
    const { sound, description } = samples[i % samples.length]!;
    const damaged = damage(sound, random);
    // Every other one by itself: its dimensions may be damaged too.
    const expected = random() < 0.5 ? description : null;
    const start = performance.now();
    if (tryDecoding(damaged, expected)) decoded++;
    slowest = Math.max(slowest, performance.now() - start);
  }
  return { decoded, refused: count - decoded, slowest };
}

/** Changes a stream in one to four places, or cuts it. */
function damage(sound: Uint8Array, random: () => number): Uint8Array {
  const pick = (limit: number) => Math.floor(random() * limit);
  // Damage to tables and headers does the most, and they are a small part of a large stream.
  const reach = random() < 0.5 ? sound.length : Math.min(sound.length, 700);
  let damaged = sound.slice();
  for (let changes = 1 + pick(4); changes > 0; changes--) {
    const at = pick(Math.min(reach, damaged.length));
    switch (pick(6)) {
      case 0:
        damaged[at] = damaged[at]! ^ (1 << pick(8));
        break;
      case 1:
        damaged[at] = pick(256);
        break;
      case 2: {
        const bytes = meaningful[pick(meaningful.length)]!;
        if (at + bytes.length <= damaged.length) damaged.set(bytes, at);
        break;
      }
      case 3:
        damaged = damaged.slice(0, Math.max(at, 4));
        break;
      case 4:
        damaged.copyWithin(at, pick(damaged.length), pick(damaged.length));
        break;
      default:
        damaged.fill(pick(256), at, at + pick(64));
    }
  }
  return damaged;
}

/** Whether a stream can be decoded, as a frame of an image if one is described. */
function tryDecoding(damaged: Uint8Array, description: ImageDescription | null): boolean {
  try {
    if (description === null) {
      const { data, rows, columns, components } = decodeJpeg(damaged);
      assertEquals(data.length, rows * columns * components.length);
    } else {
      const { rows, columns, samplesPerPixel } = description;
      const { data } = decodeJpegFrame(damaged, description);
      assertEquals(data.length, rows * columns * samplesPerPixel);
    }
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}
