import type { Table, Vector } from "apache-arrow";
import type { AttributeScalar, AttributeValue } from "../dicom/attribute.ts";
import { type ArrowScalars, arrowScalars } from "./arrow_scalars.ts";
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
    if (vector === null) return null;
    if (String(vector.type).startsWith("List<")) {
      return {
        get: (row) => plainValues(vector.get(row)),
        list: (row) => plainList(vector.get(row)),
      };
    }
    const scalars = arrowScalars(vector);
    return { get: (row) => plainScalar(scalars(row)), list: () => null };
  }

  toTable(): Promise<Table> {
    return Promise.resolve(this.table);
  }
}

function plainValues(cell: Vector | null): AttributeValue {
  if (cell === null) return null;
  const scalars = arrowScalars(cell);
  return Array.from({ length: cell.length }, (_, index) => plainScalar(scalars(index)));
}

function plainList(cell: Vector | null): IndexList | null {
  if (cell === null) return null;
  const scalars = arrowScalars(cell);
  return { length: cell.length, at: (index) => plainScalar(scalars(index)) };
}

/** A value as a plain one: integers as numbers where they are safe. */
function plainScalar(value: ReturnType<ArrowScalars>): AttributeScalar | null {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
