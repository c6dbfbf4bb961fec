import type { ImageDescription } from "@dicom/series-preview/dicom";
import { sampleDescription } from "../sample_description.ts";

/** An image to encode, and with it what a decoder is told of it. */
export interface SampleImage {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: 1 | 3;
  readonly bits: number;
  readonly signed: boolean;
  /** Stored values, color interleaved. */
  readonly values: readonly number[];
}

/** Makes an image of slopes with some noise. */
export function sampleImage(given: Partial<Omit<SampleImage, "values">> = {}): SampleImage {
  const { rows = 24, columns = 36, samplesPerPixel = 1, bits = 12, signed = false } = given;
  const range = 2 ** bits;
  const values = Array.from({ length: rows * columns * samplesPerPixel }, (_, i) => {
    const pixel = Math.floor(i / samplesPerPixel);
    const row = Math.floor(pixel / columns);
    const slope = ((pixel % columns) * 3 + row * 5 + (i % samplesPerPixel) * 17) / 300;
    const noise = ((i * 7919) % 31) / 500;
    return Math.floor(((slope + noise) % 1) * range) - (signed ? range / 2 : 0);
  });
  return { rows, columns, samplesPerPixel, bits, signed, values };
}

/** Describes an image as its DICOM header would. */
export function describeSample(
  image: SampleImage,
  given: Partial<ImageDescription> = {},
): ImageDescription {
  const { rows, columns, samplesPerPixel, bits, signed } = image;
  return sampleDescription({
    rows,
    columns,
    samplesPerPixel,
    bitsAllocated: bits > 8 ? 16 : 8,
    bitsStored: bits,
    highBit: bits - 1,
    pixelRepresentation: signed ? 1 : 0,
    photometricInterpretation: samplesPerPixel === 3 ? "RGB" : "MONOCHROME2",
    ...given,
  });
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is used of the encoders; each has some of the settings. */
interface Encoder {
  getDecodedBuffer(info: Record<string, unknown>): Uint8Array;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  setInterleaveMode(mode: number): void;
  setNearLossless(near: number): void;
  setDecompositions(levels: number): void;
  setQuality(reversible: boolean, quality: number): void;
  setProgressionOrder(order: number): void;
  setBlockDimensions(size: Size): void;
  setNumPrecincts(levels: number): void;
  setPrecinct(level: number, size: Size): void;
  setTileSize(size: Size): void;
  setTLMMarker(present: boolean): void;
  setTilePartDivisionsAtResolutions(divided: boolean): void;
  setLossless(lossless: boolean): void;
}

type EncoderName = "JpegLSEncoder" | "J2KEncoder" | "HTJ2KEncoder" | "JpegXLEncoder";
type Factory = (
  options: Record<string, unknown>,
) => Promise<Record<EncoderName, new () => Encoder>>;

const factories: Record<EncoderName, () => Promise<{ default: Factory }>> = {
  JpegLSEncoder: () => import("@cornerstonejs/codec-charls/wasmjs"),
  J2KEncoder: () => import("@cornerstonejs/codec-openjpeg/wasmjs"),
  HTJ2KEncoder: () => import("@cornerstonejs/codec-openjph/wasmjs"),
  JpegXLEncoder: () => import("@cornerstonejs/codec-libjxl/encodewasmjs"),
};

/** Encodes an image by one of the codecs' own encoders, in an instance of its own. */
async function encode(
  name: EncoderName,
  image: SampleImage,
  cells: readonly number[],
  set: (encoder: Encoder) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const library = await (await factories[name]()).default({ print() {}, printErr() {} });
  const encoder = new library[name]();
  const buffer = encoder.getDecodedBuffer({
    width: image.columns,
    height: image.rows,
    bitsPerSample: image.bits,
    componentCount: image.samplesPerPixel,
    isSigned: image.signed,
    isUsingColorTransform: image.samplesPerPixel === 3,
  });
  const stored = image.bits > 8 ? Uint16Array.from(cells) : Uint8Array.from(cells);
  buffer.set(new Uint8Array(stored.buffer));
  set(encoder);
  encoder.encode();
  return encoder.getEncodedBuffer().slice() as Uint8Array<ArrayBuffer>;
}

/** The stored values as unsigned cells of as many bits, which is how formats without a sign hold them. */
function cellsOf(image: SampleImage): number[] {
  return image.values.map((value) => value & (2 ** image.bits - 1));
}

/** Encodes JPEG-LS; interleave: 0 by plane, 1 by line, 2 by sample. */
export function encodeJpegLs(
  image: SampleImage,
  options: { near?: number; interleave?: 0 | 1 | 2 } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const { near = 0, interleave = image.samplesPerPixel === 3 ? 2 : 0 } = options;
  const cells = cellsOf(image);
  const pixels = image.rows * image.columns;
  const ordered = interleave > 0
    ? cells
    : cells.map((_, i) => cells[(i % pixels) * image.samplesPerPixel + Math.floor(i / pixels)]!);
  return encode("JpegLSEncoder", image, ordered, (encoder) => {
    encoder.setNearLossless(near);
    encoder.setInterleaveMode(interleave);
  });
}

/** Options of the encoders of JPEG 2000. */
export interface EncodeJpeg2000Options {
  readonly levels?: number;
  /** 0 LRCP, 1 RLCP, 2 RPCL, 3 PCRL, 4 CPRL. */
  readonly order?: number;
}

/** Options of the encoder of HTJ2K, which listens to more than that of JPEG 2000 does. */
export interface EncodeHtj2kOptions extends EncodeJpeg2000Options {
  /** Put each resolution into a tile-part of its own, and tell their lengths in the header. */
  readonly tileParts?: boolean;
  /** Width and height of code-blocks; 64 by default. */
  readonly blocks?: number;
  /** Width and height of precincts, from the lowest resolution on; the largest by default. */
  readonly precincts?: readonly number[];
  /** Width and height of tiles; one tile by default. */
  readonly tiles?: number;
}

/** Encodes reversible JPEG 2000. */
export function encodeJpeg2000(
  image: SampleImage,
  options: EncodeJpeg2000Options = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return encode("J2KEncoder", image, signedCells(image), (encoder) => {
    encoder.setDecompositions(options.levels ?? 2);
    encoder.setQuality(true, 0);
    encoder.setProgressionOrder(options.order ?? 2);
  });
}

/** Encodes reversible HTJ2K; this encoder takes color of 8 bits only. */
export function encodeHtj2k(
  image: SampleImage,
  options: EncodeHtj2kOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return encode("HTJ2KEncoder", image, signedCells(image), (encoder) => {
    encoder.setDecompositions(options.levels ?? 2);
    encoder.setQuality(true, 0);
    encoder.setProgressionOrder(options.order ?? 2);
    const square = (side: number) => ({ width: side, height: side });
    if (options.blocks !== undefined) encoder.setBlockDimensions(square(options.blocks));
    if (options.tiles !== undefined) encoder.setTileSize(square(options.tiles));
    if (options.precincts !== undefined) {
      encoder.setNumPrecincts(options.precincts.length);
      options.precincts.forEach((side, level) => encoder.setPrecinct(level, square(side)));
    }
    if (options.tileParts) {
      encoder.setTLMMarker(true);
      encoder.setTilePartDivisionsAtResolutions(true);
    }
  });
}

/** Encodes JPEG XL. */
export function encodeJpegXl(
  image: SampleImage,
  options: { lossless?: boolean } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  return encode("JpegXLEncoder", { ...image, signed: false }, cellsOf(image), (encoder) => {
    encoder.setLossless(options.lossless ?? true);
  });
}

/** The stored values in whole cells, sign extended. */
function signedCells(image: SampleImage): number[] {
  return image.values.map((value) => value & (image.bits > 8 ? 0xffff : 0xff));
}
