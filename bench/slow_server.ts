/**
 * Reads the headers of series from a server, in a process of its own, that answers each request
 * after 50 ms:
 *
 * `deno run -A bench/slow_server.ts [--json] [--latency MS] [--runs N]`
 *
 * Prints a table of how long that took from the first request to the last reply, as the server saw
 * it, against the ideal: instances ÷ concurrency × latency. Beside it stands what plain `fetch` gets
 * that is told how much to ask for, in turns with it, one request an instance and nothing parsed: no
 * more of the ideal is to be had where it runs. Each figure is the median of the runs.
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "@std/cli";
import { HttpStore } from "../retriever/http_store.ts";
import { readHeaders } from "../retriever/read_headers.ts";
import { printTables, type ReportTable } from "./report_table.ts";
import { type SlowFigures, SlowProcess } from "./slow_process.ts";

/** What is measured: instances, bytes of a header, reads under way at once. */
const cases: readonly (readonly [count: number, headerBytes: number, concurrency: number])[] = [
  [500, 9_000, 32],
  [100, 9_000, 32],
  [2000, 9_000, 32],
  [500, 2_000, 32],
  [500, 65_000, 32],
  [2000, 2_000, 32],
  [2000, 65_000, 32],
  [500, 9_000, 8],
  [500, 9_000, 64],
  [2000, 9_000, 64],
];

if (import.meta.main) {
  const { latency, runs } = parseArgs(Deno.args, {
    string: ["latency", "runs"],
    default: { latency: "50", runs: "5" },
  });
  printTables([await measureAll(Number(latency), Number(runs))], Deno.args);
}

async function measureAll(latency: number, runs: number): Promise<ReportTable> {
  const rows = [];
  for (const [count, headerBytes, concurrency] of cases) {
    await using server = await SlowProcess.start(latency, headerBytes, count);
    const keys = Array.from({ length: count }, (_, i) => `${String(i).padStart(6, "0")}.dcm`);
    const [own, bare]: [SlowFigures[], SlowFigures[]] = [[], []];
    let user = 0;
    for (let run = 0; run <= runs; run++) {
      const before = process.cpuUsage();
      await readAll(server, keys, concurrency);
      const { user: used } = process.cpuUsage(before);
      const figures = await server.figures();
      await fetchAll(server, keys, concurrency, headerBytes);
      const fetched = await server.figures();
      // The first run is for the compiler.
      if (run === 0) continue;
      own.push(figures);
      bare.push(fetched);
      user += used / 1000 / runs;
    }
    const { requests, most, milliseconds } = median(own);
    const ideal = count / concurrency * latency;
    rows.push({
      count,
      headerBytes,
      concurrency,
      requests,
      most,
      ideal,
      milliseconds,
      share: ideal / milliseconds,
      bare: ideal / median(bare).milliseconds,
      perRead: user / count,
    });
  }
  return {
    title: `Headers from a server that answers after ${latency} ms`,
    columns: [
      { key: "count", title: "instances" },
      { key: "headerBytes", title: "header, bytes" },
      { key: "concurrency", title: "concurrency" },
      { key: "requests", title: "requests" },
      { key: "most", title: "most at a time" },
      { key: "ideal", title: "ideal, ms" },
      { key: "milliseconds", title: "took, ms" },
      { key: "share", title: "of the ideal", digits: 2 },
      { key: "bare", title: "plain fetch", digits: 2 },
      { key: "perRead", title: "user CPU a header, ms", digits: 2 },
    ],
    rows,
  };
}

function median(figures: SlowFigures[]): SlowFigures {
  return figures.sort((a, b) => a.milliseconds - b.milliseconds)[figures.length >> 1]!;
}

async function readAll(
  server: SlowProcess,
  keys: readonly string[],
  concurrency: number,
): Promise<void> {
  const store = new HttpStore(server.url);
  for await (const { error } of readHeaders(store, keys, { concurrency })) if (error) throw error;
}

/** The least that the same bytes take. */
async function fetchAll(
  server: SlowProcess,
  keys: readonly string[],
  concurrency: number,
  headerBytes: number,
): Promise<void> {
  const headers = { range: `bytes=0-${Math.ceil(1.1 * headerBytes) - 1}` };
  let next = 0;
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (next < keys.length) {
      const reply = await fetch(server.url + keys[next++]!, { headers });
      await reply.arrayBuffer();
    }
  }));
}
