import { parseHeader } from "@dicom/series-preview/dicom";
import {
  IndexBuilder,
  type IndexColumns,
  type IndexedInstance,
  readIndex,
  SeriesTable,
  sliceNumberAt,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { ParquetFile } from "parquet-wasm/bundler";
import { assertEquals, assertGreater, assertLess, assertRejects } from "@std/assert";
import { toIndexedInstance } from "../../series_index/to_indexed_instance.ts";
import { element, writeInstance } from "../support/dicom_fixtures.ts";
import { AXIAL, makeAttribute, makeAxial, makeInstance } from "./support.ts";

const SERIES = { seriesUID: "series", address: "https://example.org/series" };

/** More instances than a row group has rows. */
const COUNT = 2600;

function build(instances: readonly IndexedInstance[]): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  for (const instance of instances) builder.add(instance);
  return builder.build(SERIES);
}

/** The bytes of an axial slice with values of each kind, and 8 bytes of pixels that are not there. */
function makeObject(number: number): Uint8Array {
  return writeInstance([
    element(0x00080018, "UI", `1.2.840.113619.${number}`),
    element(0x00080060, "CS", "CT"),
    element(0x00081140, "SQ", [[element(0x00081155, "UI", `1.2.${number}.1`)]]),
    element(0x00200013, "IS", String(number)),
    element(0x00200032, "DS", `-1.5\\2.5\\${-number}`),
    element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
    element(0x00280002, "US", [1]),
    element(0x00280010, "US", [2]),
    element(0x00280011, "US", [2]),
    element(0x00280100, "US", [16]),
    element(0x00291010, "OB", new Uint8Array(300).fill(number)),
    element(0x7fe00010, "OW", new Uint8Array(0), { claimedLength: 8 }),
  ]);
}

Deno.test("thousands of instances are built, saved, loaded and found, and no header is held", async () => {
  const builder = new IndexBuilder();
  for (let i = 0; i < COUNT; i++) {
    // A stride that meets every number once, out of order.
    const bytes = makeObject(i * 1009 % COUNT);
    const result = parseHeader(bytes, { totalSize: bytes.length + 8 });
    if (!result.complete) throw new Error("the header is cut");
    const { header } = result;
    const url = `https://example.org/series/${i}.dcm`;
    builder.add(await toIndexedInstance({ url, header, size: bytes.length + 8, etag: `"${i}"` }));
    bytes.fill(0xff);
  }
  const file = await writeIndex(await builder.build(SERIES));
  const parquet = await ParquetFile.fromFile(new Blob([file as BlobPart]));
  assertEquals(parquet.metadata().numRowGroups(), Math.ceil(COUNT / 1000));
  parquet.free();

  const table = await readIndex(file);
  assertEquals([table.instanceCount, table.sliceCount, table.primaryAxis], [COUNT, COUNT, "Z"]);
  const hash = await crypto.subtle.digest("SHA-256", new Uint8Array(300).fill(7));
  for (let n = 0; n < COUNT; n++) {
    const { row, frame } = table.slice(sliceNumberAt(n / (COUNT - 1), COUNT));
    assertEquals([row, frame, table.slicePosition(n)], [n, null, -n]);
  }
  for (const n of [0, 7, 999, 1000, 2499, 2500, COUNT - 1]) {
    const row = table.row(n);
    assertEquals(row._index, n);
    assertEquals(row._etag, `"${String(row._data_url).match(/(\d+).dcm/)![1]}"`);
    assertEquals(row.SOPInstanceUID, `1.2.840.113619.${n}`);
    assertEquals(row.Modality, "CT");
    assertEquals(row.ImagePositionPatient, [-1.5, 2.5, -n]);
    assertEquals(row.Rows, 2);
    assertEquals(
      row.ReferencedImageSequence,
      JSON.stringify([{ "00081155": { vr: "UI", Value: [`1.2.${n}.1`] } }]),
    );
    if (n === 7) assertEquals(row["00291010_Hash"], new Uint8Array(hash).toHex());
  }
});

