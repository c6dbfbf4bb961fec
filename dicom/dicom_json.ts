import type { AttributeScalar } from "./attribute.ts";
import type { DicomElement, DicomElements } from "./dicom_header.ts";
import { forEachItem, isSequence } from "./element_map.ts";
import { JsonWriter } from "./json_writer.ts";
import { hasWholeNumbers, isBinary, readValues, type ValueSource, withVR } from "./read_values.ts";
import { Tag } from "./tag.ts";
import { typePrivate } from "./type_private.ts";

/** One attribute of the DICOM JSON model (PS3.18 F.2). */
export interface DicomJsonAttribute {
  vr: string;
  Value?: unknown[];
  InlineBinary?: string;
}

/** A dataset of the DICOM JSON model: attributes by tag of eight hex digits. */
export type DicomJson = Record<string, DicomJsonAttribute>;

/** Bytes of JSON for a byte of a sequence, about; more is made room for where it takes more. */
const growth = 2;

/**
 * Writes the items of a sequence in the DICOM JSON model, as text: attributes by tag, binary values
 * inline. Bytes that make no whole number of those that should be there are of value representation UN.
 */
export function toDicomJson(sequence: DicomElement, source: ValueSource): string {
  const json = new JsonWriter(16 + growth * sequence.length);
  json.ascii("[");
  writeItems(sequence, source, json);
  json.ascii("]");
  return json.toString();
}

function writeItems(sequence: DicomElement, source: ValueSource, json: JsonWriter): void {
  let isFirst = true;
  forEachItem(sequence, (item) => {
    if (!isFirst) json.ascii(",");
    isFirst = false;
    writeItem(item, source, json);
  });
}

function writeItem(item: DicomElements, source: ValueSource, json: JsonWriter): void {
  const inForce = withCharacterSet(item, source);
  json.ascii("{");
  let isFirst = true;
  for (const element of byTag(item)) {
    if (!isFirst) json.ascii(",");
    isFirst = false;
    json.tag(element.tag);
    writeAttribute(typePrivate(element, item, inForce) ?? element, inForce, json);
  }
  json.ascii("}");
}

/** The elements of an item by tag, as DICOM JSON has them. */
function byTag(item: DicomElements): DicomElement[] {
  const elements: DicomElement[] = [];
  let ascending = true;
  let last = -1;
  item.forEach((element, tag) => {
    ascending &&= tag > last;
    last = tag;
    elements.push(element);
  });
  return ascending ? elements : elements.sort((a, b) => a.tag - b.tag);
}

/** The source with the Specific Character Set that an item or dataset sets for itself. */
export function withCharacterSet(elements: DicomElements, source: ValueSource): ValueSource {
  const element = elements.get(Tag.SpecificCharacterSet);
  if (element === undefined || element.items) return source;
  const values = readValues(withVR(element, "CS"), source);
  return { ...source, characterSets: values.map((value) => String(value ?? "")) };
}

function writeAttribute(element: DicomElement, source: ValueSource, json: JsonWriter): void {
  const { vr, offset, length } = element;
  if (isSequence(element)) return writeSequence(element, source, json);
  const isBytes = isBinary(element);
  const isWhole = isBytes || hasWholeNumbers(element);
  json.ascii(':{"vr":"');
  json.ascii(isWhole ? vr : "UN");
  json.ascii('"');
  if (isWhole && !isBytes) {
    writeValues(readValues(element, source), vr, json);
  } else if (length > 0) {
    const value = source.bytes.subarray(offset, offset + length);
    const ordered = isWhole ? littleEndianBytes(value, vr, source.littleEndian) : value;
    json.ascii(',"InlineBinary":"');
    json.ascii(ordered.toBase64());
    json.ascii('"');
  }
  json.ascii("}");
}

function writeSequence(element: DicomElement, source: ValueSource, json: JsonWriter): void {
  json.ascii(':{"vr":"SQ"');
  const start = json.length;
  json.ascii(',"Value":[');
  const empty = json.length;
  writeItems(element, source, json);
  if (json.length === empty) json.cut(start);
  else json.ascii("]");
  json.ascii("}");
}

function writeValues(
  values: readonly (AttributeScalar | null)[],
  vr: string,
  json: JsonWriter,
): void {
  if (values.length === 0) return;
  json.ascii(',"Value":[');
  for (let i = 0; i < values.length; i++) {
    if (i > 0) json.ascii(",");
    writeValue(values[i]!, vr, json);
  }
  json.ascii("]");
}

function writeValue(value: AttributeScalar | null, vr: string, json: JsonWriter): void {
  if (value === null) return json.ascii("null");
  if (vr === "PN") return writeName(String(value), json);
  if (typeof value === "string") return json.string(value);
  if (typeof value === "bigint") return json.ascii(`"${value}"`);
  if (Number.isFinite(value)) return json.ascii(String(value));
  // JSON has no NaN and no infinity; PS3.18 F.2.5 writes their names.
  json.ascii(Number.isNaN(value) ? '"NaN"' : value > 0 ? '"inf"' : '"-inf"');
}

function writeName(name: string, json: JsonWriter): void {
  const [alphabetic, ideographic, ...more] = name.split("=");
  // A name has three parts at most; what a writer has beyond them stays with the third.
  const parts = { Alphabetic: alphabetic, Ideographic: ideographic, Phonetic: more.join("=") };
  let separator = "{";
  for (const [key, part] of Object.entries(parts)) {
    if (!part) continue;
    json.ascii(`${separator}"${key}":`);
    json.string(part);
    separator = ",";
  }
  json.ascii(separator === "{" ? "{}" : "}");
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
  const swapped = new Uint8Array(value);
  for (let at = 0; at + size <= swapped.length; at += size) {
    swapped.subarray(at, at + size).reverse();
  }
  return swapped;
}
