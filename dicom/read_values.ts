import type { AttributeScalar } from "./attribute.ts";
import { decodeText } from "./character_set.ts";
import type { DicomElement } from "./dicom_header.ts";
import { tagHex } from "./tag.ts";

/** What is needed to read an element's value. */
export interface ValueSource {
  /** The bytes that elements point into. */
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  /** The values of Specific Character Set in force. */
  readonly characterSets: readonly string[];
}

/** Value representations of binary values, which are not read as values. */
const binaryVrs = new Set(["OB", "OW", "OF", "OD", "OL", "OV", "UN"]);
/** Text that is affected by Specific Character Set. */
const encodedVrs = new Set(["LO", "LT", "PN", "SH", "ST", "UC", "UT"]);
/** Text of one value, in which a backslash is a character. */
const unsplitVrs = new Set(["LT", "ST", "UT", "UR"]);

/** Bytes of a number, and how it is read. */
const numberReaders: Readonly<
  Record<
    string,
    readonly [number, (view: DataView, offset: number, le: boolean) => AttributeScalar]
  >
> = {
  US: [2, (view, offset, le) => view.getUint16(offset, le)],
  SS: [2, (view, offset, le) => view.getInt16(offset, le)],
  UL: [4, (view, offset, le) => view.getUint32(offset, le)],
  SL: [4, (view, offset, le) => view.getInt32(offset, le)],
  FL: [4, (view, offset, le) => view.getFloat32(offset, le)],
  FD: [8, (view, offset, le) => view.getFloat64(offset, le)],
  UV: [8, (view, offset, le) => safeInteger(view.getBigUint64(offset, le))],
  SV: [8, (view, offset, le) => safeInteger(view.getBigInt64(offset, le))],
};

/** The integers that a column of 64 bits holds. */
const longest = { least: -(2n ** 63n), most: 2n ** 64n - 1n };

/** Whether an element's value is bytes rather than text or numbers. */
export function isBinary({ vr }: Pick<DicomElement, "vr">): boolean {
  return binaryVrs.has(vr);
}

/**
 * Reads an element's values: numbers, text, or tags as eight hex digits.
 *
 * Empty values among others are null; an element of zero length has none.
 * DS and IS are numbers, or the text itself where it is no number that can be held: DS as the
 * double nearest to it, IS exactly. Bytes that make no whole number are passed over; see
 * {@linkcode hasWholeNumbers}.
 *
 * @param element An element that is neither binary nor a sequence.
 */
export function readValues(element: DicomElement, source: ValueSource): (AttributeScalar | null)[] {
  const { vr, offset, length } = element;
  if (length === 0) return [];
  const reader = numberReaders[vr];
  if (reader === undefined && vr !== "AT") return readText(element, source);
  const { buffer, byteOffset } = source.bytes;
  const view = new DataView(buffer, byteOffset + offset, length);
  const values: AttributeScalar[] = [];
  const size = numberSize(vr)!;
  for (let at = 0; at + size <= length; at += size) {
    values.push(reader ? reader[1](view, at, source.littleEndian) : readTagValue(view, at, source));
  }
  return values;
}

/** Whether an element's value is numbers or tags in binary. */
export function isNumeric({ vr }: DicomElement): boolean {
  return numberSize(vr) !== undefined;
}

/** Whether an element of numbers or tags holds whole ones only; true for all others. */
export function hasWholeNumbers({ vr, length }: DicomElement): boolean {
  return length % (numberSize(vr) ?? 1) === 0;
}

/** Bytes of one number or tag; undefined for other value representations. */
function numberSize(vr: string): number | undefined {
  return vr === "AT" ? 4 : numberReaders[vr]?.[0];
}

function readTagValue(view: DataView, at: number, { littleEndian }: ValueSource): string {
  const group = view.getUint16(at, littleEndian);
  return tagHex(((group << 16) | view.getUint16(at + 2, littleEndian)) >>> 0);
}

function readText(
  { vr, offset, length }: DicomElement,
  source: ValueSource,
): (AttributeScalar | null)[] {
  const sets = encodedVrs.has(vr) ? source.characterSets : [];
  const bytes = source.bytes.subarray(offset, offset + length);
  const text = decodeText(bytes, sets, { personName: vr === "PN" });
  const unsplit = unsplitVrs.has(vr);
  const texts = unsplit ? [text] : text.split("\\");
  const values = texts.map((each) => withoutPadding(each, unsplit));
  if (values.length === 1 && values[0] === "") return [];
  return values.map((value) => {
    if (value === "") return null;
    return vr === "DS" || vr === "IS" ? readDecimal(value, vr) : value;
  });
}

/** Trailing spaces and NULs pad; leading spaces mean something in free text alone. */
function withoutPadding(text: string, keepLeading: boolean): string {
  let start = 0;
  let end = text.length;
  while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\0")) end--;
  while (!keepLeading && start < end && text[start] === " ") start++;
  return text.slice(start, end);
}

/** The number that a text of DS or IS writes, or the text where it writes none that can be held. */
function readDecimal(text: string, vr: "DS" | "IS"): AttributeScalar {
  const written = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text);
  const number = Number(text);
  if (!written || !Number.isFinite(number)) return text;
  if (vr === "DS" || Number.isSafeInteger(number) || !/^[+-]?\d+$/.test(text)) return number;
  const integer = BigInt(text.replace("+", ""));
  return integer >= longest.least && integer <= longest.most ? integer : text;
}

function safeInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
