import { InvalidIndexError, UsageError } from "../../errors.ts";
import {
  IndexBuilder,
  readIndex,
  SeriesTable,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { makeAxial } from "./support.ts";

const SERIES = { seriesUID: "series", address: "https://example.org/series" };

async function buildSmall(): Promise<SeriesTable> {
  const builder = new IndexBuilder();
  builder.add(makeAxial("https://example.org/series/1.dcm", 0, 1));
  builder.add(makeAxial("https://example.org/series/2.dcm", 5, 2));
  return await builder.build(SERIES);
}

/** Where the digits of the checksum are. */
function findChecksum(bytes: Uint8Array): number {
  const text = new TextDecoder("latin1").decode(bytes);
  return text.indexOf("checksum_sha256") + "checksum_sha256".length + 2;
}

Deno.test("an index is a Parquet file", async () => {
  const bytes = await writeIndex(await buildSmall());
  const magic = (at: number) => new TextDecoder().decode(bytes.subarray(at, at + 4));
  assertEquals([magic(0), magic(bytes.length - 4)], ["PAR1", "PAR1"]);
});

Deno.test("an index cut anywhere is refused", async () => {
  const bytes = await writeIndex(await buildSmall());
  for (let length = 0; length < bytes.length; length += length < 64 ? 1 : 37) {
    await assertRejects(() => readIndex(bytes.subarray(0, length)), InvalidIndexError);
  }
  for (let cut = 1; cut < 128; cut++) {
    await assertRejects(() => readIndex(bytes.subarray(0, -cut)), InvalidIndexError);
    await assertRejects(() => readIndex(bytes.subarray(cut)), InvalidIndexError);
  }
  const longer = new Uint8Array(bytes.length + 1);
  longer.set(bytes);
  await assertRejects(() => readIndex(longer), InvalidIndexError);
});

Deno.test("an index of which any bit is flipped is refused", async () => {
  const bytes = await writeIndex(await buildSmall());
  const checksum = findChecksum(bytes);
  const places = new Set<number>();
  for (let at = 0; at < bytes.length; at += 101) places.add(at);
  // The checksum with its key, the footer's length and the magic number are the delicate parts.
  for (let at = checksum - 20; at < checksum + 66; at++) places.add(at);
  for (let at = bytes.length - 8; at < bytes.length; at++) places.add(at);
  for (const at of places) {
    for (let bit = 0; bit < 8; bit++) {
      const flipped = bytes.slice();
      flipped[at]! ^= 1 << bit;
      await assertRejects(() => readIndex(flipped), InvalidIndexError);
    }
  }
  assertEquals((await readIndex(bytes)).instanceCount, 2);
});

Deno.test("a checksum of zeros or of capital letters is refused", async () => {
  const bytes = await writeIndex(await buildSmall());
  const start = findChecksum(bytes);
  const digits = new TextDecoder().decode(bytes.subarray(start, start + 64));
  assert(/^[0-9a-f]{64}$/.test(digits));
  for (const other of ["0".repeat(64), digits.toUpperCase()]) {
    const changed = bytes.slice();
    changed.set(new TextEncoder().encode(other), start);
    await assertRejects(() => readIndex(changed), InvalidIndexError, "damaged");
  }
});

Deno.test("a file that another program wrote is refused", async () => {
  const other = new TextEncoder().encode(`PAR1${" ".repeat(100)}\x10\0\0\0PAR1`);
  await assertRejects(() => readIndex(other), InvalidIndexError, "another program");
  await assertRejects(() => readIndex(new Uint8Array()), InvalidIndexError);
});

Deno.test("an index of another series is refused", async () => {
  const bytes = await writeIndex(await buildSmall());
  await assertRejects(
    () => readIndex(bytes, { seriesUID: "other" }),
    InvalidIndexError,
    "the index is of series series, not other",
  );
  assertEquals((await readIndex(bytes, { seriesUID: "series" })).instanceCount, 2);
});

Deno.test("an index of another schema version is refused", async () => {
  const { table, metadata } = await buildSmall();
  const bytes = await writeIndex(new SeriesTable(table, { ...metadata, schemaVersion: 99 }));
  await assertRejects(() => readIndex(bytes), InvalidIndexError, "of schema 99");
});

Deno.test("the columns asked for are read, and those that slices are counted by", async () => {
  const bytes = await writeIndex(await buildSmall());
  const table = await readIndex(bytes, { columns: ["_data_url", "NoSuchColumn"] });
  assertEquals(table.complete, false);
  assertEquals(table.sliceCount, 2);
  assertEquals(table.positionRange, [0, 5]);
  assertEquals(table.fields.some(({ name }) => name === "InstanceNumber"), false);
  assertEquals(table.row(0, ["_data_url", "NoSuchColumn"]), {
    _data_url: "https://example.org/series/2.dcm",
    NoSuchColumn: null,
  });
  await assertRejects(() => writeIndex(table), UsageError, "whole index");
});

Deno.test("metadata of any text comes back as it was", async () => {
  const failed = [{ url: 'file:///a/"é\\\n山.dcm', error: "cut: 'x'\0" }];
  const table = await new IndexBuilder().build({ ...SERIES, address: "s3://ü/ ", failed });
  const read = await readIndex(await writeIndex(table));
  assertEquals(read.metadata, table.metadata);
  assertEquals(read.table.schema.metadata, table.table.schema.metadata);
});

Deno.test("an index without rows is written and read", async () => {
  const table = await readIndex(await writeIndex(await new IndexBuilder().build(SERIES)));
  assertEquals([table.instanceCount, table.sliceCount, table.stackCount], [0, 0, 0]);
  assertEquals(table.primaryAxis, "I");
  assertEquals(table.positionRange, null);
});

Deno.test("an aborted call neither reads nor writes", async () => {
  const table = await buildSmall();
  const signal = AbortSignal.abort(new Error("stop"));
  await assertRejects(() => writeIndex(table, { signal }), Error, "stop");
  const bytes = await writeIndex(table);
  await assertRejects(() => readIndex(bytes, { signal }), Error, "stop");
  await assertRejects(() => new IndexBuilder().build({ ...SERIES, signal }), Error, "stop");
});
