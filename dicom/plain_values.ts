import type { AttributeValues } from "./attribute.ts";
import type { DicomJson } from "./dicom_json.ts";

/** Numbers of an attribute, one or several; what is no number is left out. */
export function numbersOf(values: AttributeValues, keyword: string): number[] {
  const value = values[keyword];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((each) => typeof each === "number" || typeof each === "bigint").map(Number);
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

/** Numbers of an attribute in the DICOM JSON model. */
export function jsonNumbers(item: DicomJson | undefined, tag: string): number[] {
  const values = item?.[tag]?.Value ?? [];
  return values.map(Number).filter((value) => !Number.isNaN(value));
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
