import type { AttributeScalar } from "../dicom/attribute.ts";
import { readFrameGeometry } from "../dicom/read_frame_geometry.ts";
import { readFrameTraits } from "../dicom/read_frame_traits.ts";
import { AttributeColumn } from "./attribute_column.ts";
import { columnTypeOfVR } from "./column_type.ts";
import type { InstanceRecord } from "./instance_record.ts";
import { COLUMN_KEYS, COMPANION_SUFFIXES } from "./list_attribute_columns.ts";
import type { OrderedFrames } from "./order_frames.ts";
import { SERIES_COLUMNS as NAMES } from "./series_columns.ts";
import type { SeriesTable } from "./series_table.ts";

/** What a builder has taken so far. */
export interface BuilderState {
  readonly records: InstanceRecord[];
  readonly columns: Map<number, AttributeColumn>;
}

/** Reads back from a whole index what its builder had taken, of the rows that are to be kept. */
export function loadBuilderState(table: SeriesTable, rows: readonly number[]): BuilderState {
  const records = rows.map((row) => readRecord(table, row));
  const columns = new Map<number, AttributeColumn>();
  for (const field of table.fields) {
    const tagText = field.metadata.get(COLUMN_KEYS.tag);
    if (tagText === undefined) continue;
    const suffix = Object.values(COMPANION_SUFFIXES).find((each) => field.name.endsWith(each));
    const keyword = suffix === undefined ? field.name : field.name.slice(0, -suffix.length);
    const tag = parseInt(tagText, 16);
    let column = columns.get(tag);
    if (column === undefined) {
      column = new AttributeColumn(tag, keyword);
      for (const vr of field.metadata.get(COLUMN_KEYS.vr)!.split(" or ")) column.vrs.add(vr);
      columns.set(tag, column);
    }
    const { type, list } = field;
    if (suffix === undefined) {
      column.widen(type);
      // Numbers that became text once had a reason to, which their text does not tell any more.
      const numeric = [...column.vrs].some((vr) => columnTypeOfVR(vr) !== "utf8");
      if (type === "utf8" && numeric) column.keepText();
    }
    for (const [instance, row] of rows.entries()) {
      const value = table.value(row, field.name);
      if (value === null) continue;
      if (suffix === COMPANION_SUFFIXES.size) column.sizes.set(instance, Number(value));
      else if (suffix === COMPANION_SUFFIXES.hash) column.hashes.set(instance, String(value));
      else if (suffix === COMPANION_SUFFIXES.text) column.texts.set(instance, String(value));
      else if (suffix === COMPANION_SUFFIXES.bytes) column.unread.set(instance, String(value));
      else column.set(instance, (list ? value : [value]) as (AttributeScalar | null)[], type);
    }
  }
  if (rows.length < table.instanceCount) forgetUnused(columns, records);
  return { records, columns };
}

/** Leaves out the columns of attributes that only other instances have. */
function forgetUnused(
  columns: Map<number, AttributeColumn>,
  records: readonly InstanceRecord[],
): void {
  const empty = new Set(records.flatMap((record) => record.empty ?? []));
  for (const { tag, keyword, cells, sizes, texts, unread } of [...columns.values()]) {
    const used = empty.has(keyword) ||
      [cells, sizes, texts, unread].some(({ count }) => count > 0);
    if (!used) columns.delete(tag);
  }
}

/** The attributes that the geometry and the traits of frames are read from. */
const frameKeywords: readonly string[] = [
  "SharedFunctionalGroupsSequence",
  "PerFrameFunctionalGroupsSequence",
  "DimensionIndexSequence",
  "GridFrameOffsetVector",
  "ImagePositionPatient",
  "ImageOrientationPatient",
];

function readRecord(table: SeriesTable, row: number): InstanceRecord {
  const text = (name: string) => table.value(row, name) as string | null;
  const number = (name: string) => table.value(row, name) as number | null;
  const list = <T>(name: string) => table.value(row, name) as readonly T[] | null;
  const frameCount = number(NAMES.frameCount)!;
  const values = table.row(row, frameKeywords);
  return {
    url: text(NAMES.dataUrl)!,
    fileSize: number(NAMES.fileSize),
    etag: text(NAMES.etag),
    pixelOffset: number(NAMES.pixelOffset),
    pixelLength: number(NAMES.pixelLength),
    pixelVR: text(NAMES.pixelVR) as InstanceRecord["pixelVR"] ?? null,
    frameCount,
    frameGeometry: readFrameGeometry(values, frameCount),
    frameTraits: readFrameTraits(values, frameCount),
    frameOffsets: list(NAMES.frameOffset),
    frameLengths: list(NAMES.frameLength),
    frames: {
      order: list(NAMES.frameOrder),
      positions: list(NAMES.framePosition),
      axes: list(NAMES.frameAxis) as OrderedFrames["axes"],
    },
    empty: list(NAMES.empty),
  };
}
