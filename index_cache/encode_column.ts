import type { Data, DataType, Field } from "apache-arrow";
import type { AttributeScalar } from "../dicom/attribute.ts";
import type { Cell } from "./attribute_column.ts";
import type { ColumnType } from "./column_type.ts";

/** The apache-arrow module, imported where it is first needed. */
export type Arrow = typeof import("apache-arrow");

/** An Arrow column: its field and its values. */
export interface EncodedColumn {
  readonly field: Field;
  readonly data: Data;
}

/** What a column is made of. */
export interface ColumnSource {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether cells are lists of values. */
  readonly list?: boolean;
  /** The cells in row order; null or undefined for none. */
  readonly cells: readonly (Cell | undefined)[];
  /** Key-value pairs kept with the column. */
  readonly metadata?: ReadonlyMap<string, string>;
}

type Scalars = readonly (AttributeScalar | null | undefined)[];

/**
 * Makes an Arrow column. Arrays are laid out directly: the builders of apache-arrow take five times
 * as long and turn undefined into 0 or the empty string.
 */
export function encodeColumn(arrow: Arrow, source: ColumnSource): EncodedColumn {
  const { name, cells, metadata } = source;
  const values = source.list
    ? encodeList(arrow, source.type, cells)
    : encodeScalars(arrow, source.type, cells as Scalars);
  const field = new arrow.Field(name, values.type, true, new Map(metadata));
  return { field, data: values };
}

function encodeList(arrow: Arrow, type: ColumnType, cells: ColumnSource["cells"]): Data {
  const offsets = new Int32Array(cells.length + 1);
  const items: (AttributeScalar | null)[] = [];
  cells.forEach((cell, row) => {
    if (Array.isArray(cell)) { for (const item of cell) items.push(item); }
    else if (cell !== null && cell !== undefined) items.push(cell as AttributeScalar);
    offsets[row + 1] = items.length;
  });
  const child = encodeScalars(arrow, type, items);
  // "element" is the name that the Parquet format gives the items of a list.
  return arrow.makeData({
    type: new arrow.List(new arrow.Field("element", child.type, true)),
    length: cells.length,
    ...validity(cells),
    valueOffsets: offsets,
    child,
  });
}

function encodeScalars(arrow: Arrow, type: ColumnType, cells: Scalars): Data {
  const length = cells.length;
  const common = { length, ...validity(cells) };
  switch (type) {
    case "utf8":
      return arrow.makeData({ type: new arrow.Utf8(), ...common, ...encodeTexts(cells) });
    case "int32":
      return fill(arrow, new arrow.Int32(), new Int32Array(length), cells, Number);
    case "uint32":
      return fill(arrow, new arrow.Uint32(), new Uint32Array(length), cells, Number);
    case "int64":
      return fill(arrow, new arrow.Int64(), new BigInt64Array(length), cells, BigInt);
    case "uint64":
      return fill(arrow, new arrow.Uint64(), new BigUint64Array(length), cells, BigInt);
    case "float32":
      return fill(arrow, new arrow.Float32(), new Float32Array(length), cells, Number);
    case "float64":
      return fill(arrow, new arrow.Float64(), new Float64Array(length), cells, Number);
  }
}

function fill<T extends number | bigint>(
  arrow: Arrow,
  type: DataType,
  data: { [index: number]: T },
  cells: Scalars,
  convert: (value: AttributeScalar) => T,
): Data {
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (cell !== null && cell !== undefined) data[row] = convert(cell);
  }
  // deno-lint-ignore no-explicit-any -- makeData has one overload a type, and here any type comes
  return arrow.makeData({ type, length: cells.length, ...validity(cells), data } as any);
}

function encodeTexts(cells: Scalars): { valueOffsets: Int32Array; data: Uint8Array } {
  const encoder = new TextEncoder();
  const texts = cells.map((cell) => cell === null || cell === undefined ? "" : String(cell));
  const data = encoder.encode(texts.join(""));
  const valueOffsets = new Int32Array(texts.length + 1);
  const total = texts.reduce((sum, text) => sum + text.length, 0);
  const ascii = data.length === total;
  texts.forEach((text, row) => {
    valueOffsets[row + 1] = valueOffsets[row]! +
      (ascii ? text.length : encoder.encode(text).length);
  });
  return { valueOffsets, data };
}

function validity(cells: readonly unknown[]): { nullCount: number; nullBitmap?: Uint8Array } {
  let nullCount = 0;
  // Arrow wants bitmaps padded to eight bytes.
  const nullBitmap = new Uint8Array(Math.ceil(cells.length / 64) * 8);
  for (let row = 0; row < cells.length; row++) {
    if (cells[row] === null || cells[row] === undefined) nullCount++;
    else nullBitmap[row >> 3]! |= 1 << (row & 7);
  }
  return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap };
}
