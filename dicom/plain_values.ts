import type { AttributeValues } from "./attribute.ts";
import type { DicomJson } from "./dicom_json.ts";
import { JsonItems } from "./json_items.ts";

/** The values of an attribute in their places, one or several. */
export function listOf(values: AttributeValues, keyword: string): readonly unknown[] {
  const value = values[keyword];
  return Array.isArray(value) ? value : [value];
}

/** Numbers of an attribute, one or several; what is no number is left out. */
export function numbersOf(values: AttributeValues, keyword: string): number[] {
  const isNumber = (each: unknown) => typeof each === "number" || typeof each === "bigint";
  return listOf(values, keyword).filter(isNumber).map(Number);
}

/** The first number of an attribute, or undefined. */
export function numberOf(values: AttributeValues, keyword: string): number | undefined {
  return numbersOf(values, keyword)[0];
}

/** The first text of an attribute, or undefined. */
export function textOf(values: AttributeValues, keyword: string): string | undefined {
  const value = values[keyword];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === "string" ? first : undefined;
}

/** The items of a sequence that is kept as DICOM JSON text; none when it is absent. */
export function itemsOf(values: AttributeValues, keyword: string): DicomJson[] {
  const text = textOf(values, keyword);
  return text ? JSON.parse(text) as DicomJson[] : [];
}

/** The functional groups of each frame (PS3.3 C.7.6.16), in stored order; none where there are none. */
export function perFrameGroupsOf(values: AttributeValues): JsonItems {
  return new JsonItems(textOf(values, "PerFrameFunctionalGroupsSequence") ?? "");
}

/** The values of an attribute in the DICOM JSON model, in their places. */
export function jsonList(item: DicomJson | undefined, tag: string): readonly unknown[] {
  return item?.[tag]?.Value ?? [];
}

/** Numbers of an attribute in the DICOM JSON model; what is no number is left out. */
export function jsonNumbers(item: DicomJson | undefined, tag: string): number[] {
  return jsonList(item, tag).filter((value) => typeof value === "number");
}

/** The first text of an attribute in the DICOM JSON model. */
export function jsonText(item: DicomJson | undefined, tag: string): string | undefined {
  const value = item?.[tag]?.Value?.[0];
  return value === undefined || value === null ? undefined : String(value);
}

/** The items of a sequence in the DICOM JSON model. */
export function jsonItems(item: DicomJson | undefined, tag: string): DicomJson[] {
  return (item?.[tag]?.Value ?? []) as DicomJson[];
}
