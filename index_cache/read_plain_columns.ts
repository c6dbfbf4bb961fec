import type { DecodedArray, SchemaTree } from "hyparquet";
import { InvalidIndexError } from "../errors.ts";
import type { Cell } from "./cells.ts";
import type { ColumnType } from "./column_type.ts";
import type { ColumnSource } from "./encode_column.ts";
import type { IndexMetadata } from "./index_metadata.ts";
import { loadPlainReader } from "./load_plain_reader.ts";
import { fromColumnsText, toMetadataPairs } from "./metadata_pairs.ts";
import { PARQUET_TYPES } from "./parquet_schema.ts";
import { PlainColumns } from "./plain_columns.ts";
import { type TextBytes, TextCells } from "./text_cells.ts";

/** Column types by how Parquet writes them. */
const TYPES: ReadonlyMap<string, ColumnType> = new Map(
  Object.entries(PARQUET_TYPES).map(([type, written]) => [
    Object.values(written).join(" "),
    type as ColumnType,
  ]),
);

const NO_PAIRS: ReadonlyMap<string, string> = new Map();

/** A piece of a column, in the rows from its start. */
interface Chunk {
  readonly rowStart: number;
  readonly columnData: DecodedArray;
}

/**
 * Reads columns of an index without Arrow and without WebAssembly, which take many times as long to be
 * loaded as a few columns to be read.
 *
 * @param wanted The names of the columns to read, as far as the file has them.
 */
export async function readPlainColumns(
  bytes: Uint8Array,
  describe: (pairs: ReadonlyMap<string, string>) => IndexMetadata,
  wanted: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<{ readonly plain: PlainColumns; readonly metadata: IndexMetadata }> {
  const [{ parquetMetadata, parquetSchema }, { parquetRead }] = await loadPlainReader();
  const parquet = parquetMetadata(bytes, { geoparquet: false });
  const pairs = new Map(
    parquet.key_value_metadata?.map(({ key, value = "" }) => [key, value] as const),
  );
  const metadata = describe(pairs);
  const trees = parquetSchema(parquet).children.filter(({ element }) => wanted.has(element.name));
  const chunks = new Map<string, Chunk[]>(trees.map(({ element }) => [element.name, []]));
  if (trees.length > 0) {
    await parquetRead({
      file: {
        byteLength: bytes.length,
        slice: (start, end) => bytes.slice(start, end).buffer,
      },
      metadata: parquet,
      columns: [...chunks.keys()],
      geoparquet: false,
      parsers: { stringFromBytes: (bytes: Uint8Array) => bytes },
      onChunk: ({ columnName, ...chunk }) => chunks.get(columnName)!.push(chunk),
    });
  }
  signal?.throwIfAborted();
  const rowCount = Number(parquet.num_rows);
  const kept = fromColumnsText(pairs);
  const sources = trees.map((tree): ColumnSource => {
    const { name } = tree.element;
    const { type, list } = columnType(tree);
    const values = joinChunks(name, chunks.get(name)!, rowCount);
    const cells = type === "utf8" ? new TextCells(values as TextBytes[]) : values as Cell[];
    return { name, type, list, cells, metadata: kept.get(name) ?? NO_PAIRS };
  });
  const plain = new PlainColumns({ sources, rowCount, pairs: toMetadataPairs(metadata) });
  return { plain, metadata };
}

/** The type of a column's values; a list is a group of a group of its items. */
function columnType({ element, children }: SchemaTree): { type: ColumnType; list: boolean } {
  const list = element.converted_type === "LIST";
  const item = list ? children[0]?.children[0]?.element : element;
  const written = [item?.type, item?.converted_type].filter((part) => part !== undefined).join(" ");
  const type = TYPES.get(written);
  if (type === undefined) {
    throw new InvalidIndexError(`the index has a column ${element.name} of type ${written}`);
  }
  return { type, list };
}

/** The values of all rows, from pieces that come in any order: mostly one. */
function joinChunks(name: string, chunks: readonly Chunk[], rowCount: number): DecodedArray {
  const [first] = chunks;
  if (first?.columnData.length === rowCount) return first.columnData;
  const values = new Array<unknown>(rowCount);
  let count = 0;
  for (const { rowStart, columnData } of chunks) {
    for (let i = 0; i < columnData.length; i++) values[rowStart + i] = columnData[i];
    count += columnData.length;
  }
  if (count === rowCount && values.length === rowCount) return values;
  throw new InvalidIndexError(`the index has ${count} values of ${rowCount} in its column ${name}`);
}
