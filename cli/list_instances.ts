import type { SeriesIndex } from "../series_index/series_index.ts";
import type { Invocation } from "./command.ts";
import { SeriesRun } from "./series_run.ts";
import { type TableCell, TableWriter } from "./table_writer.ts";

const columns = [
  { title: "index", isNumber: true },
  { title: "position", isNumber: true },
  { title: "location", isNumber: true },
  { title: "number", isNumber: true },
  { title: "slices", isNumber: true, usual: "1" },
  { title: "SOP Instance UID", spare: 1 },
  { title: "bytes", isNumber: true, spare: 2 },
  { title: "address", isElastic: true },
];

/** An instance as it is listed. */
interface ListedInstance {
  /** Its row in the index. */
  readonly index: number;
  /** The position of its first slice, from 0 to 1; null without an image. */
  readonly position: number | null;
  /** Millimeters along the normal; null without geometry of its own. */
  readonly location: TableCell;
  /** Instance Number. */
  readonly number: TableCell;
  readonly slices: number;
  readonly uid: TableCell;
  /** Its size in bytes. */
  readonly bytes: TableCell;
  readonly url: TableCell;
}

/** Lists the instances of a series, in display order. */
export async function listInstances(invocation: Invocation): Promise<number> {
  const { options, environment, console } = invocation;
  const run = new SeriesRun(invocation, false);
  return await run.read(undefined, { imagingOnly: false }, async (index) => {
    const instances = [...describeInstances(index)];
    if (options.flag("json")) return { instances, failed: [] };
    const table = new TableWriter(columns, environment);
    for (const { index, position, location, number, slices, uid, bytes, url } of instances) {
      const shown = [round(position, 4), round(location, 3)];
      if (!await table.add([index, ...shown, number, slices, uid, bytes, url])) break;
    }
    await table.end(console);
    return { failed: [] };
  });
}

function* describeInstances(index: SeriesIndex): Generator<ListedInstance> {
  const last = Math.max(1, index.sliceCount - 1);
  let slices = 0;
  for (const row of index.rows(indexColumns)) {
    const count = Number(row._frame_count);
    yield {
      index: Number(row._index),
      position: count === 0 ? null : slices / last,
      location: row._primary_axis === "I" ? null : row._primary_position as TableCell,
      number: row.InstanceNumber as TableCell,
      slices: count,
      uid: row.SOPInstanceUID as TableCell,
      bytes: row._file_size as TableCell,
      url: row._data_url as TableCell,
    };
    slices += count;
  }
}

const indexColumns = [
  "_index",
  "_primary_axis",
  "_primary_position",
  "_frame_count",
  "_file_size",
  "_data_url",
  "InstanceNumber",
  "SOPInstanceUID",
];

function round(value: TableCell, digits: number): TableCell {
  return typeof value === "number" ? Number(value.toFixed(digits)) : value;
}
