import type { SampleImage } from "./encode_samples.ts";

/** Options of {@linkcode encodeJpegLossless}. */
export interface EncodeJpegLosslessOptions {
  /** 1 to 7 (T.81 table H.1). */
  readonly predictor?: number;
  /** Pixels between restart markers; whole rows. 0 for none. */
  readonly restartInterval?: number;
}

/** Every category of difference has a code of five bits, its own number. */
const codeLength = 5;
const categories = 17;

/** Encodes an image in lossless JPEG (T.81 annex H), in one interleaved scan. */
export function encodeJpegLossless(
  image: SampleImage,
  options: EncodeJpegLosslessOptions = {},
): Uint8Array<ArrayBuffer> {
  const { predictor = 1, restartInterval = 0 } = options;
  const { rows, columns, samplesPerPixel, bits } = image;
  const ids = Array.from({ length: samplesPerPixel }, (_, i) => i + 1);
  const out: number[] = [0xff, 0xd8];
  const segment = (marker: number, body: readonly number[]) => {
    out.push(0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body);
  };
  const lengths = Array.from({ length: 16 }, (_, i) => i + 1 === codeLength ? categories : 0);
  segment(0xc4, [0, ...lengths, ...Array.from({ length: categories }, (_, i) => i)]);
  const size = [rows >> 8, rows & 255, columns >> 8, columns & 255];
  segment(0xc3, [bits, ...size, samplesPerPixel, ...ids.flatMap((id) => [id, 0x11, 0])]);
  if (restartInterval > 0) segment(0xdd, [restartInterval >> 8, restartInterval & 255]);
  segment(0xda, [samplesPerPixel, ...ids.flatMap((id) => [id, 0]), predictor, 0, 0]);

  const writer = new BitWriter(out);
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
      writeDifference(writer, at(0) - prediction);
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
function writeDifference(writer: BitWriter, exact: number): void {
  const difference = (exact << 16) >> 16;
  const category = difference === -32768 ? 16 : 32 - Math.clz32(Math.abs(difference));
  writer.write(category, codeLength);
  if (category === 16) return;
  writer.write(difference < 0 ? difference + 2 ** category - 1 : difference, category);
}

/** Writes bits, the highest first, and a zero behind each byte of ones. */
class BitWriter {
  readonly #out: number[];
  #bits = 0;
  #count = 0;

  constructor(out: number[]) {
    this.#out = out;
  }

  write(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) {
      this.#bits = (this.#bits << 1) | ((value >> i) & 1);
      if (++this.#count === 8) this.#push();
    }
  }

  /** Fills the last byte with ones. */
  flush(): void {
    while (this.#count > 0) this.write(1, 1);
  }

  #push(): void {
    this.#out.push(this.#bits);
    if (this.#bits === 0xff) this.#out.push(0);
    this.#bits = 0;
    this.#count = 0;
  }
}
