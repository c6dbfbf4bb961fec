import { InvalidIndexError, UsageError } from "@dicom/series-preview";
import type { Attribute } from "@dicom/series-preview/dicom";
import {
  IndexBuilder,
  type IndexedInstance,
  readIndex,
  SeriesTable,
  writeIndex,
} from "@dicom/series-preview/index-cache";
import { assertEquals, assertGreater, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { fromColumnsText, toMetadataPairs } from "../../index_cache/metadata_pairs.ts";
import { readPlainColumns } from "../../index_cache/read_plain_columns.ts";
import { sealIndex } from "../../index_cache/index_checksum.ts";
import { buildOddIndex } from "../support/odd_index.ts";
import {
  assertPlainReaderAgrees,
  assertSameCells,
  assertSameSlices,
} from "../support/plain_reader.ts";
import { AXIAL, makeAttribute, makeAxial, makeInstance } from "./support.ts";

const SERIES = { seriesUID: "series", address: "https://example.org/series" };

function fill(instances: readonly IndexedInstance[]): IndexBuilder {
  const builder = new IndexBuilder();
  for (const instance of instances) builder.add(instance);
  return builder;
}

/** An index built as plain columns, and the same as an Arrow table. */
async function buildBoth(
  instances: readonly IndexedInstance[],
): Promise<[SeriesTable, SeriesTable]> {
  const builder = fill(instances);
  const arrow = await builder.build(SERIES);
  return [await builder.build({ ...SERIES, plain: true }), arrow];
}

async function writtenOf(instances: readonly IndexedInstance[]): Promise<Uint8Array> {
  return await writeIndex(await fill(instances).build(SERIES));
}

function makePrivate(n: number, vr: string, values: Attribute["values"]): Attribute {
  const number = n.toString(16).toUpperCase().padStart(2, "0");
  return { keyword: `000910${number}`, tag: 0x00091000 + n, vr, single: false, values };
}

/** Values of every type of column: those at the ends of ranges, and those that are easily mixed up. */
const VALUES: Readonly<Record<string, fc.Arbitrary<string | number | bigint>>> = {
  LO: fc.oneof(fc.string({ unit: "grapheme", minLength: 1 }), fc.constantFrom("x\0y", " ", "0")),
  DS: fc.oneof(fc.double(), fc.constantFrom(-0, 0, NaN, 2 ** 53)),
  FL: fc.oneof(fc.float(), fc.constantFrom(-0, NaN)),
  IS: fc.oneof(fc.integer(), fc.constantFrom(-0, -(2 ** 31))),
  UL: fc.oneof(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.constant(2 ** 31)),
  SV: fc.oneof(
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    fc.constantFrom<number | bigint>(0n, -0, 7, 2n ** 53n, -(2n ** 53n) + 1n),
  ),
  UV: fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom<number | bigint>(0, 1)),
};

/** Instances with an attribute of each type and one whose types differ, each of one value or more. */
const instances = fc.array(
  fc.tuple(
    ...[...Object.keys(VALUES), null].map((vr, n) =>
      fc.option(
        (vr === null ? fc.constantFrom(...Object.keys(VALUES)) : fc.constant(vr)).chain((vr) =>
          fc.oneof(
            fc.tuple(VALUES[vr]!),
            fc.array(fc.option(VALUES[vr]!), { maxLength: 4 }),
          ).map((values) =>
            makePrivate(n, vr, values.length === 1 && values[0] === null ? [] : values)
          )
        ),
      )
    ),
  ),
  { maxLength: 8 },
).map((rows) =>
  rows.map((attributes, i) =>
    makeInstance(`${i}`, attributes.filter((each) => each !== null), {
      fileSize: i % 3 === 0 ? null : 2 ** 40 + i,
      etag: i % 2 === 0 ? null : `"${i}"`,
      frameCount: i % 4,
      frameOffsets: i % 4 === 2 ? [2 ** 41, 1] : null,
      frameGeometry: i % 4 === 3
        ? [3, 1, 2].map((z) => ({ orientation: AXIAL, position: [0, 0, z] as const }))
        : null,
    })
  )
);

