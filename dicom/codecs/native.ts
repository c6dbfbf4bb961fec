import { DecodeError } from "../../errors.ts";
import type { Frame, PixelArray } from "../frame.ts";
import { hasWholeChroma, liesInWords, storedSamples } from "../frame_layout.ts";
import type { ImageDescription } from "../image_description.ts";
import { transferSyntax } from "../transfer_syntax.ts";

/** Options of {@linkcode decodeNative}, see `DecodeFrameOptions`. */
export interface NativeFrameOptions {
  readonly bitOffset?: number | undefined;
  readonly inPlace?: boolean | undefined;
}

/**
 * Decodes a native frame (PS3.5 section 8): cells of bits allocated, of which
 * bits stored below the high bit are the value.
 *
 * @param bytes The frame's stored bytes, and no more where it is YBR_FULL_422: as many as three
 * samples a pixel take are not subsampled.
 * @param options Where in the bytes the frame begins, and whether its values may lie in them.
 * @throws {DecodeError} When there are too few bytes.
 */
export function decodeNative(
  bytes: Uint8Array,
  description: ImageDescription,
  options: NativeFrameOptions = {},
): Frame {
  const { bitOffset = 0, inPlace = false } = options;
  if (hasWholeChroma({ ...description, numberOfFrames: 1 }, bytes.length)) {
    return decodeNative(
      bytes,
      { ...description, photometricInterpretation: "YBR_FULL" },
      options,
    );
  }
  const { rows, columns, bitsAllocated } = description;
  const count = rows * columns * storedSamples(description);
  const unit = liesInWords(description) ? 2 : 1;
  const needed = Math.ceil((bitOffset + count * bitsAllocated) / 8 / unit) * unit;
  if (bytes.length < needed) {
    throw new DecodeError(
      `the pixel data is cut: the frame takes ${needed} bytes, ${bytes.length} are there`,
    );
  }
  // Copies are made by `new`: the `slice` of Node's buffers is none.
  const ordered = unit === 1 ? bytes : reverseEach(new Uint8Array(bytes.subarray(0, needed)), unit);
  if (bitsAllocated === 1) {
    return arrangeSamples(unpackBits(ordered, count, bitOffset), description);
  }
  const first = bitOffset / 8;
  const part = ordered.subarray(first, first + count * bitsAllocated / 8);
  const own = inPlace && liesAsItIs(part, description) ? part : new Uint8Array(part);
  const cells = cellsOf(own as Uint8Array<ArrayBuffer>, description);
  return arrangeSamples(toStoredValues(cells, description), description);
}

/** Whether cells are their values, in this machine's order and where its arrays may begin. */
function liesAsItIs({ buffer, byteOffset }: Uint8Array, description: ImageDescription): boolean {
  const { bitsAllocated, bitsStored, transferSyntaxUID } = description;
  return buffer instanceof ArrayBuffer && byteOffset % (bitsAllocated / 8) === 0 &&
    (bitsStored === bitsAllocated || description.pixelKind !== "integer") &&
    (bitsAllocated === 8 ||
      transferSyntax(transferSyntaxUID).littleEndian === machineIsLittleEndian);
}

/** The smallest bit of a byte comes first (PS3.5 section 8.1.1). */
function unpackBits(bytes: Uint8Array, count: number, bitOffset: number): Uint8Array {
  const data = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const bit = bitOffset + i;
    data[i] = (bytes[bit >> 3]! >> (bit & 7)) & 1;
  }
  return data;
}

/**
 * Cells as a typed array in this machine's order. A big endian cell of 32 bits
 * is turned around whole, as pydicom and fo-dicom have it. PS3.5 section 8.1.1
 * puts the lower word of OW first, and so do DCMTK and dcm4che; nothing in a
 * file tells which of the two it is.
 *
 * @param own The bytes of the cells, which are changed.
 */
