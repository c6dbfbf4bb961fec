import { assertEquals, assertLess } from "@std/assert";
import { countHeaderReads } from "../../bench/count_header_reads.ts";
import { VariedSeries } from "../../bench/varied_series.ts";
import { startRangeServer } from "../support/range_server.ts";

/** Instances of the series. */
const count = 1000;
/** What the bytes may be above those of the table. */
const tolerance = 0.01;

for (
  const [headerBytes, more, native, compressed] of [
    [2000, 0, 1.02, null],
    [9000, 0, 1.004, 1.108],
    [65_000, 1, 1.005, null],
    [150_000, 1, 1.002, null],
  ] as const
) {
  for (
    const [which, bytes, options] of [
      ["of images that are not compressed", native, { odd: 20 }],
      ["of compressed images", compressed, { odd: 0, compressed: true }],
    ] as const
  ) {
    if (bytes === null) continue;
    Deno.test(`1,000 headers of ${headerBytes} bytes ${which} take 1,000 + ${more} requests`, async () => {
      const series = new VariedSeries({ count, headerBytes, ...options });
      await using server = startRangeServer({ objects: series });
      const reads = await countHeaderReads(server);
      assertEquals([reads.requests, reads.heads, reads.twice], [count + more, 0, 0]);
      assertEquals(reads.headerBytes, series.headerBytes);
      assertLess(reads.bytes / reads.headerBytes, bytes + tolerance);
    });
  }
}