Deno.test("plain columns give the values of Arrow's, of whatever goes in", async () => {
  let cells = 0;
  await fc.assert(
    fc.asyncProperty(instances, async (given) => {
      const [plain, arrow] = await buildBoth(given);
      assertSameCells(plain, arrow, arrow.fields.map(({ name }) => name));
      assertSameSlices(plain, arrow);
      assertEquals(plain.fields.map(({ name, metadata }) => [name, metadata]), [
        ...arrow.fields.map(({ name, metadata }) => [name, metadata]),
      ]);
      cells += await assertPlainReaderAgrees(await writeIndex(plain));
    }),
    { seed: 11, numRuns: 60 },
  );
  assertGreater(cells, 5000);
});

Deno.test("plain columns give the values of Arrow's in an index of odd ones, and in one without rows", async () => {
  await assertPlainReaderAgrees(await writeIndex(await buildOddIndex()));
  await assertPlainReaderAgrees(await writtenOf([]));
});

Deno.test("plain columns give the values of several row groups, and of texts that no dictionary holds", async () => {
  const noise = (i: number) => Array.from({ length: 40 }, (_, k) => Math.sin(i * 41 + k)).join(" ");
  const bytes = await writtenOf(Array.from({ length: 2600 }, (_, i) => ({
    ...makeAxial(`https://example.org/${i}`, i, i),
    attributes: [
      ...makeAxial("", i, i).attributes,
      makePrivate(1, "LT", [noise(i)]),
      makePrivate(2, "IS", i % 700 === 0 ? [] : [i % 5]),
      makePrivate(3, "DS", i % 3 === 0 ? [i, null, -i] : []),
    ],
  })));
  assertGreater(bytes.length, 1.5e6);
  await assertPlainReaderAgrees(bytes);
});

Deno.test("plain columns give the frames of objects that have thousands", async () => {
  const object = (url: string, frameCount: number) =>
    makeInstance(url, [makeAttribute("SOPInstanceUID", [`1.2.${frameCount}`])], {
      frameCount,
      frameGeometry: Array.from({ length: frameCount }, (_, z) => (
        { orientation: AXIAL, position: [0, 0, z % 7 * 1000 + z] as const }
      )),
      frameOffsets: Array.from({ length: frameCount }, (_, z) => 2 ** 33 + z * 1000),
      frameLengths: Array.from({ length: frameCount }, () => 1000),
    });
  await assertPlainReaderAgrees(
    await writtenOf([object("a", 9000), object("b", 3), object("c", 30)]),
  );
});

Deno.test("the Arrow table of some columns is made when it is asked for", async () => {
  const bytes = await writtenOf([makeAxial("a", 0, 1), makeAxial("b", 5, 2)]);
  const table = await readIndex(bytes, { columns: ["_data_url"] });
  assertThrows(() => table.table, UsageError, "loadTable");
  assertThrows(() => table.stack(0).table, UsageError, "loadTable");
  const signal = AbortSignal.abort(new Error("stop"));
  await assertRejects(() => table.loadTable({ signal }), Error, "stop");
  const [made, again] = await Promise.all([table.loadTable(), table.stack(0).loadTable()]);
  assertEquals(made === again, true);
  assertEquals(table.table === made, true);
  assertEquals(made.getChild("_data_url")!.toArray(), ["b", "a"]);
});

Deno.test("a builder hands its instances over to plain columns, and begins anew", async () => {
  const builder = fill([makeAxial("a", 0, 1), makeAxial("b", 5, 2)]);
  const plain = await builder.build({ ...SERIES, plain: true });
  assertThrows(() => plain.table, UsageError, "loadTable");
  assertEquals(builder.instanceCount, 0);
  builder.add(makeInstance("c", [makeAttribute("ImagePositionPatient", ["no", "number"])]));
  assertEquals([plain.instanceCount, plain.value(0, "ImagePositionPatient")], [2, [0, 0, 5]]);
  assertEquals((await builder.build(SERIES)).instanceCount, 1);
  assertEquals((await plain.loadTable()).numRows, 2);
  assertEquals(IndexBuilder.from(plain).instanceCount, 2);
});