function cellsOf(own: Uint8Array<ArrayBuffer>, description: ImageDescription): PixelArray {
  const { bitsAllocated, pixelRepresentation, pixelKind, transferSyntaxUID } = description;
  if (transferSyntax(transferSyntaxUID).littleEndian !== machineIsLittleEndian) {
    reverseEach(own, bitsAllocated / 8);
  }
  const { buffer, byteOffset, byteLength } = own;
  const length = byteLength * 8 / bitsAllocated;
  if (pixelKind === "float") return new Float32Array(buffer, byteOffset, length);
  if (pixelKind === "double") return new Float64Array(buffer, byteOffset, length);
  const signed = pixelRepresentation === 1;
  switch (bitsAllocated) {
    case 8:
      return signed ? new Int8Array(buffer, byteOffset, length) : own;
    case 16:
      return signed
        ? new Int16Array(buffer, byteOffset, length)
        : new Uint16Array(buffer, byteOffset, length);
    case 32:
      return signed
        ? new Int32Array(buffer, byteOffset, length)
        : new Uint32Array(buffer, byteOffset, length);
    default:
      throw new DecodeError(
        `integer pixels of ${bitsAllocated} bits cannot be read, nor does the standard have any: ` +
          "have the archive send them in 32 bits, or as Double Float Pixel Data (7FE0,0009)",
      );
  }
}

const machineIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Turns each run of `size` bytes around, in place. */
function reverseEach<Bytes extends Uint8Array>(bytes: Bytes, size: number): Bytes {
  for (let start = 0; start < bytes.length; start += size) {
    for (let i = 0; i < size >> 1; i++) {
      const low = start + i;
      const high = start + size - 1 - i;
      const byte = bytes[low]!;
      bytes[low] = bytes[high]!;
      bytes[high] = byte;
    }
  }
  return bytes;
}

/** Takes the value out of each cell: below the high bit, its sign extended, without what lies beside it. */
function toStoredValues(cells: PixelArray, description: ImageDescription): PixelArray {
  const { bitsAllocated, bitsStored, highBit, pixelRepresentation, pixelKind } = description;
  if (pixelKind !== "integer" || bitsStored === bitsAllocated) return cells;
  const up = 31 - highBit;
  const down = 32 - bitsStored;
  if (pixelRepresentation === 1) {
    for (let i = 0; i < cells.length; i++) cells[i] = (cells[i]! << up) >> down;
  } else {
    for (let i = 0; i < cells.length; i++) cells[i] = (cells[i]! << up) >>> down;
  }
  return cells;
}

/** Brings color by plane and subsampled chroma to three interleaved samples a pixel. */
export function arrangeSamples(data: PixelArray, description: ImageDescription): Frame {
  const { rows, columns, samplesPerPixel, planarConfiguration } = description;
  const frame = { rows, columns, samplesPerPixel };
  if (samplesPerPixel === 1) return { ...frame, data };
  const pixels = rows * columns;
  if (storedSamples(description) === 2) {
    // Y1 Y2 Cb Cr: two pixels share their chroma (PS3.3 C.7.6.3.1.2).
    if (columns % 2 !== 0) {
      throw new DecodeError(`subsampled chroma cannot have ${columns} columns, an odd number`);
    }
    const full = new Uint8Array(pixels * 3);
    for (let pixel = 0; pixel < pixels; pixel++) {
      const pair = (pixel >> 1) * 4;
      full[pixel * 3] = data[pair + (pixel & 1)]!;
      full[pixel * 3 + 1] = data[pair + 2]!;
      full[pixel * 3 + 2] = data[pair + 3]!;
    }
    return { ...frame, data: full };
  }
  return { ...frame, data: planarConfiguration === 1 ? interleave(data, pixels) : data };
}

/** Turns planes into interleaved samples. */
export function interleave(planes: PixelArray, pixels: number): PixelArray {
  const data = planes.slice();
  const samples = planes.length / pixels;
  for (let sample = 0; sample < samples; sample++) {
    const plane = sample * pixels;
    for (let pixel = 0; pixel < pixels; pixel++) {
      data[pixel * samples + sample] = planes[plane + pixel]!;
    }
  }
  return data;
}
