import type { AttributeScalar } from "../dicom/attribute.ts";
import { InvalidIndexError } from "../errors.ts";
import { AttributeColumn } from "./attribute_column.ts";
import { type ColumnType, columnTypeOfVR } from "./column_type.ts";
import type { InstanceRecord } from "./instance_record.ts";
import { BINARY_SUFFIXES, COLUMN_KEYS } from "./list_attribute_columns.ts";
import type { OrderedFrames } from "./order_frames.ts";
import { SERIES_COLUMNS as NAMES } from "./series_columns.ts";
import type { SeriesTable } from "./series_table.ts";

/** What a builder has taken so far. */
export interface BuilderState {
  readonly records: InstanceRecord[];
  readonly columns: Map<number, AttributeColumn>;
}

/** Reads back from a whole index what its builder had taken. */
export function loadBuilderState(table: SeriesTable): BuilderState {
  const records = Array.from({ length: table.instanceCount }, (_, row) => readRecord(table, row));
  const columns = new Map<number, AttributeColumn>();
  for (const field of table.table.schema.fields) {
    const tagText = field.metadata.get(COLUMN_KEYS.tag);
    if (tagText === undefined) continue;
    const part = Object.values(BINARY_SUFFIXES).find((suffix) => field.name.endsWith(suffix));
    const keyword = part === undefined ? field.name : field.name.slice(0, -part.length);
    const tag = parseInt(tagText, 16);
    let column = columns.get(tag);
    if (column === undefined) {
      column = new AttributeColumn(tag, keyword);
      for (const vr of field.metadata.get(COLUMN_KEYS.vr)!.split(" or ")) column.vrs.add(vr);
      columns.set(tag, column);
    }
    const { type, list } = columnType(String(field.type));
    if (part === undefined) {
      column.widen(type);
      column.list = list;
      // Numbers that became text once had a reason to, which their text does not tell any more.
      const numeric = [...column.vrs].some((vr) => columnTypeOfVR(vr) !== "utf8");
      if (type === "utf8" && numeric) column.keepText();
    }
    for (let row = 0; row < table.instanceCount; row++) {
      const value = table.value(row, field.name);
      if (value === null) continue;
      if (part === BINARY_SUFFIXES.size) column.sizes[row] = Number(value);
      else if (part === BINARY_SUFFIXES.hash) column.hashes[row] = String(value);
      else column.set(row, (list ? value : [value]) as (AttributeScalar | null)[], type);
    }
  }
  return { records, columns };
}

/** The column type that an Arrow type stands for, by the name apache-arrow gives it. */
function columnType(arrowType: string): { type: ColumnType; list: boolean } {
  const match = /^(List<)?(Int32|Uint32|Int64|Uint64|Float32|Float64|Utf8)>?$/.exec(arrowType);
  if (match === null) throw new InvalidIndexError(`the index has a column of type ${arrowType}`);
  return { type: match[2]!.toLowerCase() as ColumnType, list: match[1] !== undefined };
}

function readRecord(table: SeriesTable, row: number): InstanceRecord {
  const text = (name: string) => table.value(row, name) as string | null;
  const number = (name: string) => table.value(row, name) as number | null;
  const list = <T>(name: string) => table.value(row, name) as readonly T[] | null;
  return {
    url: text(NAMES.dataUrl)!,
    fileSize: number(NAMES.fileSize),
    etag: text(NAMES.etag),
    pixelOffset: number(NAMES.pixelOffset),
    pixelLength: number(NAMES.pixelLength),
    pixelKind: text(NAMES.pixelKind) as InstanceRecord["pixelKind"] ?? null,
    frameCount: number(NAMES.frameCount)!,
    frameOffsets: list(NAMES.frameOffset),
    frameLengths: list(NAMES.frameLength),
    frames: {
      order: list(NAMES.frameOrder),
      positions: list(NAMES.framePosition),
      axis: text(NAMES.frameAxis) as OrderedFrames["axis"],
    },
    empty: list(NAMES.empty) ?? [],
  };
}
