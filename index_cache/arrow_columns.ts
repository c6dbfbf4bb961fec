import type { Table, Vector } from "apache-arrow";
import type { AttributeScalar, AttributeValue } from "../dicom/attribute.ts";
import type { IndexColumn, IndexColumns, IndexField, IndexList } from "./index_columns.ts";
import { toIndexField } from "./to_index_field.ts";

/** The columns of an index as an Arrow table has them. */
export class ArrowColumns implements IndexColumns {
  readonly table: Table;
  #fields: readonly IndexField[] | null = null;

  constructor(table: Table) {
    this.table = table;
  }

  get rowCount(): number {
    return this.table.numRows;
  }

  get fields(): readonly IndexField[] {
    return this.#fields ??= this.table.schema.fields.map(toIndexField);
  }

  column(name: string): IndexColumn | null {
    const vector: Vector | null = this.table.getChild(name);
    return vector && {
      get: (row) => plainValue(vector.get(row)),
      list: (row) => plainList(vector.get(row)),
    };
  }

  toTable(): Promise<Table> {
    return Promise.resolve(this.table);
  }
}

/** A cell as a plain value, a list as an array. */
function plainValue(cell: unknown): AttributeValue {
  if (cell === null || typeof cell !== "object") return plainScalar(cell);
  return Array.from(cell as Vector, plainScalar);
}

function plainList(cell: Vector | null): IndexList | null {
  return cell && { length: cell.length, at: (index) => plainScalar(cell.get(index)) };
}

/** A value as a plain one: integers as numbers where they are safe. */
function plainScalar(value: unknown): AttributeScalar | null {
  if (typeof value !== "bigint") return value as string | number | null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
