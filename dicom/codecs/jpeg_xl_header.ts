import { DecodeError } from "../../errors.ts";
import type { StreamHeader } from "./stream_frame.ts";

const name = "JPEG XL";
const codestreamSignature = 0xff0a;
const containerSignature = [0, 0, 0, 12, 0x4a, 0x58, 0x4c, 0x20, 0x0d, 0x0a, 0x87, 0x0a];
const codestreamBox = 0x6a786c63;
const partialCodestreamBox = 0x6a786c70;
/** Widths to heights that a size may have by a code, from 1 on. */
const aspects = [[1, 1], [12, 10], [4, 3], [3, 2], [16, 9], [5, 4], [2, 1]] as const;

/**
 * Reads the size and the image metadata at the start of a JPEG XL stream
 * (ISO/IEC 18181-1 annex D, and its container of part 2).
 *
 * @throws {DecodeError} When the stream is another, is cut, or holds what is no
 * DICOM frame: an animation, a preview, extra channels, floats, or a turned image.
 */
export function readJpegXlHeader(bytes: Uint8Array): StreamHeader {
  const bits = new BitReader(findCodestream(bytes));
  if (bits.read(8) !== codestreamSignature >> 8 || bits.read(8) !== (codestreamSignature & 255)) {
    throw new DecodeError(`the frame is no ${name} stream: it does not start with FF0A`);
  }
  const { rows, columns } = readSize(bits);
  if (bits.flag()) return { rows, columns, samplesPerPixel: 3, precision: 8 };
  // Orientation, intrinsic size, preview, animation.
  if (bits.flag() && (bits.read(3) !== 0 || bits.flag() || bits.flag() || bits.flag())) {
    throw new DecodeError(`${name} frames that are turned, scaled or animated cannot be read`);
  }
  if (bits.flag()) throw new DecodeError(`${name} frames of floats cannot be read`);
  const precision = bits.choose([8, 0], [10, 0], [12, 0], [1, 6]);
  bits.flag();
  if (bits.choose([0, 0], [1, 0], [2, 4], [1, 12]) !== 0) {
    throw new DecodeError(`${name} frames with extra channels cannot be read`);
  }
  // Whether it is XYB; then its colors: all default, by ICC profile, or of a color space, 1 for grey.
  bits.flag();
  const defaultColors = bits.flag();
  if (!defaultColors) bits.flag();
  const grey = !defaultColors && bits.choose([0, 0], [1, 0], [2, 4], [18, 6]) === 1;
  return { rows, columns, samplesPerPixel: grey ? 1 : 3, precision };
}

/** The codestream, or its first part: all of a container's boxes before it are small. */
function findCodestream(bytes: Uint8Array): Uint8Array {
  if (!containerSignature.every((byte, i) => bytes[i] === byte)) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = containerSignature.length;
  while (at + 16 <= bytes.length) {
    const short = view.getUint32(at);
    const type = view.getUint32(at + 4);
    // 1: the length follows in 8 bytes. 0: the box goes to the end.
    const head = short === 1 ? 16 : 8;
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short || bytes.length - at;
    if (type === codestreamBox) return bytes.subarray(at + head);
    if (type === partialCodestreamBox) return bytes.subarray(at + head + 4);
    if (length < head) break;
    at += length;
  }
  throw new DecodeError(`the ${name} file in the frame has no codestream`);
}

function readSize(bits: BitReader): { rows: number; columns: number } {
  const eighths = bits.flag();
  const side = () =>
    eighths ? 8 * (1 + bits.read(5)) : bits.choose([1, 9], [1, 13], [1, 18], [1, 30]);
  const rows = side();
  const aspect = aspects[bits.read(3) - 1];
  const columns = aspect === undefined ? side() : Math.floor(rows * aspect[0] / aspect[1]);
  return { rows, columns };
}

/** Reads bits, the lowest of a byte first. */
class BitReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      const byte = this.#bytes[this.#at >> 3];
      if (byte === undefined) throw new DecodeError(`the ${name} frame is cut in its header`);
      value += ((byte >> (this.#at & 7)) & 1) * 2 ** i;
    }
    return value;
  }

  flag(): boolean {
    return this.read(1) === 1;
  }

  /** Reads a number as one of four offsets with bits that are added: the standard's U32. */
  choose(...ways: readonly (readonly [offset: number, bits: number])[]): number {
    const [offset, bits] = ways[this.read(2)]!;
    return offset + this.read(bits);
  }
}
