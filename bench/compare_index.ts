/**
 * Compares how an index of 500 instances of 200 attributes is written and loaded with what
 * hyparquet-writer and hyparquet take for the same columns: in turns in one process, and at the
 * first call of a process of its own, the packages' import included. Exits with 1 where it takes
 * longer to load what a mosaic needs.
 *
 * Run with `deno run -A bench/compare_index.ts [--json]`.
 *
 * @module
 */

import { deserialize, serialize } from "node:v8";
import { SLICE_COLUMNS } from "../index_cache/series_columns.ts";
import { imagingColumns } from "../series_index/image_rows.ts";
import type { IndexArrays, IndexWay } from "./index_way.ts";
import { makeIndexArrays } from "./make_index_arrays.ts";
import { printTables } from "./report_table.ts";

const instanceCount = 500;
/** Loading what a mosaic needs may take so many times what hyparquet takes. */
const mostRatio = 1;
const rounds = 15;
/** The shorter a step, the more runs it takes for one to have its core for itself. */
const runsOfRound = { write: 5, loadSome: 25, loadAll: 8 } as const;
const processRounds = 7;

const steps = ["write", "loadSome", "loadAll"] as const;
type Step = (typeof steps)[number];
const titles: Readonly<Record<Step, string>> = {
  write: "write",
  loadSome: "load what a mosaic needs",
  loadAll: "load all",
};
const ways = ["own", "hyparquet"] as const;
type Way = (typeof ways)[number];

/** What a step takes of one way. */
interface Input {
  readonly index: IndexArrays;
  readonly columns: readonly string[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

if (Deno.args[0] === "--step") {
  const [, way, step, file] = Deno.args;
  await runFirstCall(way as Way, step as Step, file!);
} else if (import.meta.main) Deno.exit(await compareIndex() ? 0 : 1);

async function compareIndex(): Promise<boolean> {
  const index = await makeIndexArrays(instanceCount);
  const wanted = new Set([...SLICE_COLUMNS, ...imagingColumns]);
  const columns = index.sources.map(({ name }) => name).filter((name) => wanted.has(name));
  const indexWays = { own: await loadWay("own"), hyparquet: await loadWay("hyparquet") };
  const inputs = {
    own: { index, columns, bytes: await indexWays.own.write(index) },
    hyparquet: { index, columns, bytes: await indexWays.hyparquet.write(index) },
  };
  const warm = await mapSteps((step) => compareWarm(step, indexWays, inputs));
  const first = await mapSteps((step) => compareFirst(step, inputs));
  const toRow = (figures: Readonly<Record<Step, Figures>>) => (step: Step) => ({
    step: titles[step],
    ...figures[step],
  });
  const figureColumns = [
    { key: "step", title: "step" },
    { key: "own", title: "index", digits: 1, unit: " ms" },
    { key: "hyparquet", title: "hyparquet", digits: 1, unit: " ms" },
    { key: "ratio", title: "ratio", digits: 2 },
  ];
  const names = `${instanceCount} instances, ${index.sources.length} columns`;
  const sizes = ways.map((way) => `${(inputs[way].bytes.length / 1000).toFixed(0)} KB`);
  printTables([
    {
      title: `${names}, ${columns.length} of them for a mosaic; files of ${sizes.join(" and ")}`,
      columns: figureColumns,
      rows: steps.map(toRow(warm)),
    },
    {
      title: "The first call of a process, with the import of what it takes",
      columns: figureColumns,
      rows: steps.map(toRow(first)),
    },
  ], Deno.args);
  return warm.loadSome.ratio <= mostRatio;
}

/** Milliseconds of both ways, and the ratio of the own to the other. */
interface Figures {
  readonly own: number;
  readonly hyparquet: number;
  readonly ratio: number;
}

async function mapSteps(
  measure: (step: Step) => Promise<Figures>,
): Promise<Readonly<Record<Step, Figures>>> {
  const [write, loadSome, loadAll] = [
    await measure("write"),
    await measure("loadSome"),
    await measure("loadAll"),
  ];
  return { write, loadSome, loadAll };
}

/** The best of a round counts, and of the rounds the median: what else the machine does is in none. */
async function compareWarm(
  step: Step,
  indexWays: Readonly<Record<Way, IndexWay>>,
  inputs: Readonly<Record<Way, Input>>,
): Promise<Figures> {
  const times: (readonly [own: number, hyparquet: number])[] = [];
  for (let round = -3; round < rounds; round++) {
    const best: Record<Way, number> = { own: Infinity, hyparquet: Infinity };
    for (let run = 0; run < runsOfRound[step]; run++) {
      for (const way of ways) {
        const start = performance.now();
        await runStep(indexWays[way], step, inputs[way]);
        best[way] = Math.min(best[way], performance.now() - start);
      }
    }
    // The first rounds run code that is not compiled yet for what it meets.
    if (round >= 0) times.push([best.own, best.hyparquet]);
  }
  return summarize(times);
}

async function compareFirst(
  step: Step,
  inputs: Readonly<Record<Way, Input>>,
): Promise<Figures> {
  const file = await Deno.makeTempFile();
  try {
    const times: (readonly [own: number, hyparquet: number])[] = [];
    for (let round = 0; round < processRounds; round++) {
      const time: Record<Way, number> = { own: 0, hyparquet: 0 };
      for (const way of ways) {
        await Deno.writeFile(file, serialize(inputs[way]));
        time[way] = await measureFirstCall(way, step, file);
      }
      times.push([time.own, time.hyparquet]);
    }
    return summarize(times);
  } finally {
    await Deno.remove(file);
  }
}

async function measureFirstCall(way: Way, step: Step, file: string): Promise<number> {
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", import.meta.filename!, "--step", way, step, file],
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`the process of ${way} ${step} failed`);
  return Number(new TextDecoder().decode(stdout));
}

/** Runs in a process of its own; nothing that a way takes is loaded before the clock starts. */
async function runFirstCall(way: Way, step: Step, file: string): Promise<void> {
  const input: Input = deserialize(await Deno.readFile(file));
  const bytes = new Uint8Array(input.bytes);
  const start = performance.now();
  await runStep(await loadWay(way), step, { ...input, bytes });
  const milliseconds = performance.now() - start;
  await Deno.stdout.write(new TextEncoder().encode(`${milliseconds}\n`));
}

async function loadWay(way: Way): Promise<IndexWay> {
  const { indexWay } = way === "own"
    ? await import("./own_index_way.ts")
    : await import("./hyparquet_index_way.ts");
  return indexWay;
}

async function runStep(
  indexWay: IndexWay,
  step: Step,
  { index, columns, bytes }: Input,
): Promise<void> {
  const done = step === "write"
    ? (await indexWay.write(index)).length > 0
    : step === "loadSome"
    ? await indexWay.loadSome(bytes, columns) === index.rowCount
    : await indexWay.loadAll(bytes) === index.rowCount;
  if (!done) throw new Error(`${step} did not do its work`);
}

function summarize(times: readonly (readonly [own: number, hyparquet: number])[]): Figures {
  return {
    own: median(times.map(([own]) => own)),
    hyparquet: median(times.map(([, hyparquet]) => hyparquet)),
    ratio: median(times.map(([own, hyparquet]) => own / hyparquet)),
  };
}

/** The middle of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
