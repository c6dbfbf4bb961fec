import { lookupTag } from "./dictionary.ts";
import { Tag } from "./tag.ts";
import { hasShortLength, isKnownVr, noVr, Vr, type VrCode, vrCode, vrCodeOf } from "./vr_code.ts";

/** How the elements of a dataset or item are written. */
export interface Encoding {
  readonly explicitVR: boolean;
  readonly littleEndian: boolean;
}

const implicitLittle: Encoding = { explicitVR: false, littleEndian: true };
const explicitLittle: Encoding = { explicitVR: true, littleEndian: true };

/** Of a sequence written as UN, until an item of it opens: each tells by {@linkcode unknownItemEncoding}. */
export const unknownLittle: Encoding = { ...implicitLittle };

/** The length that stands for "until the delimitation item". */
export const undefinedLength = 0xffffffff;

/** Reads 16 bits. */
export function readUint16(bytes: Uint8Array, offset: number, littleEndian: boolean): number {
  return littleEndian
    ? bytes[offset]! | bytes[offset + 1]! << 8
    : bytes[offset]! << 8 | bytes[offset + 1]!;
}

/** Reads 32 bits. */
export function readUint32(bytes: Uint8Array, offset: number, littleEndian: boolean): number {
  const first = readUint16(bytes, offset, littleEndian);
  const second = readUint16(bytes, offset + 2, littleEndian);
  return (littleEndian ? second << 16 | first : first << 16 | second) >>> 0;
}

/** Reads a tag: group, then element number. */
export function readTag(bytes: Uint8Array, offset: number, littleEndian: boolean): number {
  return (readUint16(bytes, offset, littleEndian) << 16 |
    readUint16(bytes, offset + 2, littleEndian)) >>> 0;
}

/** Reads the two letters after a tag. */
export function readVr(bytes: Uint8Array, offset: number): VrCode {
  return vrCode(bytes[offset + 4]!, bytes[offset + 5]!);
}

/**
 * Tells how an item of a sequence written as UN is encoded: implicit by
 * PS3.5 section 6.2.2, yet some archives leave it explicit.
 *
 * @param offset Where its first element is; null when it has none.
 */
export function unknownItemEncoding(bytes: Uint8Array, offset: number | null): Encoding {
  return offset !== null && isKnownVr(readVr(bytes, offset)) ? explicitLittle : implicitLittle;
}

/**
 * An element's tag, value representation and length, before its value. One is used for many, since
 * there are as many heads as elements.
 */
export class ElementHead {
  tag = 0;
  vr: VrCode = noVr;
  length = 0;
  /** Bytes of the head itself: 8 or 12. */
  size = 8;
  /** Whether it was written as UN, whose value is implicit VR little endian (PS3.5 section 6.2.2). */
  unknown = false;

  /**
   * Reads the head at an offset.
   *
   * @param available Bytes from the offset to the end of what is there.
   * @param pixelRepresentation Which of `US or SS` an implicit element is.
   * @param room Bytes from the element to the end of what encloses it; infinite while that is not
   * known. It tells the length of one whose value representation is none; of negative room such a one
   * is implicit.
   * @param exact Whether an element that reaches just that end is known to be whole.
   * @returns 0, or the number of bytes it takes when they are not all there.
   */
  read(
    bytes: Uint8Array,
    offset: number,
    available: number,
    encoding: Encoding,
    pixelRepresentation: number,
    room: number,
    exact: boolean,
  ): number {
    if (available < 8) return 8;
    const { littleEndian } = encoding;
    const tag = readTag(bytes, offset, littleEndian);
    this.tag = tag;
    this.size = 8;
    this.unknown = false;
    // Items and delimiters have no value representation whatever the syntax.
    if (tag >>> 16 === 0xfffe) {
      this.vr = noVr;
      this.length = readUint32(bytes, offset + 4, littleEndian);
      return 0;
    }
    if (encoding.explicitVR) {
      const vr = readVr(bytes, offset);
      if (hasShortLength(vr)) {
        this.vr = vr;
        this.length = readUint16(bytes, offset + 6, littleEndian);
        return 0;
      }
      if (vr !== noVr) {
        return this.#readLong(bytes, offset, available, littleEndian, pixelRepresentation, vr);
      }
    }
    this.length = readUint32(bytes, offset + 4, littleEndian);
    if (encoding.explicitVR && room >= 0 && this.length !== undefinedLength) {
      // Some writers leave single elements implicit in an explicit dataset, others their letters blank.
      const blank = isBlankVr(bytes, offset, available, littleEndian, room, exact);
      if (typeof blank === "number") return blank;
      if (blank) this.length = readUint16(bytes, offset + 6, littleEndian);
    }
    this.vr = implicitVr(tag, pixelRepresentation);
    return 0;
  }

  #readLong(
    bytes: Uint8Array,
    offset: number,
    available: number,
    littleEndian: boolean,
    pixelRepresentation: number,
    vr: VrCode,
  ): number {
    // One that is not known yet is long too, and its value is bytes (PS3.5 section 7.1.2);
    // bytes in the reserved place are the length of one that a writer made up.
    const shortLength = isKnownVr(vr) ? 0 : readUint16(bytes, offset + 6, littleEndian);
    this.size = shortLength === 0 ? 12 : 8;
    if (available < this.size) return this.size;
    this.length = shortLength || readUint32(bytes, offset + 8, littleEndian);
    const known = isKnownVr(vr) && vr !== Vr.UN;
    this.unknown = !known;
    // What the dictionary knows is read all the same, save numbers in the other byte order.
    this.vr = known || this.length === undefinedLength
      ? vr
      : littleEndian
      ? implicitVr(this.tag, pixelRepresentation)
      : Vr.UN;
    return 0;
  }
}

/**
 * Whether an element has 16 bits of length after two bytes that are no value
 * representation: then an explicit element with a higher tag follows, or the item ends.
 *
 * That the 32 bits of an implicit element exceed what encloses it does not
 * tell by itself, for they also do where the object is cut.
 *
 * @returns The answer, or the number of bytes it takes when they are not all there.
 */
function isBlankVr(
  bytes: Uint8Array,
  offset: number,
  available: number,
  littleEndian: boolean,
  room: number,
  exact: boolean,
): boolean | number {
  const next = 8 + readUint16(bytes, offset + 6, littleEndian);
  const fits = 8 + readUint32(bytes, offset + 4, littleEndian) <= room;
  if (next === room) return exact && !fits;
  if (next + 8 > room) return false;
  if (available < next + 8) return next + 8;
  const nextTag = readTag(bytes, offset + next, littleEndian);
  if (nextTag === Tag.ItemDelimitationItem) return true;
  if (nextTag <= readTag(bytes, offset, littleEndian)) return false;
  if (isKnownVr(readVr(bytes, offset + next))) return true;
  const letters = readUint16(bytes, offset + 4, littleEndian);
  return !fits && letters === readUint16(bytes, offset + next + 4, littleEndian);
}

/** The value representation of a tag that is written without one. */
function implicitVr(tag: number, pixelRepresentation: number): VrCode {
  const group = tag >>> 16;
  const element = tag & 0xffff;
  if (element === 0) return Vr.UL;
  if (group & 1) return element >= 0x10 && element <= 0xff ? Vr.LO : Vr.UN;
  const vr = lookupTag(tag)?.vr ?? "UN";
  if (vr === "US or SS") return pixelRepresentation === 1 ? Vr.SS : Vr.US;
  return vr === "OB or OW" || vr === "US or OW" ? Vr.OW : vrCodeOf(vr);
}