Deno.test("reading some columns reads their bytes and not those of the others", async () => {
  const noise = (i: number, k: number) => Math.sin(i * 97 + k).toString();
  const bytes = await writeIndex(
    await build(Array.from({ length: 300 }, (_, i) =>
      makeInstance(
        `https://example.org/${i}`,
        Array.from({ length: 40 }, (_, k) => ({
          ...makeAttribute("", [noise(i, k)]),
          keyword: `000910${k + 10}`,
          tag: 0x00091010 + k,
        })),
      ))),
  );
  let read = 0;
  class CountingBytes extends Uint8Array<ArrayBuffer> {
    override slice(start = 0, end = this.length): Uint8Array<ArrayBuffer> {
      read += end - start;
      return new Uint8Array(this.buffer.slice(start, end));
    }
  }
  const readBytes = async (columns: readonly string[]) => {
    read = 0;
    const table = await readIndex(new CountingBytes(bytes.slice().buffer), { columns });
    return { read, columns: table.fields.length };
  };
  const names = (await readIndex(bytes)).fields.map(({ name }) => name);
  const all = await readBytes(names);
  assertEquals(all.columns, names.length);
  assertGreater(all.read, 0.8 * bytes.length);
  const some = await readBytes(["_data_url", "00091012"]);
  assertEquals(some.columns, 10);
  assertLess(some.read, 0.25 * bytes.length);
});

/** The columns of an index, with a call for each cell that is read, those of lists included. */
function counted(columns: IndexColumns, count: () => void): IndexColumns {
  const counting = <T>(value: T): T => {
    if (Array.isArray(value)) value.forEach(count);
    count();
    return value;
  };
  return {
    ...{ rowCount: columns.rowCount, fields: columns.fields, table: columns.table },
    toTable: () => columns.toTable(),
    column(name) {
      const column = columns.column(name);
      return column && {
        get: (row) => counting(column.get(row)),
        list(row) {
          const list = counting(column.list(row));
          return list && { length: list.length, at: (index) => counting(list.at(index)) };
        },
      };
    },
  };
}

/** How many cells it takes to find ten slices of a loaded index, the first of which opens an instance. */
async function countCells(instances: readonly IndexedInstance[]): Promise<number> {
  const { columns, metadata } = await readIndex(await writeIndex(await build(instances)));
  let cells = 0;
  const index = new SeriesTable(counted(columns, () => cells++), metadata);
  assertGreater(cells, instances.length - 1);
  cells = 0;
  for (let i = 0; i < 10; i++) {
    const n = sliceNumberAt(i / 9, index.sliceCount);
    const { row } = index.slice(n);
    index.value(row, "_data_url");
    index.slicePosition(n);
    index.sliceAxis(n);
  }
  return cells;
}

Deno.test("finding a slice reads as many cells in a short series as in a long one", async () => {
  const singles = (count: number) =>
    Array.from({ length: count }, (_, i) => makeAxial(`${i}`, i, i));
  const short = await countCells(singles(10));
  assertGreater(short, 0);
  assertEquals(await countCells(singles(1500)), short);

  const frames = (frameCount: number) => [makeInstance("object", [], {
    frameCount,
    frameGeometry: Array.from({ length: frameCount }, (_, z) => (
      { orientation: AXIAL, position: [0, 0, z % 7 * 100 + z] as const }
    )),
  })];
  const few = await countCells(frames(10));
  assertGreater(few, 0);
  assertEquals(await countCells(frames(1500)), few);
});

Deno.test("a file can be read twice at once, and is left as it was", async () => {
  const bytes = await writeIndex(await build([makeAxial("a", 0, 1)]));
  const before = bytes.slice();
  const pending = Promise.all([readIndex(bytes), readIndex(bytes)]);
  assertEquals(bytes, before);
  assertEquals((await pending).map((table) => table.sliceCount), [1, 1]);
  assertEquals(bytes, before);
});

Deno.test("writing stops between two groups of rows when it is aborted", async () => {
  const table = await build(Array.from({ length: 2100 }, (_, i) => makeAxial(`${i}`, i, i)));
  const abort = new AbortController();
  let read = 0;
  const columns = counted(table.columns, () => {
    if (++read === 1200) abort.abort(new Error("stop"));
  });
  const watched = new SeriesTable(columns, table.metadata);
  // Counting slices has read some.
  read = 0;
  await assertRejects(() => writeIndex(watched, { signal: abort.signal }), Error, "stop");
  assertEquals(read < 2 * columns.fields.length * 1000, true);
});
