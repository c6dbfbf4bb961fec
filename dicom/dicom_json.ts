import type { AttributeScalar } from "./attribute.ts";
import type { DicomElement, DicomElements } from "./dicom_header.ts";
import { hasWholeNumbers, isBinary, readValues, type ValueSource } from "./read_values.ts";
import { Tag, tagHex } from "./tag.ts";
import { typePrivate } from "./type_private.ts";

/** One attribute of the DICOM JSON model (PS3.18 F.2). */
export interface DicomJsonAttribute {
  vr: string;
  Value?: unknown[];
  InlineBinary?: string;
}

/** A dataset of the DICOM JSON model: attributes by tag of eight hex digits. */
export type DicomJson = Record<string, DicomJsonAttribute>;

/**
 * Writes the items of a sequence in the DICOM JSON model, as text: attributes by tag, binary values
 * inline. Bytes that make no whole number of those that should be there are of value representation UN.
 */
export function toDicomJson(items: readonly DicomElements[], source: ValueSource): string {
  return `[${items.map((item) => itemText(item, source)).join(",")}]`;
}

function itemText(item: DicomElements, source: ValueSource): string {
  const inForce = withCharacterSet(item, source);
  // Put together by hand: an object would have tags that look like integers, as 20051004, first.
  const members = [...item.values()].sort((a, b) => a.tag - b.tag).map((element) => {
    const typed = typePrivate(element, item, inForce).element;
    return `"${tagHex(element.tag)}":${attributeText(typed, inForce)}`;
  });
  return `{${members.join(",")}}`;
}

/** The source with the Specific Character Set that an item or dataset sets for itself. */
export function withCharacterSet(elements: DicomElements, source: ValueSource): ValueSource {
  const element = elements.get(Tag.SpecificCharacterSet);
  if (element === undefined || element.items) return source;
  const values = readValues({ ...element, vr: "CS" }, source);
  return { ...source, characterSets: values.map((value) => String(value ?? "")) };
}

function attributeText(element: DicomElement, source: ValueSource): string {
  const { vr, items } = element;
  if (items === undefined) return JSON.stringify(toJsonAttribute(element, source));
  const value = items.length === 0 ? "" : `,"Value":${toDicomJson(items, source)}`;
  return `{"vr":"${vr}"${value}}`;
}

function toJsonAttribute(element: DicomElement, source: ValueSource): DicomJsonAttribute {
  const { vr, offset, length } = element;
  if (length === 0) return { vr };
  if (isBinary(element)) {
    const value = source.bytes.subarray(offset, offset + length);
    return { vr, InlineBinary: littleEndianBytes(value, vr, source.littleEndian).toBase64() };
  }
  if (!hasWholeNumbers(element)) {
    const value = source.bytes.subarray(offset, offset + length);
    return { vr: "UN", InlineBinary: value.toBase64() };
  }
  const values = readValues(element, source);
  return values.length === 0
    ? { vr }
    : { vr, Value: values.map((value) => toJsonValue(value, vr)) };
}

function toJsonValue(value: AttributeScalar | null, vr: string): unknown {
  if (value === null) return null;
  if (typeof value === "bigint") return value.toString();
  if (vr === "PN") {
    const [alphabetic, ideographic, ...more] = String(value).split("=");
    // A name has three parts at most; what a writer has beyond them stays with the third.
    const phonetic = more.join("=");
    return {
      ...(alphabetic ? { Alphabetic: alphabetic } : {}),
      ...(ideographic ? { Ideographic: ideographic } : {}),
      ...(phonetic ? { Phonetic: phonetic } : {}),
    };
  }
  // JSON has no NaN and no infinity; PS3.18 F.2.5 writes their names.
  if (typeof value === "number" && !Number.isFinite(value)) {
    return Number.isNaN(value) ? "NaN" : value > 0 ? "inf" : "-inf";
  }
  return value;
}

/** Bytes of one word, by value representation; words are swapped in a big endian dataset. */
const wordSizes: Readonly<Record<string, number>> = { OW: 2, OF: 4, OL: 4, OD: 8, OV: 8 };

/** The little endian form of a binary value, which is how JSON and the index keep it. */
export function littleEndianBytes(
  value: Uint8Array,
  vr: string,
  littleEndian: boolean,
): Uint8Array {
  const size = wordSizes[vr] ?? 1;
  if (littleEndian || size === 1) return value;
  const swapped = value.slice();
  for (let at = 0; at + size <= swapped.length; at += size) {
    swapped.subarray(at, at + size).reverse();
  }
  return swapped;
}
