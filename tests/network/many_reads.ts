/**
 * Makes 10,000 reads through a proxy of which every fifth request goes wrong, in real time, and
 * counts what became of them: `deno task test:network [--count N] [--seed N]`.
 *
 * Exits with 1 where a read answered wrong bytes without an error, ended with an error that lacks
 * its address, range, tries or cause, or took longer than its deadline.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { parseArgs } from "@std/cli";
import { delay } from "../../runtime/delay.ts";
import { readAtRandom } from "../support/random_reads.ts";

/** Deadline and idle limit of a read, in milliseconds. */
const [TIMEOUT, IDLE_TIMEOUT] = [4000, 250];
/** How much later a timer may fire on a machine that has other things to do, in milliseconds. */
const LATENESS = 500;

if (import.meta.main) Deno.exit(await main(Deno.args));

async function main(args: readonly string[]): Promise<number> {
  const { count = "10000", seed = "1" } = parseArgs([...args], { string: ["count", "seed"] });
  const start = performance.now();
  const tally = await readAtRandom({
    count: Number(count),
    seed: Number(seed),
    concurrency: 32,
    timeout: TIMEOUT,
    idleTimeout: IDLE_TIMEOUT,
    time: {
      pass: (milliseconds) => delay(milliseconds),
      get passed() {
        return performance.now();
      },
    },
  });
  const { exact, refused, silent, untyped, longest, requests, faults, retries } = tally;
  const seconds = (performance.now() - start) / 1000;
  const refusals = Object.values(refused).reduce((sum, each) => sum + each, 0);
  const unaccounted = Number(count) - exact - refusals - silent.length - untyped.length;
  console.log(`seed ${seed}: ${count} reads in ${seconds.toFixed(1)} s`);
  console.log(`${requests} requests, ${faults} of them faults; ${retries} retries`);
  console.log(`${exact} exact; refused: ${JSON.stringify(refused)}`);
  console.log(`${silent.length} silent, ${untyped.length} untyped, ${unaccounted} unaccounted for`);
  console.log(`longest ${longest.toFixed()} ms, of a deadline of ${TIMEOUT} ms`);
  for (const fault of [...silent, ...untyped]) console.log(fault);
  const isLate = longest > TIMEOUT + LATENESS;
  return silent.length + untyped.length + unaccounted > 0 || isLate ? 1 : 0;
}
