import type { Data, DataType, Vector } from "apache-arrow";

/** A value of an Arrow column that is a number or text. */
export type ArrowScalar = string | number | bigint | null;

// A byte order mark at the start of a value is a character of it, which apache-arrow leaves out.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Whether values of a type lie in the column themselves, as those of a dictionary do not. */
export function liesPlain(type: DataType): boolean {
  return /^((Int|Uint|Float)\d+|Utf8)$/.test(String(type));
}

/** Reads a value of a piece of a column from where it lies. */
export function scalarAt({ data, index }: Place): ArrowScalar {
  if (!data.getValid(index)) return null;
  const { values, valueOffsets } = data;
  // Text alone has offsets, whatever array stands for those that there are none of.
  if (valueOffsets === undefined || valueOffsets.length === 0) return values[index];
  return decoder.decode(values.subarray(valueOffsets[index], valueOffsets[index + 1]));
}

/** A piece of a column, and a place in it. */
export interface Place {
  readonly data: Data;
  readonly index: number;
}

/** Finds the piece of a column that a row is in, and its place there; null where there is no such row. */
export function placeFinder({ data }: Vector): (row: number) => Place | null {
  const pieces = data as readonly Data[];
  let piece: Data | undefined;
  let [start, end] = [0, 0];
  return (row) => {
    // Rows are asked for one after the other.
    if (row < start || row >= end) {
      end = 0;
      piece = pieces.find(({ length }) => row < (end = (start = end) + length));
    }
    if (piece !== undefined && row >= start) return { data: piece, index: row - start };
    // The next one is looked for anew.
    end = start;
    return null;
  };
}
