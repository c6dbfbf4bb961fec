import type { Attribute, AttributeScalar, AttributeValue, AttributeValues } from "./attribute.ts";
import type { DicomElement, DicomHeader } from "./dicom_header.ts";
import { lookupTag } from "./dictionary.ts";
import { littleEndianBytes, toDicomJson, withCharacterSet } from "./dicom_json.ts";
import { hasWholeNumbers, isBinary, readValues, type ValueSource } from "./read_values.ts";
import { tagHex } from "./tag.ts";
import { typePrivate } from "./type_private.ts";

/** Lookup table data is needed to draw, so the index keeps it whole. */
export const keptWhole: ReadonlySet<number> = new Set([
  0x00281200,
  0x00281201,
  0x00281202,
  0x00281203,
  0x00281204,
  0x00281211,
  0x00281212,
  0x00281213,
  0x00281214,
  0x00281221,
  0x00281222,
  0x00281223,
  0x00281224,
  0x00283006,
]);

/**
 * Reads every attribute of a header, file meta first, in stored order.
 *
 * Sequences are DICOM JSON text; binary values are their size and hash, save
 * lookup table data, which is base64 of little endian bytes. Text is decoded
 * by its Specific Character Set. A private element of VR UN has the one that
 * its maker gave it, where that is known. Bytes that are not what they should
 * be are kept as they are, beside what can be read of them.
 *
 * @example
 * ```ts
 * import { parseHeader, readAttributes } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new Uint8Array([8, 0, 0x60, 0, 2, 0, 0, 0, 0x43, 0x54]);
 * const result = parseHeader(bytes, { totalSize: 10 });
 * const attributes = result.complete ? await readAttributes(result.header) : [];
 * assertEquals(attributes[0]?.keyword, "Modality");
 * assertEquals(attributes[0]?.values, ["CT"]);
 * ```
 */
export async function readAttributes(header: DicomHeader): Promise<Attribute[]> {
  const { bytes, littleEndian, fileMeta, dataset } = header;
  const meta: ValueSource = { bytes, littleEndian: true, characterSets: [] };
  const source = withCharacterSet(dataset, { bytes, littleEndian, characterSets: [] });
  const attributes: Attribute[] = [];
  for (const element of fileMeta.values()) attributes.push(await readAttribute(element, meta));
  for (const each of dataset.values()) {
    const { element, misfit } = typePrivate(each, dataset, source);
    const attribute = await readAttribute(element, source);
    attributes.push(misfit ? { ...attribute, unread: readBytes(element, source) } : attribute);
  }
  return attributes;
}

async function readAttribute(element: DicomElement, source: ValueSource): Promise<Attribute> {
  const { tag, vr, offset, length, items } = element;
  const entry = lookupTag(tag);
  const base = {
    keyword: entry?.keyword ?? tagHex(tag),
    tag,
    vr,
    ...(entry && { dictionaryVR: entry.vr }),
    single: entry?.single ?? false,
  };
  const unreadUnless = (isRead: boolean) => isRead ? {} : { unread: readBytes(element, source) };
  if (items) {
    const json = toDicomJson(items, source);
    return { ...base, single: true, values: [json], ...unreadUnless(!isUndecoded(json)) };
  }
  const value = source.bytes.subarray(offset, offset + length);
  if (keptWhole.has(tag)) {
    // Words, whether they are written as OW or as US.
    const words = littleEndianBytes(value, vr === "OB" ? vr : "OW", source.littleEndian);
    return { ...base, single: true, values: length === 0 ? [] : [words.toBase64()] };
  }
  // What should be a sequence and is not is no text to be taken for one.
  const isText = !isBinary(element) && entry?.vr !== "SQ";
  if (isText) {
    const values = readValues(element, source);
    const isRead = hasWholeNumbers(element) && !values.some(isUndecoded);
    return { ...base, values, ...unreadUnless(isRead) };
  }
  const digest = await crypto.subtle.digest("SHA-256", value.slice());
  const binary = { size: length, hash: new Uint8Array(digest).toHex() };
  const isBytes = entry === null || /O[BDFLVW]|UN/.test(entry.vr) || length === 0;
  return { ...base, values: [], binary, ...unreadUnless(isBytes) };
}

/** An element's value as it is stored, in base64. */
function readBytes({ offset, length }: DicomElement, { bytes }: ValueSource): string {
  return bytes.subarray(offset, offset + length).toBase64();
}

/** Whether a text has the character that stands for bytes which its character set does not have. */
function isUndecoded(value: AttributeScalar | null): boolean {
  return typeof value === "string" && value.includes("\ufffd");
}

/**
 * Turns attributes into plain values by keyword: one value as itself, several
 * as an array, none as null. Binary values are left out.
 */
export function toAttributeValues(attributes: readonly Attribute[]): AttributeValues {
  const values: Record<string, AttributeValue> = {};
  for (const { keyword, values: list, binary } of attributes) {
    if (binary === undefined) values[keyword] = plainValue(list);
  }
  return values;
}

function plainValue(values: readonly (AttributeScalar | null)[]): AttributeValue {
  return values.length === 0 ? null : values.length === 1 ? values[0]! : values;
}
