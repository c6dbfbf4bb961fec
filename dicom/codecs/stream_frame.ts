import { DecodeError } from "../../errors.ts";
import type { Frame, PixelArray } from "../frame.ts";
import type { ImageDescription } from "../image_description.ts";

/** What a compressed stream's own header tells of its image. */
export interface StreamHeader {
  /** Rows of pixels. */
  readonly rows: number;
  /** Columns of pixels. */
  readonly columns: number;
  /** Samples of a pixel. */
  readonly samplesPerPixel: number;
  /** Bits of a sample. */
  readonly precision: number;
}

/**
 * Compares a stream's own header with the description of its image, so that no
 * decoder meets a size that was not expected.
 *
 * @param name The name of the stream's format, for errors.
 * @throws {DecodeError} When they disagree, or samples are of more than 16 bits.
 */
export function checkStreamHeader(
  name: string,
  header: StreamHeader,
  description: ImageDescription,
): void {
  const { rows, columns, samplesPerPixel, precision } = header;
  if (
    rows !== description.rows || columns !== description.columns ||
    samplesPerPixel !== description.samplesPerPixel
  ) {
    throw new DecodeError(
      `the ${name} frame is ${sizeOf(header)}, its header says ${sizeOf(description)}`,
    );
  }
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3) {
    throw new DecodeError(`${name} frames of ${samplesPerPixel} samples a pixel cannot be read`);
  }
  if (precision < 1 || precision > 16) {
    throw new DecodeError(`${name} frames of ${precision} bits a sample cannot be read`);
  }
}

/** Pixels of a frame that any stream may claim, however short: a blank one is hardly longer than its header. */
const freePixels = 2 ** 24;
/** Pixels that a byte of a larger frame stands for at most. */
const mostPixelsPerByte = 2048;

/**
 * Fails for a frame too large for its stream, before memory is taken for it.
 *
 * @param name The name of the stream's format, for errors.
 * @throws {DecodeError} Saying what is claimed, and by how many bytes.
 */
export function requirePlausibleSize(
  name: string,
  header: StreamHeader,
  streamLength: number,
): void {
  const pixels = header.rows * header.columns;
  if (pixels <= freePixels || pixels <= streamLength * mostPixelsPerByte) return;
  throw new DecodeError(
    `the ${name} frame is cut: ${streamLength} bytes cannot hold its ${sizeOf(header)} samples`,
  );
}

function sizeOf(image: Omit<StreamHeader, "precision">): string {
  return `${image.columns} × ${image.rows} × ${image.samplesPerPixel}`;
}

/**
 * Compares what a decoder gives with what the stream's header told: samples in
 * cells of 8 or 16 bits.
 *
 * @param name The name of the stream's format, for errors.
 * @throws {DecodeError} When there are too few or too many bytes.
 */
export function checkDecodedLength(name: string, bytes: Uint8Array, header: StreamHeader): void {
  const { rows, columns, samplesPerPixel } = header;
  const expected = rows * columns * samplesPerPixel * bytesPerCell(header);
  if (bytes.length !== expected) {
    throw new DecodeError(
      `the ${name} frame gives ${bytes.length} bytes, its image takes ${expected}`,
    );
  }
}

function bytesPerCell(header: StreamHeader): number {
  return header.precision > 8 ? 2 : 1;
}

/**
 * Makes a frame of what a decoder gives: samples in cells of 8 or 16 bits.
 *
 * The stream's precision goes before Bits Stored, and Pixel Representation
 * before the stream's sign, which some formats cannot tell and some writers get wrong.
 *
 * @param name The name of the stream's format, for errors.
 * @param bytes The samples' bytes, little endian; not kept.
 * @throws {DecodeError} When there are too few or too many bytes.
 */
export function toStreamFrame(
  name: string,
  bytes: Uint8Array,
  header: StreamHeader,
  description: ImageDescription,
): Frame {
  checkDecodedLength(name, bytes, header);
  const { rows, columns, samplesPerPixel, precision } = header;
  const count = rows * columns * samplesPerPixel;
  const wide = bytesPerCell(header) === 2;
  const signed = description.pixelRepresentation === 1;
  const data = makePixels(count, Math.max(precision, description.bitsAllocated), signed);
  const shift = 32 - precision;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < count; i++) {
    const cell = (wide ? view.getUint16(i * 2, true) : bytes[i]!) << shift;
    data[i] = signed ? cell >> shift : cell >>> shift;
  }
  const frame = { rows, columns, samplesPerPixel, data };
  return precision === description.bitsStored ? frame : { ...frame, precision };
}

function makePixels(count: number, bits: number, signed: boolean): PixelArray {
  if (bits <= 8) return signed ? new Int8Array(count) : new Uint8Array(count);
  if (bits <= 16) return signed ? new Int16Array(count) : new Uint16Array(count);
  return signed ? new Int32Array(count) : new Uint32Array(count);
}
