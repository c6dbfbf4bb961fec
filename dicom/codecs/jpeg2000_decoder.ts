import { DecodeError } from "../../errors.ts";
import type { Frame } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";
import { appendEndOfImage, endOfImage } from "./end_of_image.ts";
import { findJpeg2000Codestream } from "./jpeg2000_codestream.ts";
import { type Jpeg2000Header, readJpeg2000Header } from "./jpeg2000_header.ts";
import { countPackets } from "./jpeg2000_packets.ts";
import { listTileParts } from "./jpeg2000_tile_parts.ts";
import {
  checkDecodedLength,
  checkStreamHeader,
  requirePlausibleSize,
  toStreamFrame,
} from "./stream_frame.ts";
import type { WasmCodec, WasmCodecOptions, WasmLibrary } from "./wasm_codec.ts";

/** Options of {@linkcode decodeJpeg2000} and {@linkcode decodeHtj2k}. */
export interface Jpeg2000Options extends WasmCodecOptions {
  /**
   * How often to halve the resolution: the frame comes with `ceil(size / 2^level)` rows and
   * columns, in less time. As often as the stream can at most; 0 by default.
   */
  readonly level?: number | undefined;
}

/** What is used of the decoders of OpenJPEG and OpenJPH. */
export interface Jpeg2000Decoder {
  getEncodedBuffer(length: number): Uint8Array;
  decodeSubResolution(level: number, layer: number): void;
  getDecodedBuffer(): Uint8Array;
  /** OpenJPH throws nothing, but tells here that it has failed. */
  getLastErrorMessage?(): string;
  delete(): void;
}

/** A format that is JPEG 2000 or is built alike, and what decodes it. */
export interface Jpeg2000Format<Library extends WasmLibrary> {
  /** The format's name, for errors. */
  readonly name: string;
  /** Its library. */
  readonly codec: WasmCodec<Library>;
  /** Makes a decoder of the library. */
  readonly makeDecoder: (library: Library) => Jpeg2000Decoder;
  /** Puts right the order of the samples that the decoder gives, where it is wrong. */
  readonly arrange?: (frame: Frame, header: Jpeg2000Header) => Frame;
}

/** Decodes a frame of JPEG 2000 or High-Throughput JPEG 2000. */
export async function decodeJpeg2000Format<Library extends WasmLibrary>(
  format: Jpeg2000Format<Library>,
  bytes: Uint8Array,
  description: ImageDescription,
  options: Jpeg2000Options,
): Promise<Frame> {
  const { name } = format;
  const found = findJpeg2000Codestream(name, bytes);
  const header = readJpeg2000Header(name, found);
  checkStreamHeader(name, header, description);
  if (header.uneven) {
    throw new DecodeError(`${name} frames of components that differ in kind cannot be read`);
  }
  requirePlausibleSize(name, header, found.length);
  const parts = listTileParts(name, found, header.tilePartsAt, header.tiles);
  // The decoders need the end marker, which some writers leave out, and nothing behind it.
  const stream = endCodestream(found, parts.at(-1)!.end);
  if (countPackets(header) > stream.length) {
    throw new DecodeError(
      `the ${name} frame is cut: ${found.length} bytes cannot hold its packets`,
    );
  }
  // The decoders round the reduced size as if there were no offset.
  const level = header.atOrigin ? Math.min(options.level ?? 0, header.levels) : 0;
  const unsign = header.signed && header.precision <= 8;
  const source = unsign ? toUnsigned(stream, header) : stream;
  const reduced = {
    ...header,
    rows: Math.ceil(header.rows / 2 ** level),
    columns: Math.ceil(header.columns / 2 ** level),
  };
  const samples = header.rows * header.columns * header.samplesPerPixel;
  const decoded = await format.codec.run(2 ** 26 + 4 * stream.length + 16 * samples, (library) => {
    const decoder = format.makeDecoder(library);
    decoder.getEncodedBuffer(source.length).set(source);
    decoder.decodeSubResolution(level, 0);
    const decoded = decoder.getDecodedBuffer().slice();
    if (decoder.getLastErrorMessage?.()) throw new DecodeError(`the ${name} frame is corrupt`);
    // OpenJPEG ends without an image where it fails.
    checkDecodedLength(name, decoded, reduced);
    decoder.delete();
    return decoded;
  }, options.maxWasmBytes);
  if (unsign) {
    const half = 1 << (header.precision - 1);
    for (let i = 0; i < decoded.length; i++) decoded[i] = decoded[i]! ^ half;
  }
  const given = toStreamFrame(name, decoded, reduced, description);
  const arranged = format.arrange?.(given, header) ?? given;
  const frame = level === 0 ? arranged : { ...arranged, level };
  // The transforms of PS3.3 C.7.6.3.1.2 are the codestream's own, and undone with it.
  return /^YBR_(RCT|ICT)$/.test(description.photometricInterpretation)
    ? { ...frame, photometricInterpretation: "RGB" }
    : frame;
}

/** The codestream up to its last tile-part's end, with the end marker. */
function endCodestream(codestream: Uint8Array, end: number): Uint8Array {
  const ended = codestream.subarray(0, end + endOfImage.length);
  if (endOfImage.every((byte, i) => ended[end + i] === byte)) return ended;
  return appendEndOfImage(codestream.subarray(0, end));
}

/**
 * Takes the sign from the components' depths: the decoders make zeros of
 * negative samples of 8 bits. An unsigned one is the same, but for half its
 * range added (ISO/IEC 15444-1 G.1).
 */
function toUnsigned(stream: Uint8Array, header: Jpeg2000Header): Uint8Array {
  const copy = new Uint8Array(stream);
  for (let i = 0; i < header.samplesPerPixel; i++) {
    const at = header.componentsAt + 3 * i;
    copy[at] = copy[at]! & 0x7f;
  }
  return copy;
}
