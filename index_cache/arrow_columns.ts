import type { Table, Vector } from "apache-arrow";
import type { AttributeScalar } from "../dicom/attribute.ts";
import { type ArrowScalar, liesPlain, pieceFinder, scalarAt } from "./arrow_scalars.ts";
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
    const find = pieceFinder(vector);
    if (item !== undefined) return listColumn(find);
    const scalar = liesPlain(vector.type)
      ? (row: number) => scalarAt(find(row).data, find(row).index)
      : (row: number) => vector.get(row) as ArrowScalar;
    return { get: (row) => plainScalar(scalar(row)), list: () => null };
  }

  toTable(): Promise<Table> {
    return Promise.resolve(this.table);
  }
}

/** A column of lists, whose items lie one after another. */
function listColumn(find: ReturnType<typeof pieceFinder>): IndexColumn {
  const list = (row: number): IndexList | null => {
    const { data, index } = find(row);
    if (!data.getValid(index)) return null;
    const start = data.valueOffsets[index]!;
    const items = data.children[0]!;
    return {
      length: data.valueOffsets[index + 1]! - start,
      at: (n) => plainScalar(scalarAt(items, start + n)),
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
