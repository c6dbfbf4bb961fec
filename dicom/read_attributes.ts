import { sha256 } from "@noble/hashes/sha2.js";
import type { AbortOptions } from "../runtime/abort_options.ts";
import { createPause } from "../runtime/create_pause.ts";
import type { Attribute, AttributeScalar, AttributeValue, AttributeValues } from "./attribute.ts";
import type { DicomElement, DicomHeader } from "./dicom_header.ts";
import { type DictionaryEntry, lookupTag } from "./dictionary.ts";
import { littleEndianBytes, toDicomJson, withCharacterSet } from "./dicom_json.ts";
import { isSequence } from "./element_map.ts";
import { hasWholeNumbers, isBinary, readValues, type ValueSource } from "./read_values.ts";
import { tagHex } from "./tag.ts";
import { typePrivate } from "./type_private.ts";

/** Bytes up to which a hash takes less time here than a call of the runtime's own does. */
const mostHashedAtOnce = 4096;

/** Bytes of a header that are read before an abort is looked for; most headers are shorter. */
const bytesBetweenPauses = 2 ** 18;
/** Bytes that an element counts for beside its value. */
const bytesOfElement = 64;

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
export async function readAttributes(
  header: DicomHeader,
  options: AbortOptions = {},
): Promise<Attribute[]> {
  const { bytes, littleEndian, fileMeta, dataset } = header;
  const { signal } = options;
  signal?.throwIfAborted();
  const pause = createPause(signal);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const meta: ValueSource = { bytes, view, littleEndian: true, characterSets: [] };
  const source = withCharacterSet(dataset, { ...meta, littleEndian });
  const attributes: Attribute[] = [];
  const unhashed: Unhashed[] = [];
  for (const element of fileMeta.values()) attributes.push(readAttribute(element, meta, unhashed));
  let sincePause = 0;
  for (const element of dataset.values()) {
    const typed = typePrivate(element, dataset, source);
    const attribute = readAttribute(typed ?? element, source, unhashed);
    const isMisfit = typed === null;
    attributes.push(isMisfit ? { ...attribute, unread: readBytes(element, source) } : attribute);
    sincePause += bytesOfElement + element.length;
    if (sincePause < bytesBetweenPauses) continue;
    sincePause = 0;
    await pause();
  }
  for (const { binary, value } of unhashed) {
    await pause();
    const digest = await crypto.subtle.digest("SHA-256", value.slice());
    binary.hash = new Uint8Array(digest).toHex();
  }
  return attributes;
}

/** A binary value whose hash is still to be told. */
interface Unhashed {
  readonly binary: { hash: string };
  readonly value: Uint8Array;
}

function readAttribute(
  element: DicomElement,
  source: ValueSource,
  unhashed: Unhashed[],
): Attribute {
  const { tag, vr, offset, length } = element;
  const entry = lookupTag(tag);
  const hasItems = isSequence(element);
  if (!hasItems && isText(element, entry)) {
    const values = readValues(element, source);
    const isRead = hasWholeNumbers(element) && !values.some(isUndecoded);
    return makeAttribute(element, entry, entry?.single ?? false, values, isRead, source);
  }
  if (hasItems) {
    const json = toDicomJson(element, source);
    return makeAttribute(element, entry, true, [json], !isUndecoded(json), source);
  }
  const value = source.bytes.subarray(offset, offset + length);
  if (keptWhole.has(tag)) {
    // Words, whether they are written as OW or as US.
    const words = littleEndianBytes(value, vr === "OB" ? vr : "OW", source.littleEndian);
    const values = length === 0 ? [] : [words.toBase64()];
    return makeAttribute(element, entry, true, values, true, source);
  }
  const binary = { size: length, hash: "" };
  if (length <= mostHashedAtOnce) binary.hash = sha256(value).toHex();
  else unhashed.push({ binary, value });
  const isBytes = entry === null || /O[BDFLVW]|UN/.test(entry.vr) || length === 0;
  const single = entry?.single ?? false;
  return { ...makeAttribute(element, entry, single, [], isBytes, source), binary };
}

/** What should be a sequence and is not is no text to be taken for one. */
function isText(element: DicomElement, entry: DictionaryEntry | null): boolean {
  return !keptWhole.has(element.tag) && !isBinary(element) && entry?.vr !== "SQ";
}

function makeAttribute(
  element: DicomElement,
  entry: DictionaryEntry | null,
  single: boolean,
  values: readonly (AttributeScalar | null)[],
  isRead: boolean,
  source: ValueSource,
): Attribute {
  const { tag, vr } = element;
  const attribute = entry === null
    ? { keyword: tagHex(tag), tag, vr, single, values }
    : { keyword: entry.keyword, tag, vr, dictionaryVR: entry.vr, single, values };
  return isRead ? attribute : { ...attribute, unread: readBytes(element, source) };
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
 *
 * @example
 * ```ts
 * import { toAttributeValues } from "@dicom/series-preview/dicom";
 * import { assertEquals } from "@std/assert";
 *
 * const base = { tag: 0x00280030, keyword: "PixelSpacing", vr: "DS", single: false };
 * assertEquals(toAttributeValues([{ ...base, values: [0.5, 0.5] }]), { PixelSpacing: [0.5, 0.5] });
 * assertEquals(toAttributeValues([{ ...base, values: [] }]), { PixelSpacing: null });
 * ```
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
