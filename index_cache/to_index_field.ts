import type { Field } from "apache-arrow";
import { InvalidIndexError } from "../errors.ts";
import type { ColumnType } from "./column_type.ts";
import type { IndexField } from "./index_columns.ts";

/**
 * What the field of an Arrow table tells, by the names that apache-arrow gives types.
 *
 * @throws {InvalidIndexError} When no column of an index has its type.
 */
export function toIndexField({ name, type, metadata }: Field): IndexField {
  // Text by a dictionary is what `tableFromArrays` makes.
  const written = String(type).replace(/^Dictionary<\w+, (\w+)>$/, "$1");
  const match = /^(List<)?(Int32|Uint32|Int64|Uint64|Float32|Float64|Utf8)>?$/.exec(written);
  if (match === null) {
    throw new InvalidIndexError(`the index has a column ${name} of type ${type}`);
  }
  const [, list, item] = match;
  return {
    name,
    type: item!.toLowerCase() as ColumnType,
    list: list !== undefined,
    metadata,
  };
}
