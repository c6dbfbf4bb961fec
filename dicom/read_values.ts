import type { AttributeScalar } from "./attribute.ts";
import { decodeText, escape, isPlainText } from "./character_set.ts";
import type { DicomElement } from "./dicom_header.ts";
import { readAscii } from "./read_ascii.ts";
import { readDecimal } from "./read_decimal.ts";
import { tagHex } from "./tag.ts";
import { noVr, vrCodeOf } from "./vr_code.ts";

/** What is needed to read an element's value. */
export interface ValueSource {
  /** The bytes that elements point into. */
  readonly bytes: Uint8Array;
  /** The same. */
  readonly view: DataView;
  readonly littleEndian: boolean;
  /** The values of Specific Character Set in force. */
  readonly characterSets: readonly string[];
}

type ReadNumber = (view: DataView, offset: number, littleEndian: boolean) => AttributeScalar;

/** How values of a value representation are written. */
interface Writing {
  /** Whether the value is bytes, and not read as values. */
  readonly binary: boolean;
  /** Bytes of a number or tag, and how it is read; 0 and null for text. */
  readonly size: number;
  readonly read: ReadNumber | null;
  /** Whether text is affected by Specific Character Set. */
  readonly encoded: boolean;
  /** Whether text is one value, in which a backslash is a character. */
  readonly unsplit: boolean;
  /** Whether text writes numbers. */
  readonly decimal: boolean;
}

const plain: Writing = {
  binary: false,
  size: 0,
  read: null,
  encoded: false,
  unsplit: false,
  decimal: false,
};
const bytesOnly: Writing = { ...plain, binary: true };
const encodedText: Writing = { ...plain, encoded: true };
const freeText: Writing = { ...encodedText, unsplit: true };
const decimalText: Writing = { ...plain, decimal: true };
const numbers = (size: number, read: ReadNumber): Writing => ({ ...plain, size, read });

/** By value representation; of what is not listed it is plain text. */
const writings: Writing[] = Array.from({ length: noVr + 1 }, () => plain);
const listed: readonly (readonly [vr: string, Writing])[] = [
  ...["OB", "OW", "OF", "OD", "OL", "OV", "UN"].map((vr) => [vr, bytesOnly] as const),
  ...["LO", "PN", "SH", "UC"].map((vr) => [vr, encodedText] as const),
  ...["LT", "ST", "UT"].map((vr) => [vr, freeText] as const),
  ["UR", { ...plain, unsplit: true }],
  ["DS", decimalText],
  ["IS", decimalText],
  ["US", numbers(2, (view, offset, le) => view.getUint16(offset, le))],
  ["SS", numbers(2, (view, offset, le) => view.getInt16(offset, le))],
  ["UL", numbers(4, (view, offset, le) => view.getUint32(offset, le))],
  ["SL", numbers(4, (view, offset, le) => view.getInt32(offset, le))],
  ["FL", numbers(4, (view, offset, le) => view.getFloat32(offset, le))],
  ["FD", numbers(8, (view, offset, le) => view.getFloat64(offset, le))],
  ["UV", numbers(8, (view, offset, le) => safeInteger(view.getBigUint64(offset, le)))],
  ["SV", numbers(8, (view, offset, le) => safeInteger(view.getBigInt64(offset, le)))],
  ["AT", numbers(4, readTagValue)],
];
for (const [vr, writing] of listed) writings[vrCodeOf(vr)] = writing;

function writingOf(vr: string): Writing {
  return writings[vrCodeOf(vr)] ?? plain;
}

/** Whether an element's value is bytes rather than text or numbers. */
export function isBinary({ vr }: Pick<DicomElement, "vr">): boolean {
  return writingOf(vr).binary;
}

/** An element that is no sequence as one of another value representation. */
export function withVR({ tag, offset, length }: DicomElement, vr: string): DicomElement {
  return { tag, vr, offset, length };
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
  if (element.length === 0) return [];
  const writing = writingOf(element.vr);
  return writing.size === 0
    ? readText(element, writing, source)
    : readNumbers(element, writing, source);
}

/** Whether an element's value is numbers or tags in binary. */
export function isNumeric({ vr }: DicomElement): boolean {
  return writingOf(vr).size > 0;
}

