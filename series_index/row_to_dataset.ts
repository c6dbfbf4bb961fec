import type { AttributeValue } from "../dicom/attribute.ts";
import type { Dataset, DatasetValue } from "../dicom/dataset.ts";
import type { DicomJson } from "../dicom/dicom_json.ts";
import { naturalizeJson } from "../dicom/naturalize_json.ts";
import { COLUMN_KEYS } from "../index_cache/list_attribute_columns.ts";
import type { SeriesTable } from "../index_cache/mod.ts";
import { SERIES_COLUMNS } from "../index_cache/series_columns.ts";

const ownColumns: ReadonlySet<string> = new Set(Object.values(SERIES_COLUMNS));

/** Turns a row of an index back into the header that it was made of: plain values by keyword. */
export async function rowToDataset(table: SeriesTable, row: number): Promise<Dataset> {
  const empty = listOf(table.value(row, SERIES_COLUMNS.empty));
  const dataset: Record<string, DatasetValue> = {};
  for (const { name, metadata } of table.table.schema.fields) {
    if (ownColumns.has(name)) continue;
    const value = table.value(row, name);
    if (value !== null) dataset[name] = await naturalizeCell(value, metadata.get(COLUMN_KEYS.vr));
    // An attribute that the instance does not have is null in the index, too.
    else if (empty.includes(name)) dataset[name] = null;
  }
  return dataset;
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
  return isSequence || /^\[(\{.*\})?\]$/s.test(text) ? JSON.parse(text) : null;
}

function listOf(value: AttributeValue): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
