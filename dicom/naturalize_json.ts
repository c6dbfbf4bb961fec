import type { AttributeScalar } from "./attribute.ts";
import type { Dataset, DatasetValue } from "./dataset.ts";
import type { DicomJson, DicomJsonAttribute } from "./dicom_json.ts";
import { lookupTag } from "./dictionary.ts";
import { keptWhole } from "./read_attributes.ts";
import { isBinary } from "./read_values.ts";

/** The numbers that JSON has not, as PS3.18 F.2.5 writes them. */
const namedNumbers: Readonly<Record<string, number>> = {
  "NaN": NaN,
  "inf": Infinity,
  "-inf": -Infinity,
};

/** Turns an item of the DICOM JSON model (PS3.18 F.2) into plain values by keyword. */
export async function naturalizeJson(item: DicomJson): Promise<Dataset> {
  const dataset: Record<string, DatasetValue> = {};
  for (const [hex, attribute] of Object.entries(item)) {
    const tag = parseInt(hex, 16);
    const keyword = lookupTag(tag)?.keyword ?? hex;
    const name = keyword in dataset ? hex : keyword;
    const { vr, InlineBinary: base64 = "" } = attribute;
    if (!isBinary({ vr })) dataset[name] = await naturalizeValue(attribute);
    else if (keptWhole.has(tag)) dataset[name] = base64 || null;
    else Object.assign(dataset, await describeBinary(name, Uint8Array.fromBase64(base64)));
  }
  return dataset;
}

async function describeBinary(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Dataset> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return { [`${name}_Size`]: bytes.length, [`${name}_Hash`]: new Uint8Array(digest).toHex() };
}

async function naturalizeValue({ vr, Value: list = [] }: DicomJsonAttribute) {
  if (vr === "SQ") return await Promise.all((list as DicomJson[]).map(naturalizeJson));
  const values = list.map((value) => naturalizeScalar(value, vr));
  return values.length === 0 ? null : values.length === 1 ? values[0]! : values;
}

function naturalizeScalar(value: unknown, vr: string): AttributeScalar | null {
  if (value !== null && typeof value === "object") return joinName(value as PersonName);
  if (typeof value !== "string") return value as number | null;
  if (vr === "FD" || vr === "FL") return namedNumbers[value] ?? value;
  // Integers of 64 bits that no double holds.
  return vr === "SV" || vr === "UV" ? BigInt(value) : value;
}

/** A person's name in the DICOM JSON model. */
interface PersonName {
  readonly Alphabetic?: string;
  readonly Ideographic?: string;
  readonly Phonetic?: string;
}

function joinName({ Alphabetic = "", Ideographic = "", Phonetic = "" }: PersonName): string {
  return [Alphabetic, Ideographic, Phonetic].join("=").replace(/=+$/, "");
}
