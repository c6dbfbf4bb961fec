/**
 * Compares ways to read the headers of a series by requests, bytes and time, in a network that
 * there is only in numbers:
 *
 * `deno run -A bench/plan_headers.ts [--json]`
 *
 * 32 requests at a time, each with the latency before its first byte, and 20 MB/s from then on.
 *
 * @module
 */
import { fixedLadder, learnedLadder, wholeObjects } from "./header_strategies.ts";
import { printTables, type ReportTable } from "./report_table.ts";
import { type SimulatedInstance, simulateHeaders } from "./simulate_headers.ts";
import { VariedSeries } from "./varied_series.ts";

const latencies = [5, 50, 200];
const network = { bandwidth: 20_000, concurrency: 32 };
const counts = [100, 1000];
const headerSizes = [2000, 9000, 65_000, 150_000];

function compare(count: number, headerBytes: number): ReportTable["rows"] {
  const series = new VariedSeries({ count, headerBytes });
  const instances = Array.from({ length: count }, (_, number): SimulatedInstance => ({
    headerLength: series.headerLength(number),
    size: series.sizeOf(number),
  }));
  const ways = [
    () => learnedLadder(count, true),
    () => learnedLadder(count, false),
    fixedLadder,
    wholeObjects,
  ];
  return ways.map((start) => {
    const runs = latencies.map((latency) =>
      simulateHeaders(instances, start(), { latency, ...network })
    );
    const times = latencies.map((latency, i) =>
      [`milliseconds${latency}`, runs[i]!.milliseconds] as const
    );
    return {
      count,
      headerBytes,
      way: start().name,
      // What is under way together differs with the latency, and so what is known of the others.
      requests: Math.max(...runs.map(({ requests }) => requests)),
      bytes: Math.max(...runs.map(({ bytes }) => bytes)) / series.headerBytes,
      ...Object.fromEntries(times),
    };
  });
}

if (import.meta.main) {
  const rows = counts.flatMap((count) =>
    headerSizes.flatMap((headerBytes) => compare(count, headerBytes))
  );
  printTables([{
    title: "Ways to read the headers of slices of 512 KB, in numbers",
    columns: [
      { key: "count", title: "instances" },
      { key: "headerBytes", title: "header, bytes" },
      { key: "way", title: "way" },
      { key: "requests", title: "requests" },
      { key: "bytes", title: "bytes ÷ headers", digits: 2 },
      ...latencies.map((latency) => ({
        key: `milliseconds${latency}`,
        title: `at ${latency} ms, ms`,
      })),
    ],
    rows,
  }], Deno.args);
}
