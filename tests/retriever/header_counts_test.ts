import { assert, assertEquals, assertGreater, assertLess, assertLessOrEqual } from "@std/assert";
import { countHeaderReads, type HeaderReads } from "../../bench/count_header_reads.ts";
import { VariedSeries, type VariedSeriesOptions } from "../../bench/varied_series.ts";
import { element, writeInstance } from "../support/dicom_fixtures.ts";
import { startRangeServer } from "../support/range_server.ts";

/** What the bytes may be above those of the table: less than a change that would matter. */
const tolerance = 0.01;

/** Reads a generated series from a server. */
async function countOf(options: VariedSeriesOptions, listed: boolean): Promise<HeaderReads> {
  const series = new VariedSeries(options);
  await using server = startRangeServer({ objects: series });
  const reads = await countHeaderReads(server, { listed });
  assertEquals(reads.headerBytes, series.headerBytes);
  return reads;
}

/** Requests beside one an instance, and bytes for each of the headers' own. */
type Expected = readonly [more: number, bytes: number];

const table: readonly (readonly [
  headerBytes: number,
  count: number,
  native: Expected,
  unlisted: Expected,
  compressed: Expected,
])[] = [
  [2000, 20, [0, 1.104], [0, 1.185], [0, 1.185]],
  [9000, 20, [1, 1.049], [1, 1.128], [1, 1.128]],
  [65_000, 20, [3, 1.049], [3, 1.128], [3, 1.128]],
  [150_000, 20, [4, 1.04], [4, 1.119], [4, 1.119]],
  [2000, 100, [0, 1.026], [0, 1.123], [0, 1.123]],
  [9000, 100, [1, 1.028], [1, 1.126], [1, 1.126]],
  [65_000, 100, [2, 1.02], [2, 1.117], [2, 1.117]],
  [150_000, 100, [3, 1.026], [3, 1.12], [3, 1.12]],
];

for (const [headerBytes, count, native, unlisted, compressed] of table) {
  const kinds = [
    ["whose sizes are listed, two odd ones among them", native, true, { odd: 2 }],
    ["of which no size is listed", unlisted, false, { odd: 0 }],
    ["of compressed images", compressed, true, { odd: 0, compressed: true }],
  ] as const;
  for (const [which, [more, bytes], listed, options] of kinds) {
    Deno.test(`${count} headers of ${headerBytes} bytes ${which} take ${count} + ${more} requests`, async () => {
      const reads = await countOf({ headerBytes, count, ...options }, listed);
      assertEquals([reads.requests, reads.heads, reads.twice], [count + more, 0, 0]);
      assertLessOrEqual(more, 4);
      const ratio = reads.bytes / reads.headerBytes;
      assertLess(ratio, bytes + tolerance);
      assertLess(bytes + tolerance, 1.2);
      // A better ladder is to be written down.
      assertGreater(ratio, bytes - 2 * tolerance);
    });
  }
}

/** An instance without pixels. */
function structureSet(length: number): Uint8Array<ArrayBuffer> {
  const values = Array.from(
    { length: Math.ceil(length / 512) },
    (_, i) => element(0x00611000 + i, "UN", new Uint8Array(500)),
  );
  return writeInstance([
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.481.3"),
    element(0x00080060, "CS", "RTSTRUCT"),
    ...values,
  ]);
}

for (const [usual, more] of [[12_000, 2], [30_000, 4], [60_000, 4]] as const) {
  Deno.test(`20 structure sets of ${usual} bytes and more take 20 + ${more} requests`, async () => {
    const objects = new Map(
      Array.from(
        { length: 20 },
        (_, i) => [`${i + 10}`, structureSet(usual * (1 + i * 7 % 20 / 4))],
      ),
    );
    // The first is the shortest, and the longest has six times as many bytes.
    await using server = startRangeServer({ objects });
    const { requests, bytes, headerBytes, twice } = await countHeaderReads(server);
    assertEquals([requests, bytes, twice], [20 + more, headerBytes, 0]);
  });
}

const images = new VariedSeries({ count: 40, headerBytes: 3000 });

/** What the images of a series take that has other objects among them. */
async function countWith(
  others: Readonly<Record<string, Uint8Array>>,
): Promise<{ requests: number; bytes: number }> {
  const objects = new Map(Object.entries(others));
  for (const key of await images.keys()) {
    const { size, read } = (await images.open(key))!;
    objects.set(key, await read(0, size));
  }
  await using server = startRangeServer({ objects });
  await countHeaderReads(server);
  const log = server.log.filter(({ key }) => key !== null && !(key in others));
  return { requests: log.length, bytes: log.reduce((sum, { bytes }) => sum + bytes, 0) };
}

Deno.test("An odd object among the images spoils nothing for them", async () => {
  const alone = await countWith({});
  assertEquals(alone.requests, 40);
  const after = await countWith({ "000": structureSet(300_000) });
  assertEquals(after, alone);
  const between = await countWith({ "000020.dcm-": structureSet(300_000) });
  assertEquals(between.requests, alone.requests);
  assertLess(between.bytes, 1.01 * alone.bytes);
});

Deno.test("An object of hundreds of megabytes without pixels is left at the limit of headers", async () => {
  const start = structureSet(20_000);
  const size = 400e6;
  // What follows is one element after the other, none of which is long.
  const filler = structureSet(60_000).subarray(start.length);
  const giant = {
    size,
    etag: '"giant"',
    read(from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
      const bytes = new Uint8Array(to - from);
      bytes.set(start.subarray(from, to));
      const first = Math.max(0, start.length - from);
      for (let at = first; at < bytes.length; at++) {
        bytes[at] = filler[(from + at - start.length) % filler.length]!;
      }
      return Promise.resolve(bytes);
    },
  };
  const objects = {
    keys: async () => ["000", ...await images.keys()],
    open: (key: string) => key === "000" ? Promise.resolve(giant) : images.open(key),
  };
  await using server = startRangeServer({ objects });
  let error: unknown;
  try {
    await countHeaderReads(server);
  } catch (thrown) {
    error = thrown;
  }
  assert(error instanceof Error, "such a header is refused");
  const read = server.log.filter(({ key }) => key === "000");
  assertLess(read.reduce((sum, { bytes }) => sum + bytes, 0), 65 * 2 ** 20);
});
