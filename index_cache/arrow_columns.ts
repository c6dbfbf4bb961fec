import type { Table, Vector } from "apache-arrow";
import type { AttributeScalar } from "../dicom/attribute.ts";
import { type ArrowScalar, liesPlain, type Place, placeFinder, scalarAt } from "./arrow_scalars.ts";
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
    const [item] = vector.type.children ?? [];
    const find = placeFinder(vector);
    if (item !== undefined) return listColumn(find);
    const isPlain = liesPlain(vector.type);
    const scalar = (row: number): ArrowScalar => {
      const place = find(row);
      if (place === null) return null;
      return isPlain ? scalarAt(place) : vector.get(row);
    };
    return { get: (row) => plainScalar(scalar(row)), list: () => null };
  }

  toTable(): Promise<Table> {
    return Promise.resolve(this.table);
  }
}

/** A column of lists, whose items lie one after another. */
function listColumn(find: (row: number) => Place | null): IndexColumn {
  const list = (row: number): IndexList | null => {
    const place = find(row);
    if (!place?.data.getValid(place.index)) return null;
    const { data, index } = place;
    const start = data.valueOffsets[index]!;
    const items = data.children[0]!;
    return {
      length: data.valueOffsets[index + 1]! - start,
      at: (n) => plainScalar(scalarAt({ data: items, index: start + n })),
    };
  };
  return {
    list,
    get(row) {
      const items = list(row);
      return items && Array.from({ length: items.length }, (_, n) => items.at(n));
    },
  };
}

/** A value as a plain one: integers as numbers where they are safe. */
function plainScalar(value: ArrowScalar): AttributeScalar | null {
  if (typeof value !== "bigint") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
