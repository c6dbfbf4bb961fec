import { assertEquals, assertLess } from "@std/assert";
import { SeriesIndex } from "@dicom/series-preview";
import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
import { pixelBytes } from "../../bench/make_scanner_header.ts";
import { VariedSeries } from "../../bench/varied_series.ts";
import { startRangeServer } from "../support/range_server.ts";

Deno.test("An index of 100 instances is a listing and 101 ranges, and a mosaic of 36 from it 36 ranges", async () => {
  const folder = "series/";
  const series = new VariedSeries({ count: 100, headerBytes: 9000, folder });
  await using server = startRangeServer({ objects: series });
  const cache = new MemoryIndexCache();
  const open = () =>
    SeriesIndex.open(`s3://${server.bucket}/${folder}`, { cache, env: server.env });
  await open();
  const [listing, ...headers] = server.log;
  assertEquals([listing!.key, headers.length], [null, 101]);
  const fetched = headers.reduce((sum, { bytes }) => sum + bytes, 0);
  assertLess(fetched / series.headerBytes, 1.04);

  const before = server.log.length;
  const index = await open();
  assertEquals([index.source, server.log.length], ["hit", before]);
  const { failed } = await index.renderMosaic({ samples: 36 });
  assertEquals(failed, []);
  const tiles = server.log.slice(before);
  assertEquals(tiles.length, 36);
  assertEquals(new Set(tiles.map(({ key }) => key)).size, 36);
  for (const { method, key, range } of tiles) {
    const number = Number(key!.slice(folder.length, -4));
    const start = series.headerLength(number);
    assertEquals([method, range], ["GET", `bytes=${start}-${start + pixelBytes - 1}`]);
  }
});
