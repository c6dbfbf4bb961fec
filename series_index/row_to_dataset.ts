import type { AttributeValue } from "../dicom/attribute.ts";
import type { Dataset, DatasetValue } from "../dicom/dataset.ts";
import type { DicomJson } from "../dicom/dicom_json.ts";
import { naturalizeJson } from "../dicom/naturalize_json.ts";
import { COLUMN_KEYS, COMPANION_SUFFIXES } from "../index_cache/list_attribute_columns.ts";
import type { SeriesTable } from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";

const ownColumns: ReadonlySet<string> = new Set(Object.values(SERIES_COLUMNS));

/** What the names of columns end in that tell of what an attribute's own column does not hold. */
const suffixes: readonly string[] = Object.values(COMPANION_SUFFIXES);

/** Turns a row of an index back into the header that it was made of: plain values by keyword. */
export async function rowToDataset(table: SeriesTable, row: number): Promise<Dataset> {
  const empty = listOf(table.value(row, SERIES_COLUMNS.empty));
  const dataset: Record<string, DatasetValue> = {};
  for (const { name, metadata } of table.fields) {
    if (ownColumns.has(name)) continue;
    const value = table.value(row, name);
    const suffix = suffixes.find((each) => name.endsWith(each));
    if (value === null) {
      // An attribute that the instance does not have is null in the index, too.
      if (empty.includes(name)) dataset[name] = null;
    } else if (suffix === COMPANION_SUFFIXES.text) {
      const keyword = name.slice(0, -suffix.length);
      dataset[keyword] = withTexts(table.value(row, keyword), String(value));
    } else if (suffix !== undefined) {
      dataset[name] = value;
    } else {
      dataset[name] = await naturalizeCell(value, metadata.get(COLUMN_KEYS.vr));
    }
  }
  return dataset;
}

/** The values of an attribute of which the index keeps those that are no numbers apart. */
function withTexts(numbers: AttributeValue, text: string): DatasetValue {
  if (!Array.isArray(numbers)) return text;
  return text.split("\\").map((written, i) => numbers[i] ?? (written === "" ? null : written));
}

async function naturalizeCell(value: AttributeValue, vr: string = ""): Promise<DatasetValue> {
  // A column of lists has lists of one.
  if (Array.isArray(value)) return value.length === 1 ? value[0]! : value;
  if (typeof value !== "string" || !/\bSQ\b/.test(vr)) return value;
  const items = parseItems(value, vr === "SQ");
  return items === null ? value : await Promise.all(items.map(naturalizeJson));
}

/** The items of a sequence; null for other text, of a private element that is not always one. */
function parseItems(text: string, isSequence: boolean): DicomJson[] | null {
  return isSequence || /^\[(\{(\}|"[0-9A-F]{8}":\{"vr":).*)?\]$/s.test(text)
    ? JSON.parse(text)
    : null;
}

function listOf(value: AttributeValue): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
