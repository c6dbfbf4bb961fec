import type { Cell } from "../index_cache/cells.ts";
import type { ColumnSource } from "../index_cache/encode_column.ts";
import type { IndexMetadata } from "../index_cache/index_metadata.ts";

/** The columns of an index as plain arrays, integers of 64 bits as such. */
export interface IndexArrays {
  readonly sources: readonly (ColumnSource & { readonly list: boolean; readonly cells: Cell[] })[];
  readonly rowCount: number;
  readonly metadata: IndexMetadata;
}

/** A way to write an index and to load it; loading answers how many rows it found. */
export interface IndexWay {
  write(index: IndexArrays): Promise<Uint8Array<ArrayBuffer>>;
  /** Loads some columns, all of which are there. */
  loadSome(bytes: Uint8Array<ArrayBuffer>, columns: readonly string[]): Promise<number>;
  loadAll(bytes: Uint8Array<ArrayBuffer>): Promise<number>;
}
