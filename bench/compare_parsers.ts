/**
 * Compares reading a header with dcmjs and with dicom-parser, over headers of four sizes and, where
 * they are there, real ones of `../shared/data`. Prints Markdown, microseconds and ratios; exits with
 * 1 where a limit is missed. With `--json` it prints the same as JSON.
 *
 * All ways read a header in turns, in rounds. What counts is the time of the processor, of all
 * threads, the best of a round and the median over the rounds: so what else the machine does makes
 * little difference. A ratio is the median of the rounds' own: how many times as much the other way
 * takes.
 *
 * Run with `deno run -A bench/compare_parsers.ts`.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import process from "node:process";
import { headerWays } from "./header_ways.ts";
import { printTables, type ReportTable } from "./report_table.ts";
import { realHeaders, type SampleHeader, sampleHeaders } from "./sample_headers.ts";

/** Two ways, and how many times as long the other one must take. */
interface Comparison {
  readonly title: string;
  readonly ours: string;
  readonly other: string;
  /** The limit for a header of 4.5 KB. */
  readonly short: number;
  /** The limit for all longer ones that are made. */
  readonly long: number;
}

const comparisons: readonly Comparison[] = [
  { title: "dcmjs ÷ parse", ours: "parseHeader", other: "dcmjs", short: 10, long: 10 },
  { title: "dcmjs ÷ read all", ours: "readAttributes", other: "dcmjs", short: 3, long: 1 },
  {
    title: "dicom-parser ÷ parse",
    ours: "parseHeader",
    other: "dicom-parser",
    short: 1.5,
    long: 1,
  },
  {
    title: "dicom-parser with values ÷ read all",
    ours: "readAttributes",
    other: "dicom-parser, all values",
    short: 1.5,
    long: 1,
  },
];

const rounds = 11;
const runsOfRound = 4;
/** Microseconds of a run of one way in a round, about. */
const runLength = 8000;
/** Bytes of headers that a way reads before it counts: its first runs are of code that is not compiled. */
const warmUpBytes = 4_000_000;

const names = [...headerWays.keys()];
/** Microseconds of ways, in the order of their names. */
type Times = number[];

if (import.meta.main) Deno.exit(await compareParsers(Deno.args) ? 0 : 1);

async function compareParsers(words: readonly string[]): Promise<boolean> {
  const missed: string[] = [];
  const made = sampleHeaders();
  const times: ReportTable["rows"][number][] = [];
  const ratios: ReportTable["rows"][number][] = [];
  for (const header of [...made, ...realHeaders()]) {
    const measured = await measure(header);
    const what = { header: header.name, bytes: header.bytes.length };
    times.push({
      ...what,
      ...Object.fromEntries(names.map((name, i) => [name, measured.times[i]!])),
    });
    const entries = comparisons.map(({ title }, i) => [title, measured.ratios[i]!]);
    ratios.push({ ...what, ...Object.fromEntries(entries) });
    if (!made.includes(header)) continue;
    comparisons.forEach(({ title, short, long }, i) => {
      const limit = header === made[0] ? short : long;
      const ratio = measured.ratios[i]!;
      if (!(ratio >= limit)) missed.push(`${header.name}: ${title} is ${ratio}, below ${limit}`);
    });
  }
  const first = [{ key: "header", title: "header" }, { key: "bytes", title: "bytes" }];
  const columns = (keys: readonly string[]) => [
    ...first,
    ...keys.map((key) => ({ key, title: key, digits: 1 })),
  ];
  printTables([
    { title: "Microseconds", columns: columns(names), rows: times },
    { title: "Ratios", columns: columns(comparisons.map(({ title }) => title)), rows: ratios },
  ], words);
  for (const line of missed) console.error(line);
  return missed.length === 0;
}

async function measure(header: SampleHeader): Promise<{ times: Times; ratios: number[] }> {
  const counts: number[] = [];
  for (const name of names) {
    await run(name, header, Math.ceil(warmUpBytes / header.bytes.length));
    const each = await run(name, header, 10);
    counts.push(Math.max(1, Math.round(runLength / each)));
  }
  const all: Times[] = [];
  for (let round = 0; round < rounds; round++) {
    const best: Times = names.map(() => Infinity);
    for (let i = 0; i < runsOfRound; i++) {
      for (const [way, name] of names.entries()) {
        best[way] = Math.min(best[way]!, await run(name, header, counts[way]!));
      }
    }
    all.push(best);
  }
  const timeOf = (times: Times, name: string) => times[names.indexOf(name)]!;
  return {
    times: names.map((_, way) => median(all.map((times) => times[way]!))),
    ratios: comparisons.map(({ ours, other }) =>
      median(all.map((times) => timeOf(times, other) / timeOf(times, ours)))
    ),
  };
}

/** The microseconds of the processor that a way takes for a header, over so many times. */
async function run(name: string, header: SampleHeader, count: number): Promise<number> {
  const way = headerWays.get(name)!;
  const start = process.cpuUsage();
  for (let i = 0; i < count; i++) {
    const answer = way(header);
    if (answer instanceof Promise) await answer;
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / count;
}

/** The middle of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
