/**
 * Feeds all that reads others' data with damaged input: every codec, and the header
 * reader. Each has a process of its own with a watchdog; what fails otherwise than
 * with a typed error, takes too long, hangs, dies, spoils what is read after it, or
 * takes memory without bound is named with the command that repeats it.
 *
 * `deno task fuzz [TARGET…] [--count N] [--seed N] [--run N]`
 *
 * Without names all targets have their turn, and without `--count` each takes as many
 * inputs as it is set to. `--run` repeats one. Real data from ../shared/data is damaged
 * too where it is there. Exits with 1 if there was a fault.
 *
 * @module
 */

import { parseArgs } from "@std/cli";
import { fuzzTargets } from "./fuzz_targets.ts";
import { supervise } from "./supervise.ts";

const mebibyte = 2 ** 20;

if (import.meta.main) Deno.exit(await main(Deno.args));

async function main(args: readonly string[]): Promise<number> {
  const { _: words, ...options } = parseArgs([...args], { string: ["count", "seed", "run"] });
  const { seed = "1", run, count = run === undefined ? undefined : "1" } = options;
  const names = words.length > 0 ? words.map(String) : [...fuzzTargets.keys()];
  const unknown = names.filter((name) => !fuzzTargets.has(name));
  const numbers = [seed, run ?? "0", count ?? "1"].every((text) => /^\d+$/.test(text));
  if (unknown.length > 0 || !numbers) {
    await print(`no such target or number: ${unknown.join(", ")}`);
    await print(`deno task fuzz [TARGET…] [--count N] [--seed N] [--run N], of the targets:`);
    await print([...fuzzTargets.keys()].join(", "));
    return 2;
  }
  await print(`seed ${seed}\n`);
  await print("| target | inputs | read | refused | longest, ms | peak RSS, MiB | grown by, MiB |");
  await print("| ------ | -----: | ---: | ------: | ----------: | ------------: | ------------: |");
  const faults: string[] = [];
  for (const name of names) {
    faults.push(...await fuzzTarget(name, Number(seed), Number(run ?? 0), count));
  }
  for (const fault of faults) await print(`\n${fault}`);
  return faults.length > 0 ? 1 : 0;
}

/** Runs a target, prints its row of the table, and answers its faults. */
async function fuzzTarget(
  name: string,
  seed: number,
  from: number,
  givenCount: string | undefined,
): Promise<string[]> {
  const target = fuzzTargets.get(name)!;
  const { decoded, refused, longest, firstMemory, mostMemory, faults } = await supervise({
    targets: new URL("fuzz_targets.ts", import.meta.url).href,
    name,
    seed,
    from,
    count: Number(givenCount ?? target.count),
    mostSilence: 2 * target.mostMilliseconds,
  });
  const growth = mostMemory - firstMemory;
  const cells = [
    ...[name, decoded + refused, decoded, refused, longest.toFixed()],
    ...[(mostMemory / mebibyte).toFixed(), (growth / mebibyte).toFixed()],
  ];
  await print(`| ${cells.join(" | ")} |`);
  const told = faults.map(({ run, what }) => {
    const again = `deno task fuzz ${name} --seed ${seed}${run === null ? "" : ` --run ${run}`}`;
    return `FAULT ${name}: ${what}\nagain: ${again}`;
  });
  if (growth > target.mostGrowth) {
    told.push(`FAULT ${name}: its memory grew by more than ${target.mostGrowth / mebibyte} MiB`);
  }
  return told;
}

async function print(line: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
}
