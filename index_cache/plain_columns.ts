import type { Table } from "apache-arrow";
import type { AttributeScalar, AttributeValue } from "../dicom/attribute.ts";
import { ArrowColumns } from "./arrow_columns.ts";
import type { Cell } from "./cells.ts";
import type { ColumnType } from "./column_type.ts";
import type { ColumnSource } from "./encode_column.ts";
import type { IndexColumn, IndexColumns, IndexField, IndexList } from "./index_columns.ts";
import { makeArrowTable } from "./make_arrow_table.ts";

/** What {@linkcode PlainColumns} are made of. */
export interface PlainColumnsParts {
  /** The columns, whose cells stay as they are from now on. */
  readonly sources: readonly ColumnSource[];
  readonly rowCount: number;
  /** The key-value pairs of the Arrow table. */
  readonly pairs: ReadonlyMap<string, string>;
}

/**
 * The columns of an index in what they were read or built in: drawing loads no Arrow that way. Values
 * are those that the Arrow table gives, which is made when it is asked for.
 */
export class PlainColumns implements IndexColumns {
  #parts: PlainColumnsParts;
  #making: Promise<Table> | null = null;
  #arrow: ArrowColumns | null = null;

  constructor(parts: PlainColumnsParts) {
    this.#parts = parts;
  }

  get rowCount(): number {
    return this.#parts.rowCount;
  }

  get fields(): readonly IndexField[] {
    return this.#arrow?.fields ??
      this.#parts.sources.map(({ name, type, list = false, metadata = NO_PAIRS }) => ({
        name,
        type,
        list,
        metadata,
      }));
  }

  get table(): Table | null {
    return this.#arrow?.table ?? null;
  }

  column(name: string): IndexColumn | null {
    if (this.#arrow !== null) return this.#arrow.column(name);
    const source = this.#parts.sources.find((each) => each.name === name);
    if (source === undefined) return null;
    const { cells, type, list = false } = source;
    // An array counts from its end below 0, where there are no rows.
    const cell = (row: number): Cell => row < 0 ? null : cells.at(row) ?? null;
    return {
      get: (row) => plainValue(cell(row), type, list),
      list: (row) => plainList(cell(row), type),
    };
  }

  toTable(): Promise<Table> {
    return this.#making ??= this.#make();
  }

  async #make(): Promise<Table> {
    const { sources, rowCount, pairs } = this.#parts;
    const table = makeArrowTable(await import("apache-arrow"), sources, rowCount, pairs);
    this.#arrow = new ArrowColumns(table);
    // The cells are in the table now, too.
    this.#parts = { sources: [], rowCount, pairs };
    return table;
  }
}

const NO_PAIRS: ReadonlyMap<string, string> = new Map();

/** A cell as the value that a column of the type gives. */
function plainValue(cell: Cell, type: ColumnType, list: boolean): AttributeValue {
  if (isList(cell)) return cell.map((item) => plainScalar(item, type));
  const value = plainScalar(cell, type);
  return list && value !== null ? [value] : value;
}

function plainList(cell: Cell, type: ColumnType): IndexList | null {
  if (cell === null) return null;
  const items = isList(cell) ? cell : [cell];
  return { length: items.length, at: (index) => plainScalar(items[index] ?? null, type) };
}

function isList(cell: Cell): cell is readonly (AttributeScalar | null)[] {
  return Array.isArray(cell);
}

function plainScalar(value: AttributeScalar | null, type: ColumnType): AttributeScalar | null {
  if (value === null) return null;
  switch (type) {
    case "utf8":
      return String(value);
    case "int32":
      return Number(value) | 0;
    case "uint32":
      return Number(value) >>> 0;
    case "float32":
      return Math.fround(Number(value));
    case "float64":
      return Number(value);
    default: {
      const number = Number(value);
      // There is no negative zero among integers.
      return Number.isSafeInteger(number) ? number + 0 : BigInt(value);
    }
  }
}
