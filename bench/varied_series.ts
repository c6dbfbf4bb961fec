import type { ObjectSource, SourceObject } from "../tests/support/object_source.ts";
import { seededRandom } from "../tests/support/random.ts";
import { makeScannerHeader, pixelBytes, type ScannerHeader } from "./make_scanner_header.ts";

/** What a {@linkcode VariedSeries} takes. */
export interface VariedSeriesOptions {
  /** How many instances there are. */
  readonly count: number;
  /** Bytes of a usual header, from 2,000 on. */
  readonly headerBytes: number;
  /** Headers are longer or shorter than that by up to this part of it; 0.04 by default. */
  readonly spread?: number;
  /** So many headers, spread over the series, are half as long again; 2 by default. */
  readonly odd?: number;
  /** Pixels are of another length in every instance, as compressed ones are; false by default. */
  readonly compressed?: boolean;
  /** The folder of the keys, with its `/`; none by default. */
  readonly folder?: string;
}

/** The shortest header that there is: what every slice has, and nothing private. */
const shortest: ScannerHeader = { privateElements: 0, binaryBytes: 0, references: 0 };
/** Bytes of the head of the pixel data element. */
const pixelHead = 12;
/** Group of the private elements that make headers longer. */
const fillerGroup = 0x0051;
const encoder = new TextEncoder();

/**
 * A series of slices whose headers are about as long as one another, made as they are read: text
 * and private elements before 512×512 pixels of zeros. The same options make the same bytes.
 */
export class VariedSeries implements ObjectSource {
  readonly #options: Required<VariedSeriesOptions>;
  readonly #keys: string[];
  readonly #numbers: Map<string, number>;
  readonly #filler: Uint8Array;
  /** Where each element of the filler ends. */
  readonly #ends: readonly number[];

  /** Makes nothing yet but what all headers share. */
  constructor(options: VariedSeriesOptions) {
    this.#options = { spread: 0.04, odd: 2, compressed: false, folder: "", ...options };
    const { count, headerBytes, folder } = this.#options;
    this.#keys = Array.from(
      { length: count },
      (_, i) => `${folder}${String(i).padStart(6, "0")}.dcm`,
    );
    this.#numbers = new Map(this.#keys.map((key, number) => [key, number]));
    ({ bytes: this.#filler, ends: this.#ends } = makeFiller(2 * headerBytes));
  }

  /** The keys, in ascending order. */
  keys(): Promise<string[]> {
    return Promise.resolve([...this.#keys]);
  }

  /** The object at a key, or null. */
  open(key: string): Promise<SourceObject | null> {
    const number = this.#numbers.get(key);
    if (number === undefined) return Promise.resolve(null);
    const length = this.headerLength(number);
    const size = this.sizeOf(number);
    const read = (start: number, end: number) => {
      const bytes = new Uint8Array(end - start);
      if (start < length) bytes.set(this.#header(number).subarray(start, end));
      return Promise.resolve(bytes);
    };
    return Promise.resolve({ size, etag: `"${number}"`, read });
  }

  /** Bytes from the start of an instance to its pixels. */
  headerLength(number: number): number {
    const { count, headerBytes, spread, odd } = this.#options;
    const random = seededRandom(number + 1);
    const length = headerBytes * (1 + spread * (2 * random() - 1));
    const every = Math.floor(count / Math.max(odd, 1));
    const isOdd = odd > 0 && number % every === Math.floor(every / 2) && number < odd * every;
    return 2 * Math.round((isOdd ? 1.5 * length : length) / 2);
  }

  /** Size of an instance in bytes. */
  sizeOf(number: number): number {
    return this.headerLength(number) + this.#pixels(number);
  }

  /** Bytes of a usual header. */
  get usualLength(): number {
    return this.#options.headerBytes;
  }

  /** Bytes of all headers together. */
  get headerBytes(): number {
    let sum = 0;
    for (let number = 0; number < this.#options.count; number++) sum += this.headerLength(number);
    return sum;
  }

  #pixels(number: number): number {
    if (!this.#options.compressed) return pixelBytes;
    return pixelBytes / 4 + 2 * Math.floor(seededRandom(-number)() * 20_000);
  }

  #header(number: number): Uint8Array {
    const length = this.headerLength(number);
    const made = makeScannerHeader(number, shortest);
    const base = made.subarray(0, made.length - pixelHead);
    const bytes = new Uint8Array(length);
    const view = new DataView(bytes.buffer);
    bytes.set(base);
    bytes.set(made.subarray(-pixelHead), length - pixelHead);
    if (this.#options.compressed) this.#markCompressed(bytes, length);
    const room = length - pixelHead - base.length;
    if (room === 0) return bytes;
    // Whole elements of the filler, then one that fits what is left.
    const whole = this.#ends.findLast((end) => end <= room - 8) ?? 0;
    bytes.set(this.#filler.subarray(0, whole), base.length);
    const last = base.length + whole;
    writeHead(view, last, 0xffff, length - pixelHead - last - 8);
    bytes.fill(0x78, last + 8, length - pixelHead);
    return bytes;
  }

  /** JPEG 2000: the pixel data is of undefined length. */
  #markCompressed(bytes: Uint8Array, length: number): void {
    const native = encoder.encode("1.2.840.10008.1.2.1\0");
    const at = bytes.findIndex((_, i) => native.every((byte, k) => bytes[i + k] === byte));
    // RLE Lossless has as many characters.
    bytes.set(encoder.encode("1.2.840.10008.1.2.5\0"), at);
    bytes.set([0x4f, 0x42], length - 8);
    bytes.fill(0xff, length - 4);
  }
}

function makeFiller(length: number): { bytes: Uint8Array; ends: number[] } {
  const bytes = new Uint8Array(length + 200);
  const view = new DataView(bytes.buffer);
  const ends: number[] = [];
  let at = 0;
  for (let i = 0; at < length; i++) {
    const text = `value ${i} `.padEnd(60 + (i % 20) * 2, "x");
    writeHead(view, at, 0x1000 + i, text.length);
    bytes.set(encoder.encode(text), at + 8);
    at += 8 + text.length;
    ends.push(at);
  }
  return { bytes, ends };
}

function writeHead(view: DataView, at: number, element: number, length: number): void {
  view.setUint16(at, fillerGroup, true);
  view.setUint16(at + 2, element, true);
  view.setUint16(at + 4, 0x544c, true);
  view.setUint16(at + 6, length, true);
}
