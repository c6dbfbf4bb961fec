import { fixedLadder, learnedLadder, wholeObjects } from "./header_strategies.ts";
import { type SimulatedInstance, simulateHeaders } from "./simulate_headers.ts";
import { VariedSeries } from "./varied_series.ts";

/** What planning costs beside the network: a series is read, each request of which takes no time. */
const count = 1000;
const network = { latency: 0, bandwidth: Infinity, concurrency: 32 };

for (const headerBytes of [2000, 9000, 65_000, 150_000]) {
  const series = new VariedSeries({ count, headerBytes });
  const instances = Array.from({ length: count }, (_, number): SimulatedInstance => ({
    headerLength: series.headerLength(number),
    size: series.sizeOf(number),
  }));
  const group = `plan ${count} headers of ${headerBytes} bytes`;
  const ways = [
    () => learnedLadder(count, true),
    () => learnedLadder(count, false),
    fixedLadder,
    wholeObjects,
  ];
  for (const [i, start] of ways.entries()) {
    Deno.bench(start().name, { group, baseline: i === 0 }, () => {
      simulateHeaders(instances, start(), network);
    });
  }
}
