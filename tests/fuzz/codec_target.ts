import {
  decodeFrame,
  type Frame,
  type ImageDescription,
  transferSyntax,
} from "@dicom/series-preview/dicom";
import { DecodeError } from "../../errors.ts";
import { readSharedFrames } from "../dicom/codecs/shared_frames.ts";
import { wholeHeader } from "../dicom/header_facts.ts";
import { listInstances, type Oracle, readOracle, readShared } from "../support/shared_data.ts";
import type { CodecSeed, SeededCodec } from "./codec_seeds.ts";
import type { FuzzSubject, FuzzTarget, PrepareOptions } from "./fuzz_target.ts";
import { mutateDescription } from "./mutate_description.ts";
import { mutateStream } from "./mutate_stream.ts";
import { sizeClaimed } from "./size_claimed.ts";

/** Of real data, streams longer than this are left out: they take too long to decode over and over. */
const mostRealBytes = 2 ** 16;
/** Every so many runs damage real data. */
const realInterval = 8;
/** Most pixels that a header is made to agree on with its stream. */
const mostAgreedPixels = 2 ** 22;

/** Damaged frames for a codec, through the registry of transfer syntaxes. */
export function codecTarget(codec: SeededCodec): FuzzTarget {
  return {
    count: 20_000,
    mostMilliseconds: 5000,
    mostGrowth: 512 * 2 ** 20,
    prepare: (options) => prepare(codec, options),
  };
}

/** A sound frame, and what it decodes to. */
interface SoundFrame extends CodecSeed {
  readonly frame: Frame;
}

async function prepare(codec: SeededCodec, { realData }: PrepareOptions): Promise<FuzzSubject> {
  const { syntaxes, layout } = codec;
  const made = (await codec.makeSeeds()).map(({ bytes, description }, i) => ({
    bytes,
    description: { ...description, transferSyntaxUID: syntaxes[i % syntaxes.length]! },
  }));
  const oracle = realData ? readOracle() : null;
  const generated = await decodeAll(made);
  const real = oracle === null ? [] : await decodeAll(await readRealSeeds(oracle, syntaxes));
  const soundOf = (run: number): readonly SoundFrame[] =>
    real.length > 0 && run % realInterval === 0 ? real : generated;
  const seedOf = (run: number): SoundFrame => {
    const sound = soundOf(run);
    return sound[Math.floor(run / (sound === real ? realInterval : 1)) % sound.length]!;
  };
  return {
    async run(run, random) {
      const { bytes, description } = seedOf(run);
      const sound = soundOf(run);
      const other = sound[Math.floor(random() * sound.length)]!;
      const level = Math.max(0, Math.floor(random() * 6) - 2);
      // Where the stream is sound, it is the header that must be damaged.
      const whole = random() < 0.1;
      const damaged = whole ? bytes : mutateStream(bytes, other.bytes, layout, random);
      const told = whole || random() < 0.2 ? mutateDescription(description, random) : description;
      return await decodeAsTold(damaged, told, level);
    },
    async verify(run) {
      const { bytes, description, frame } = seedOf(run);
      const { data } = await decodeFrame(bytes, description);
      const same = data.length === frame.data.length &&
        data.every((value, i) => Object.is(value, frame.data[i]));
      if (!same) throw new Error("the sound frame decodes to something else");
    },
  };
}

/** Decodes a frame; one whose header disagrees with it is decoded again with a header that agrees. */
async function decodeAsTold(
  bytes: Uint8Array,
  description: ImageDescription,
  level: number,
): Promise<"decoded" | "refused"> {
  try {
    requireSize(await decodeFrame(bytes, description, { level }), description, level);
    return "decoded";
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const claimed = sizeClaimed(error.message);
    if (claimed === null) return "refused";
    const agreed = { ...description, ...claimed };
    const { rows, columns, samplesPerPixel } = agreed;
    if (rows * columns === 0 || rows * columns > mostAgreedPixels) return "refused";
    if (![1, 3, 4].includes(samplesPerPixel)) return "refused";
    // The same header again would only be refused again.
    const disagrees = rows !== description.rows || columns !== description.columns ||
      samplesPerPixel !== description.samplesPerPixel;
    return disagrees ? await decodeAsTold(bytes, agreed, level) : "refused";
  }
}

/** Fails for a frame that is not as its header says, at any level up to the one asked for. */
function requireSize(frame: Frame, description: ImageDescription, level: number): void {
  const { rows, columns, samplesPerPixel, data } = frame;
  const levels = Array.from({ length: level + 1 }, (_, i) => 2 ** i);
  const fits = levels.some((scale) =>
    rows === Math.ceil(description.rows / scale) &&
    columns === Math.ceil(description.columns / scale)
  );
  const whole = data.length === rows * columns * samplesPerPixel;
  if (fits && whole && samplesPerPixel === description.samplesPerPixel) return;
  throw new Error(
    `the frame is ${columns} × ${rows} × ${samplesPerPixel} of ${data.length} samples, ` +
      `its header says ${description.columns} × ${description.rows} × ${description.samplesPerPixel}`,
  );
}

function decodeAll(seeds: readonly CodecSeed[]): Promise<SoundFrame[]> {
  return Promise.all(seeds.map(async (seed) => ({
    ...seed,
    frame: await decodeFrame(seed.bytes, seed.description),
  })));
}

/** Reads the encapsulated frames of the shared test data that are in given transfer syntaxes. */
async function readRealSeeds(oracle: Oracle, syntaxes: readonly string[]): Promise<CodecSeed[]> {
  const seeds: CodecSeed[] = [];
  for (const { path, series } of listInstances(oracle)) {
    if (series !== null) continue;
    const { transferSyntaxUID } = wholeHeader(readShared(path));
    if (!syntaxes.includes(transferSyntaxUID) || !transferSyntax(transferSyntaxUID).encapsulated) {
      continue;
    }
    seeds.push(...await readSharedFrames(path));
  }
  return seeds.filter(({ bytes }) => bytes.length <= mostRealBytes);
}
