import type { Data, DataType, Field } from "apache-arrow";
import type { AttributeScalar } from "../dicom/attribute.ts";
import { ByteWriter } from "./byte_writer.ts";
import type { Cells } from "./cells.ts";
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
  readonly cells: Cells;
  /** Key-value pairs kept with the column. */
  readonly metadata?: ReadonlyMap<string, string>;
}

/**
 * Makes an Arrow column. Arrays are laid out directly, each cell looked at once: the builders of
 * apache-arrow take five times as long and turn undefined into 0 or the empty string.
 */
export function encodeColumn(arrow: Arrow, source: ColumnSource): EncodedColumn {
  const { name, type, cells, metadata } = source;
  const data = source.list ? encodeList(arrow, type, cells) : encodeScalars(arrow, type, cells);
  return { field: new arrow.Field(name, data.type, true, new Map(metadata)), data };
}

function encodeList(arrow: Arrow, type: ColumnType, cells: Cells): Data {
  const { length } = cells;
  const valueOffsets = new Int32Array(length + 1);
  const validity = new Validity(length);
  const items: (AttributeScalar | null)[] = [];
  for (let row = 0; row < length; row++) {
    const cell = cells.at(row) ?? null;
    if (cell !== null) {
      validity.set(row);
      if (Array.isArray(cell)) { for (const item of cell) items.push(item); }
      else items.push(cell as AttributeScalar);
    }
    valueOffsets[row + 1] = items.length;
  }
  const child = encodeScalars(arrow, type, items);
  // "element" is the name that the Parquet format gives the items of a list.
  const list = new arrow.List(new arrow.Field("element", child.type, true));
  return arrow.makeData({ type: list, length, ...validity.parts, valueOffsets, child });
}

function encodeScalars(arrow: Arrow, type: ColumnType, cells: Cells): Data {
  const { length } = cells;
  switch (type) {
    case "utf8":
      return encodeTexts(arrow, cells);
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
  cells: Cells,
  convert: (value: AttributeScalar) => T,
): Data {
  const { length } = cells;
  const validity = new Validity(length);
  for (let row = 0; row < length; row++) {
    const cell = cells.at(row) ?? null;
    if (cell === null) continue;
    validity.set(row);
    data[row] = convert(cell as AttributeScalar);
  }
  // deno-lint-ignore no-explicit-any -- makeData has one overload a type, and here any type comes
  return arrow.makeData({ type, length, ...validity.parts, data } as any);
}

function encodeTexts(arrow: Arrow, cells: Cells): Data {
  const { length } = cells;
  const validity = new Validity(length);
  const valueOffsets = new Int32Array(length + 1);
  const writer = new ByteWriter();
  for (let row = 0; row < length; row++) {
    const cell = cells.at(row) ?? null;
    if (cell !== null) {
      validity.set(row);
      writer.text(String(cell));
    }
    valueOffsets[row + 1] = writer.length;
  }
  const type = new arrow.Utf8();
  return arrow.makeData({ type, length, ...validity.parts, valueOffsets, data: writer.take() });
}

/** Which cells are there, as Arrow has it. */
class Validity {
  readonly #length: number;
  readonly #bitmap: Uint8Array;
  #count = 0;

  constructor(length: number) {
    this.#length = length;
    // Arrow wants bitmaps padded to eight bytes.
    this.#bitmap = new Uint8Array(Math.ceil(length / 64) * 8);
  }

  /** Marks a cell, once, as one that is there. */
  set(row: number): void {
    this.#bitmap[row >> 3]! |= 1 << (row & 7);
    this.#count++;
  }

  /** What Arrow data is made with. */
  get parts(): { nullCount: number; nullBitmap?: Uint8Array } {
    const nullCount = this.#length - this.#count;
    return nullCount === 0 ? { nullCount } : { nullCount, nullBitmap: this.#bitmap };
  }
}
