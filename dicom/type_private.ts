import type { DicomElement, DicomElements } from "./dicom_header.ts";
import { lookupPrivateVR } from "./private_dictionary.ts";
import {
  hasWholeNumbers,
  isBinary,
  isNumeric,
  readValues,
  type ValueSource,
  withVR,
} from "./read_values.ts";

/**
 * Gives a private element of unknown value representation, as all are in an implicit dataset, the one
 * that its maker gave it. It stays as it is where that is not known, or is one of bytes or a sequence.
 *
 * @param siblings The dataset or item that the element is of, which names the makers of its blocks.
 * @returns The element; null where its value is not of the value representation that its maker gave it.
 */
export function typePrivate(
  element: DicomElement,
  siblings: DicomElements,
  source: ValueSource,
): DicomElement | null {
  const { tag, items } = element;
  const isPrivate = (tag >>> 16) % 2 === 1 && (tag & 0xffff) >= 0x1000;
  // A value that is written as UN is little endian (PS3.5 section 6.2.2), whatever is around.
  if (element.vr !== "UN" || !isPrivate || items || !source.littleEndian) return element;
  const vr = lookupMakersVR(tag, siblings, source);
  if (vr === null || vr === "SQ" || isBinary({ vr })) return element;
  const typed = withVR(element, vr);
  return fits(typed, source) ? typed : null;
}

/** The value representation that a private tag has from its maker, or null. */
function lookupMakersVR(
  tag: number,
  siblings: DicomElements,
  source: ValueSource,
): string | null {
  const creator = siblings.get(((tag & 0xffff0000) | (tag >>> 8 & 0xff)) >>> 0);
  if (creator === undefined || creator.items) return null;
  const [maker] = readValues(withVR(creator, "LO"), source);
  return typeof maker === "string" ? lookupPrivateVR(tag, maker) : null;
}

/** Control characters that no text has, and what stands for bytes that cannot be decoded. */
// deno-lint-ignore no-control-regex -- they are what is looked for
const notText = /[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/;

/** Whether a value is what its value representation says: whole numbers, or text that can be read. */
function fits(element: DicomElement, source: ValueSource): boolean {
  if (!hasWholeNumbers(element)) return false;
  if (isNumeric(element) && writesNumber(element, source)) return false;
  const isDecimal = element.vr === "DS" || element.vr === "IS";
  return readValues(element, source).every((value) =>
    typeof value !== "string" || (!isDecimal && !notText.test(value))
  );
}

/** Makers have changed their minds: what can be DS or IS is not taken for a number in binary. */
function writesNumber({ offset, length }: DicomElement, { bytes }: ValueSource): boolean {
  const text = String.fromCharCode(...bytes.subarray(offset, offset + Math.min(length, 16)));
  return length <= 16 && /^ *[+-]?\d+(\.\d*)? *$/.test(text);
}
