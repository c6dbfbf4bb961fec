import { toMetadataPairs } from "../index_cache/metadata_pairs.ts";
import { PlainColumns } from "../index_cache/plain_columns.ts";
import { readIndex } from "../index_cache/read_index.ts";
import { SeriesTable } from "../index_cache/series_table.ts";
import { writeIndex } from "../index_cache/write_index.ts";
import type { IndexWay } from "./index_way.ts";

/** The index as this package writes and loads it, with its checksum, and all as an Arrow table. */
export const indexWay: IndexWay = {
  async write({ sources, rowCount, metadata }) {
    const columns = new PlainColumns({ sources, rowCount, pairs: toMetadataPairs(metadata) });
    return new Uint8Array(await writeIndex(new SeriesTable(columns, metadata)));
  },
  async loadSome(bytes, columns) {
    return (await readIndex(bytes, { columns })).instanceCount;
  },
  async loadAll(bytes) {
    return (await readIndex(bytes)).instanceCount;
  },
};
