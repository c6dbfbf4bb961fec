/**
 * Shows how requests, bytes and time grow with a series: making its index, and choosing from a kept
 * one the slices of a mosaic.
 *
 * `deno run -A bench/growth.ts [COUNT…] [--json]`
 *
 * Headers of 9 KB from a server in the same process, by whose log requests and bytes are counted.
 * Times are of the processor, so that other programs do not count, the server's included: medians of
 * five runs, of three where 1,000 instances are read, of one with more. They are set beside those of
 * 1,000 instances in the same run.
 *
 * @module
 */
import process from "node:process";
import { parseArgs } from "@std/cli";
import { MemoryIndexCache } from "../index_cache/memory_index_cache.ts";
import { SeriesIndex, type SeriesIndexOptions } from "../mod.ts";
import { startRangeServer } from "../tests/support/range_server.ts";
import { printTables, type ReportTable } from "./report_table.ts";
import { VariedSeries } from "./varied_series.ts";

const headerBytes = 9000;
const tiles = 9;
/** The row that the others are compared with. */
const reference = 1000;

interface Step {
  readonly step: string;
  readonly count: number;
  readonly requests: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

/** What a series of that many instances takes from listing to pictures. */
async function measure(count: number): Promise<Step[]> {
  const folder = "series/";
  const series = new VariedSeries({ count, headerBytes, folder });
  await using server = startRangeServer({ objects: series });
  const cache = new MemoryIndexCache();
  const open = (options: SeriesIndexOptions = {}) =>
    SeriesIndex.open(`s3://${server.bucket}/${folder}`, { cache, env: server.env, ...options });
  const steps: Step[] = [];
  const take = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const before = server.log.length;
    const start = process.cpuUsage();
    const result = await work();
    const { user, system } = process.cpuUsage(start);
    const milliseconds = (user + system) / 1000;
    const log = server.log.slice(before);
    const bytes = log.reduce((sum, request) => sum + request.bytes, 0);
    steps.push({ step, count, requests: log.length, bytes, milliseconds });
    return result;
  };
  await take("make the index", open);
  // As the commands that draw do.
  const index = await take("open the kept index", () => open({ imagingOnly: true }));
  if (index.source !== "hit") throw new Error("the index was not kept");
  const draw = () => index.renderMosaic({ samples: tiles });
  // The first mosaic of an index looks at its columns for the first time.
  await draw();
  await take(`choose and draw ${tiles} tiles`, draw);
  return steps;
}

/** The median run of each step. */
async function measureOften(count: number): Promise<Step[]> {
  const runs: Step[][] = [];
  const times = count < reference ? 5 : count === reference ? 3 : 1;
  while (runs.length < times) runs.push(await measure(count));
  return runs[0]!.map((_, step) => {
    const all = runs.map((run) => run[step]!).sort((a, b) => a.milliseconds - b.milliseconds);
    return all[times >> 1]!;
  });
}

function tableOf(all: readonly Step[]): ReportTable {
  const rows = all.map((row) => {
    const base = all.find(({ step, count }) => step === row.step && count === reference);
    const ratio = base === undefined ? null : row.milliseconds / base.milliseconds;
    return { ...row, ratio, each: ratio === null ? null : ratio * reference / row.count };
  });
  return {
    title: "How requests, bytes and time grow with a series",
    columns: [
      { key: "step", title: "step" },
      { key: "count", title: "instances" },
      { key: "requests", title: "requests" },
      { key: "bytes", title: "bytes" },
      { key: "milliseconds", title: "CPU, ms" },
      { key: "ratio", title: `time ÷ that of ${reference}`, digits: 2 },
      { key: "each", title: "the same an instance", digits: 2 },
    ],
    rows,
    plot: {
      name: "growth",
      title: `Time by the length of a series, ÷ that of ${reference} instances`,
      x: "count",
      y: "ratio",
      by: "step",
    },
  };
}

if (import.meta.main) {
  const { _: words } = parseArgs(Deno.args, { boolean: ["json"] });
  const counts = words.length > 0 ? words.map(Number) : [100, 1000, 10_000];
  // The first is for the compiler, and for what is loaded once.
  await measureOften(100);
  const all: Step[] = [];
  for (const count of counts) all.push(...await measureOften(count));
  const steps = [...new Set(all.map(({ step }) => step))];
  const sorted = steps.flatMap((step) => all.filter((each) => each.step === step));
  printTables([tableOf(sorted)], Deno.args);
}
