import type { SampleImage } from "./encode_samples.ts";

/** Options of {@linkcode encodeJpegLossless}. */
export interface EncodeJpegLosslessOptions {
  /** 1 to 7 (T.81 table H.1). */
  readonly predictor?: number;
  /** Pixels between restart markers; whole rows. 0 for none. */
  readonly restartInterval?: number;
  /**
   * The categories of differences that have codes, of one bit, two bits and so on; 16 at most. By
   * default each has a code of five bits.
   */
  readonly categories?: readonly number[];
  /** The bit that fills the last byte; 1 by default. */
  readonly fill?: 0 | 1;
}

/** A code of a category of differences, and how many bits it has. */
type Code = readonly [code: number, length: number];

const codeLength = 5;
const evenCodes: readonly Code[] = Array.from({ length: 17 }, (_, i) => [i, codeLength]);

/** Ones and a zero, one more for each. */
function unaryCodes(categories: readonly number[]): Code[] {
  const codes: Code[] = [];
  categories.forEach((category, i) => codes[category] = [2 ** (i + 1) - 2, i + 1]);
  return codes;
}

/** Encodes an image in lossless JPEG (T.81 annex H), in one interleaved scan. */
export function encodeJpegLossless(
  image: SampleImage,
  options: EncodeJpegLosslessOptions = {},
): Uint8Array<ArrayBuffer> {
  const { predictor = 1, restartInterval = 0, fill = 1 } = options;
  const categories = options.categories ?? evenCodes.map((_, category) => category);
  const codes = options.categories === undefined ? evenCodes : unaryCodes(categories);
  const { rows, columns, samplesPerPixel, bits } = image;
  const ids = Array.from({ length: samplesPerPixel }, (_, i) => i + 1);
  const out: number[] = [0xff, 0xd8];
  const segment = (marker: number, body: readonly number[]) => {
    out.push(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body);
  };
  const lengths = Array.from(
    { length: 16 },
    (_, i) => categories.filter((category) => codes[category]![1] === i + 1).length,
  );
  segment(0xc4, [0, ...lengths, ...categories]);
  const size = [rows >> 8, rows & 255, columns >> 8, columns & 255];
  segment(0xc3, [bits, ...size, samplesPerPixel, ...ids.flatMap((id) => [id, 0x11, 0])]);
  if (restartInterval > 0) segment(0xdd, [restartInterval >> 8, restartInterval & 255]);
  segment(0xda, [samplesPerPixel, ...ids.flatMap((id) => [id, 0]), predictor, 0, 0]);

  const writer = new BitWriter(out, fill);
  const cells = image.values.map((value) => value & (2 ** bits - 1));
  for (let pixel = 0; pixel < rows * columns; pixel++) {
    const restarted = restartInterval > 0 ? pixel - (pixel % restartInterval) : 0;
    if (pixel > 0 && pixel === restarted) {
      writer.flush();
      out.push(0xff, 0xd0 + (pixel / restartInterval - 1) % 8);
    }
    for (let sample = 0; sample < samplesPerPixel; sample++) {
      const at = (back: number) => cells[(pixel - back) * samplesPerPixel + sample]!;
      const firstRow = pixel - restarted < columns;
      const prediction = pixel === restarted
        ? 2 ** (bits - 1)
        : firstRow
        ? at(1)
        : pixel % columns === 0
        ? at(columns)
        : predict(predictor, at(1), at(columns), at(columns + 1));
      writeDifference(writer, codes, at(0) - prediction);
    }
  }
  writer.flush();
  return Uint8Array.from([...out, 0xff, 0xd9]);
}

function predict(predictor: number, left: number, above: number, corner: number): number {
  return [
    left,
    above,
    corner,
    left + above - corner,
    left + ((above - corner) >> 1),
    above + ((left - corner) >> 1),
    (left + above) >> 1,
  ][predictor - 1]!;
}

/** Differences are taken modulo 2^16. */
function writeDifference(writer: BitWriter, codes: readonly Code[], exact: number): void {
  const difference = (exact << 16) >> 16;
  const category = difference === -32768 ? 16 : 32 - Math.clz32(Math.abs(difference));
  writer.write(...codes[category]!);
  if (category === 16) return;
  writer.write(difference < 0 ? difference + 2 ** category - 1 : difference, category);
}

/** Writes bits, the highest first, and a zero behind each byte of ones. */
class BitWriter {
  readonly #out: number[];
  readonly #fill: 0 | 1;
  #bits = 0;
  #count = 0;

  constructor(out: number[], fill: 0 | 1) {
    this.#out = out;
    this.#fill = fill;
  }

  write(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) {
      this.#bits = (this.#bits << 1) | ((value >> i) & 1);
      if (++this.#count === 8) this.#push();
    }
  }

  /** Fills the last byte. */
  flush(): void {
    while (this.#count > 0) this.write(this.#fill, 1);
  }

  #push(): void {
    this.#out.push(this.#bits);
    if (this.#bits === 0xff) this.#out.push(0);
    this.#bits = 0;
    this.#count = 0;
  }
}
