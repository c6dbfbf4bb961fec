/**
 * Does to the cache what happens to caches: programs are killed while they build, files are damaged,
 * and several programs want the same index at once. Not one torn or wrong index may be taken, and
 * nothing may be left behind.
 *
 * `deno task test:faults [kills|damage|races…] [--count N] [--seed N]`
 *
 * Without names all have their turn, and without `--count` there are 500 kills, 5,000 damaged files and
 * 25 races. Exits with 1 if there was a fault.
 *
 * @module
 */

import { parseArgs } from "@std/cli";
import { damageIndex } from "./damage_index.ts";
import { killBuilds } from "./kill_builds.ts";
import { raceBuilds } from "./race_builds.ts";

/** How often it is done, and by what random numbers. */
interface FaultOptions {
  readonly count: number | undefined;
  readonly seed: number;
}

/** What became of it, in a line, and what must not be. */
interface FaultReport {
  readonly line: string;
  readonly faults: readonly string[];
}

const kinds: Readonly<Record<string, (options: FaultOptions) => Promise<FaultReport>>> = {
  async kills({ count = 500, seed }) {
    const report = await killBuilds({ instances: 60, count, seed });
    const { kills, earlier, later, temporaries, locks, faults } = report;
    const line = `${kills} kills: ${earlier} left the earlier index, ${later} the new one; ` +
      `${temporaries} left a temporary file, ${locks} a lock file, all swept`;
    return { line, faults };
  },
  async damage({ count = 5000, seed }) {
    const { rebuilt, faults } = await damageIndex({ count, seed });
    const counts = Object.entries(rebuilt).map(([kind, count]) => `${count} ${kind}`);
    const total = Object.values(rebuilt).reduce((sum, count) => sum + count, 0);
    return { line: `${total} refused and built anew: ${counts.join(", ")}`, faults };
  },
  async races({ count = 25 }) {
    const { waited, faults } = await raceBuilds({ rounds: count });
    const line = `${count} races of four: one built, all had it; ${waited} waited for another one`;
    return { line, faults };
  },
};

if (import.meta.main) Deno.exit(await main(Deno.args));

async function main(args: readonly string[]): Promise<number> {
  const { _: words, seed = "1", count } = parseArgs([...args], { string: ["count", "seed"] });
  const names = words.length > 0 ? words.map(String) : Object.keys(kinds);
  const numbers = [seed, count ?? "1"].every((text) => /^\d+$/.test(text));
  if (!numbers || !names.every((name) => Object.hasOwn(kinds, name))) {
    await print(`deno task test:faults [${Object.keys(kinds).join("|")}…] [--count N] [--seed N]`);
    return 2;
  }
  await print(`seed ${seed}`);
  let faultCount = 0;
  for (const name of names) {
    const start = performance.now();
    const options = { count: count === undefined ? undefined : Number(count), seed: Number(seed) };
    const { line, faults } = await kinds[name]!(options);
    const seconds = Math.round((performance.now() - start) / 1000);
    await print(`${name}: ${faults.length} faults of ${line} (${seconds} s)`);
    for (const fault of faults) await print(`FAULT ${fault}`);
    faultCount += faults.length;
  }
  return faultCount > 0 ? 1 : 0;
}

async function print(line: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
}