/** Whether an element of numbers or tags holds whole ones only; true for all others. */
export function hasWholeNumbers({ vr, length }: DicomElement): boolean {
  return length % (writingOf(vr).size || 1) === 0;
}

function readNumbers(
  { offset, length }: DicomElement,
  { size, read }: Writing,
  { view, littleEndian }: ValueSource,
): AttributeScalar[] {
  const end = offset + length;
  if (length >= size && length < 2 * size) return [read!(view, offset, littleEndian)];
  const values: AttributeScalar[] = [];
  for (let at = offset; at + size <= end; at += size) values.push(read!(view, at, littleEndian));
  return values;
}

function readTagValue(view: DataView, at: number, littleEndian: boolean): string {
  const group = view.getUint16(at, littleEndian);
  return tagHex(((group << 16) | view.getUint16(at + 2, littleEndian)) >>> 0);
}

const backslash = 0x5c;

function readText(
  element: DicomElement,
  writing: Writing,
  source: ValueSource,
): (AttributeScalar | null)[] {
  const { vr, offset, length } = element;
  const { bytes } = source;
  const end = offset + length;
  const firstEnd = endOfPlainValue(bytes, offset, end, writing.unsplit);
  if (firstEnd < 0 || !isPlainText(bytes, firstEnd, end)) {
    return readEncodedText(element, writing, source);
  }
  const first = readPlainValue(bytes, offset, firstEnd, vr, writing);
  // Nearly all have one value: a list that grows takes many times the memory.
  if (firstEnd === end) return first === null ? [] : [first];
  const values = [first];
  for (let start = firstEnd + 1; start <= end;) {
    const stop = endOfPlainValue(bytes, start, end, false);
    values.push(readPlainValue(bytes, start, stop, vr, writing));
    start = stop + 1;
  }
  return values;
}

/** Where a value of plain text ends, at a backslash or with all values; -1 where it is no plain text. */
function endOfPlainValue(bytes: Uint8Array, start: number, end: number, unsplit: boolean): number {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x80 || byte === escape) return -1;
    if (byte === backslash && !unsplit) return at;
  }
  return end;
}

/** Reads one value of ASCII text. Trailing spaces and NULs pad; leading spaces mean something in free text alone. */
function readPlainValue(
  bytes: Uint8Array,
  start: number,
  end: number,
  vr: string,
  { unsplit, decimal }: Writing,
): AttributeScalar | null {
  while (end > start && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0)) end--;
  if (!unsplit) { while (start < end && bytes[start] === 0x20) start++; }
  if (start === end) return null;
  return decimal ? readDecimal(bytes, start, end, vr === "IS") : readAscii(bytes, start, end);
}

/** Reads text that has escape sequences, or bytes of 128 and above. */
function readEncodedText(
  { vr, offset, length }: DicomElement,
  { encoded, unsplit, decimal }: Writing,
  source: ValueSource,
): (AttributeScalar | null)[] {
  const sets = encoded ? source.characterSets : [];
  const bytes = source.bytes.subarray(offset, offset + length);
  const text = decodeText(bytes, sets, { personName: vr === "PN" });
  const texts = unsplit ? [text] : text.split("\\");
  const values = texts.map((each) => {
    const value = withoutPadding(each, unsplit);
    if (value === "") return null;
    // What is in the other values does not keep one from being a number.
    return decimal ? readDecimalText(value, vr) : value;
  });
  return values.length === 1 && values[0] === null ? [] : values;
}

/** The number that a text of DS or IS writes, or the text. */
function readDecimalText(text: string, vr: string): AttributeScalar {
  const bytes = new TextEncoder().encode(text);
  return isPlainText(bytes, 0, bytes.length)
    ? readDecimal(bytes, 0, bytes.length, vr === "IS")
    : text;
}

function withoutPadding(text: string, keepLeading: boolean): string {
  let start = 0;
  let end = text.length;
  while (end > 0 && (text[end - 1] === " " || text[end - 1] === "\0")) end--;
  while (!keepLeading && start < end && text[start] === " ") start++;
  return text.slice(start, end);
}

function safeInteger(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
