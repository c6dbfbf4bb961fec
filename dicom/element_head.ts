import { lookupTag } from "./dictionary.ts";

/** How the elements of a dataset or item are written. */
export interface Encoding {
  readonly explicitVR: boolean;
  readonly littleEndian: boolean;
}

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
 * Reads an element's head.
 *
 * @param available Bytes from the offset to the end of what is there.
 * @returns The head, or the number of bytes it takes when they are not all there.
 */
export function readElementHead(
  view: DataView,
  offset: number,
  available: number,
  encoding: Encoding,
  pixelRepresentation: number,
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
      // One that is not known yet is long too, and its value is bytes (PS3.5 section 7.1.2).
      if (available < 12) return 12;
      const length = view.getUint32(offset + 8, littleEndian);
      const known = longVrs.has(vr) && vr !== "UN";
      if (known || length === undefinedLength) {
        return { tag, vr, length, size: 12, unknown: !known };
      }
      // What the dictionary knows is read all the same, save numbers in the other byte order.
      const resolved = littleEndian ? implicitVr(tag, pixelRepresentation) : "UN";
      return { tag, vr: resolved, length, size: 12, unknown: true };
    }
    // Some writers leave single elements implicit in an explicit dataset.
  }
  const length = view.getUint32(offset + 4, littleEndian);
  const vr = implicitVr(tag, pixelRepresentation);
  return { tag, vr, length, size: 8, unknown: false };
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
