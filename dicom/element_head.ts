import { lookupTag } from "./dictionary.ts";
import { Tag } from "./tag.ts";

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

/** An element's tag, value representation and length, before its value. */
export interface ElementHead {
  readonly tag: number;
  readonly vr: string;
  readonly length: number;
  /** Bytes of the head itself: 8 or 12. */
  readonly size: number;
  /** Whether it was written as UN, whose value is implicit VR little endian (PS3.5 section 6.2.2). */
  readonly unknown: boolean;
}

/** What encloses an element: it tells the length of one whose value representation is none. */
export interface Enclosure {
  /** Bytes from the element to the end of what encloses it; infinite while that is not known. */
  readonly room: number;
  /** Whether an element that reaches just that end is known to be whole. */
  readonly exact: boolean;
}

/** PS3.5 table 7.1-1: two reserved bytes, then 32 bits of length. */
const longVrs = new Set("OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" "));
const shortVrs = new Set(
  "AE AS AT CS DA DS DT FD FL IS LO LT PN SH SL SS ST TM UI UL US".split(" "),
);

/** Whether two letters are a value representation of PS3.5 section 6.2. */
export function isKnownVr(vr: string): boolean {
  return longVrs.has(vr) || shortVrs.has(vr);
}

/** Reads a tag: group, then element number. */
export function readTag(view: DataView, offset: number, littleEndian: boolean): number {
  return ((view.getUint16(offset, littleEndian) << 16) |
    view.getUint16(offset + 2, littleEndian)) >>> 0;
}

/** Reads the two letters after a tag. */
export function readVr(view: DataView, offset: number): string {
  return String.fromCharCode(view.getUint8(offset + 4), view.getUint8(offset + 5));
}

/**
 * Tells how an item of a sequence written as UN is encoded: implicit by
 * PS3.5 section 6.2.2, yet some archives leave it explicit.
 *
 * @param offset Where its first element is; null when it has none.
 */
export function unknownItemEncoding(view: DataView, offset: number | null): Encoding {
  return offset !== null && isKnownVr(readVr(view, offset)) ? explicitLittle : implicitLittle;
}

/**
 * Reads an element's head.
 *
 * @param available Bytes from the offset to the end of what is there.
 * @param enclosure Without it, an element of no value representation is implicit.
 * @returns The head, or the number of bytes it takes when they are not all there.
 */
export function readElementHead(
  view: DataView,
  offset: number,
  available: number,
  encoding: Encoding,
  pixelRepresentation: number,
  enclosure?: Enclosure,
): ElementHead | number {
  if (available < 8) return 8;
  const { littleEndian } = encoding;
  const tag = readTag(view, offset, littleEndian);
  // Items and delimiters have no value representation whatever the syntax.
  if (tag >>> 16 === 0xfffe) {
    const length = view.getUint32(offset + 4, littleEndian);
    return { tag, vr: "", length, size: 8, unknown: false };
  }
  if (encoding.explicitVR) {
    const vr = readVr(view, offset);
    if (/^[A-Z]{2}$/.test(vr)) {
      if (shortVrs.has(vr)) {
        const length = view.getUint16(offset + 6, littleEndian);
        return { tag, vr, length, size: 8, unknown: false };
      }
      // One that is not known yet is long too, and its value is bytes (PS3.5 section 7.1.2);
      // bytes in the reserved place are the length of one that a writer made up.
      const shortLength = longVrs.has(vr) ? 0 : view.getUint16(offset + 6, littleEndian);
      const size = shortLength === 0 ? 12 : 8;
      if (available < size) return size;
      const length = shortLength || view.getUint32(offset + 8, littleEndian);
      const known = longVrs.has(vr) && vr !== "UN";
      if (known || length === undefinedLength) {
        return { tag, vr, length, size, unknown: !known };
      }
      // What the dictionary knows is read all the same, save numbers in the other byte order.
      const resolved = littleEndian ? implicitVr(tag, pixelRepresentation) : "UN";
      return { tag, vr: resolved, length, size, unknown: true };
    }
  }
  let length = view.getUint32(offset + 4, littleEndian);
  if (encoding.explicitVR && enclosure !== undefined && length !== undefinedLength) {
    // Some writers leave single elements implicit in an explicit dataset, others their letters blank.
    const blank = isBlankVr(view, offset, available, littleEndian, enclosure);
    if (typeof blank === "number") return blank;
    if (blank) length = view.getUint16(offset + 6, littleEndian);
  }
  const vr = implicitVr(tag, pixelRepresentation);
  return { tag, vr, length, size: 8, unknown: false };
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
  view: DataView,
  offset: number,
  available: number,
  littleEndian: boolean,
  { room, exact }: Enclosure,
): boolean | number {
  const next = 8 + view.getUint16(offset + 6, littleEndian);
  const fits = 8 + view.getUint32(offset + 4, littleEndian) <= room;
  if (next === room) return exact && !fits;
  if (next + 8 > room) return false;
  if (available < next + 8) return next + 8;
  const nextTag = readTag(view, offset + next, littleEndian);
  if (nextTag === Tag.ItemDelimitationItem) return true;
  if (nextTag <= readTag(view, offset, littleEndian)) return false;
  if (isKnownVr(readVr(view, offset + next))) return true;
  return !fits && readVr(view, offset) === readVr(view, offset + next);
}

/** The value representation of a tag that is written without one. */
function implicitVr(tag: number, pixelRepresentation: number): string {
  const group = tag >>> 16;
  const element = tag & 0xffff;
  if (element === 0) return "UL";
  if (group & 1) return element >= 0x10 && element <= 0xff ? "LO" : "UN";
  const vr = lookupTag(tag)?.vr ?? "UN";
  if (vr === "US or SS") return pixelRepresentation === 1 ? "SS" : "US";
  return vr === "OB or OW" || vr === "US or OW" ? "OW" : vr;
}