Deno.test("a column of a type that no index has is refused by its name", async () => {
  const { tableFromArrays, tableToIPC } = await import("apache-arrow");
  const parquet = await import("parquet-wasm/bundler");
  const { metadata } = await new IndexBuilder().build(SERIES);
  const properties = new parquet.WriterPropertiesBuilder()
    .setKeyValueMetadata(
      toMetadataPairs(metadata).set("columns", "{}").set("checksum_sha256", "0".repeat(64)),
    ).build();
  const ipc = tableToIPC(tableFromArrays({ _stack: [true, false] }), "stream");
  const bytes = parquet.writeParquet(parquet.Table.fromIPCStream(ipc), properties);
  await sealIndex(bytes);
  await assertRejects(
    () => readIndex(bytes, { columns: [] }),
    InvalidIndexError,
    "column _stack of type BOOLEAN",
  );
});

Deno.test("no damage behind the checksum escapes without a type", async () => {
  const bytes = await writeIndex(await buildOddIndex());
  let [random, refused] = [1, 0];
  for (let run = 0; run < 400; run++) {
    const damaged = bytes.slice();
    for (let i = 0; i < 3; i++) {
      random = Math.imul(random, 48271) >>> 0;
      damaged[random % damaged.length]! ^= 1 << (random >>> 8 & 7);
    }
    try {
      await sealIndex(damaged);
      const table = await readIndex(damaged, { columns: ["SliceLocation", "00091003"] });
      assertEquals(table.complete, false);
    } catch (error) {
      if (!(error instanceof InvalidIndexError)) throw error;
      refused++;
    }
  }
  assertGreater(refused, 100);
});

Deno.test("reading an aborted call's columns stops", async () => {
  const bytes = await writtenOf([makeAxial("a", 0, 1)]);
  const { metadata } = await readIndex(bytes);
  const signal = AbortSignal.abort(new Error("stop"));
  await assertRejects(
    () => readPlainColumns(bytes, () => metadata, new Set(["_stack"]), signal),
    Error,
    "stop",
  );
});

Deno.test("a byte order mark at the start of a text is kept, by tables of both kinds", async () => {
  const text = "\ufeffabc";
  const attributes = [makePrivate(1, "LT", [text]), makePrivate(2, "LO", ["a", text])];
  const [plain, arrow] = await buildBoth([makeInstance("a", attributes)]);
  const read = await readIndex(await writeIndex(await readIndex(await writeIndex(plain))));
  for (const table of [plain, arrow, read, await readIndex(await writeIndex(arrow))]) {
    assertEquals(table.value(0, "00091001"), text);
    assertEquals(table.value(0, "00091002"), ["a", text]);
  }
});

Deno.test("what is kept with columns is refused where it is missing or something else", async () => {
  const { metadata } = await new IndexBuilder().build(SERIES);
  for (const columns of [undefined, "[]", '"x"', "{", '{"Rows":"US"}', '{"Rows":{"tag":5}}']) {
    const pairs = toMetadataPairs(metadata);
    if (columns !== undefined) pairs.set("columns", columns);
    const read = () => fromColumnsText(pairs);
    assertThrows(read, columns === "{" ? SyntaxError : InvalidIndexError);
  }
  assertEquals(fromColumnsText(new Map([["columns", '{"__proto__":{"vr":"US"}}']])).size, 1);
});

Deno.test("text by a dictionary, as `tableFromArrays` makes it, is text", async () => {
  const { tableFromArrays } = await import("apache-arrow");
  const arrow = tableFromArrays({
    _stack: Uint32Array.of(0, 0),
    _frame_count: Uint32Array.of(1, 1),
    _data_url: ["a", "b"],
  });
  const { metadata } = await new IndexBuilder().build(SERIES);
  const table = new SeriesTable(arrow, metadata);
  assertEquals(table.fields.map(({ type }) => type), ["uint32", "uint32", "utf8"]);
  assertEquals((await readIndex(await writeIndex(table))).value(1, "_data_url"), "b");
});

Deno.test("there is nothing in rows that there are none of, in tables of both kinds", async () => {
  const attributes = [makePrivate(1, "LO", ["a", "b"])];
  const given = Array.from({ length: 1001 }, (_, i) => makeInstance(`${i}`, attributes));
  const [plain, arrow] = await buildBoth(given);
  const read = await readIndex(await writeIndex(plain));
  for (const table of [plain, arrow, read]) {
    for (const name of ["_data_url", "_index", "00091001"]) {
      for (const row of [-1, 1001, 5000]) {
        assertEquals(table.value(row, name), null, `${name} ${row}`);
      }
      assertEquals(table.value(1000, name) === null, false);
      assertEquals(table.value(0, name) === null, false);
    }
  }
});
