import { fromFileUrl } from "@std/path";
import { sampleSeries } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";

/** What became of the programs. */
export interface RaceReport {
  /** Programs in a round that waited for another one, summed up over the rounds. */
  readonly waited: number;
  /** What must not be. */
  readonly faults: readonly string[];
}

/** Programs that want the same index. */
const programs = 4;

/**
 * Starts four programs at once that want the index of one series, round after round: one must build
 * it, all must have it, and nothing else may be left.
 */
export async function raceBuilds({ rounds }: { readonly rounds: number }): Promise<RaceReport> {
  await using folder = await temporaryFolder();
  const series = await folder.write("series", sampleSeries(60, { padding: 3000 }));
  const faults: string[] = [];
  let waited = 0;
  for (let round = 0; round < rounds; round++) {
    const cache = `cache${round}`;
    const call = ["build-index", series, "--cache-dir", folder.join(cache), "--json"];
    const results = await Promise.all(Array.from({ length: programs }, () => run(call)));
    for (const { code, said } of results) {
      if (code !== 0) faults.push(`round ${round}: status ${code}: ${said}`);
      if (said.includes("another program builds the index")) waited++;
    }
    const sources = results.map(({ source }) => source).sort().join(", ");
    if (sources !== "hit, hit, hit, miss") faults.push(`round ${round}: ${sources}`);
    const names = await folder.names(`${cache}/indices`);
    if (names.length !== 1) faults.push(`round ${round}: there are ${names.join(", ")}`);
  }
  return { waited, faults };
}

async function run(words: readonly string[]) {
  const cli = fromFileUrl(new URL("../../cli.ts", import.meta.url));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", cli, ...words],
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stderr);
  if (code !== 0) return { code, said, source: "none" };
  const { series } = JSON.parse(new TextDecoder().decode(stdout));
  return { code, said, source: String(series[0].cache) };
}
