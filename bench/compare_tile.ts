/**
 * Checks that a native slice of 512×512 values of 16 bits becomes a windowed tile of
 * 256×256 within {@linkcode mostRatio} times what one plain loop takes.
 *
 * The two are run in turns, in rounds. The best of a round is a run that had its core
 * for itself, and the median over the rounds is what counts: so what else the machine
 * does makes no difference. Exits with 1 where the ratio is more.
 *
 * Run with `deno run -A bench/compare_tile.ts`.
 *
 * @module
 */

import { drawReferenceTile, drawTile } from "./draw_tile.ts";

const mostRatio = 1.5;
const rounds = 25;
const runsOfRound = 20;
/** Grey levels by which the two pictures may differ in the mean: their filters are not the same. */
const mostDifference = 3;

if (import.meta.main) Deno.exit(await compareTile() ? 0 : 1);

async function compareTile(): Promise<boolean> {
  const difference = meanDifference(await drawTile(), drawReferenceTile());
  // The first rounds run code that is not compiled yet for what it meets.
  for (let warmUp = 0; warmUp < 3; warmUp++) await runRound();
  const times: (readonly [number, number])[] = [];
  for (let round = 0; round < rounds; round++) times.push(await runRound());
  const ratio = median(times.map(([ours, reference]) => ours / reference));
  const ours = median(times.map(([ours]) => ours));
  const reference = median(times.map(([, reference]) => reference));
  const line = [
    `native 512² of 16 bits to a windowed tile of 256²: ${ours.toFixed(2)} ms`,
    `one plain loop: ${reference.toFixed(2)} ms`,
    `ratio ${ratio.toFixed(2)}, at most ${mostRatio}`,
    `the pictures differ by ${difference.toFixed(2)} in the mean, at most ${mostDifference}`,
  ].join("; ");
  await Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
  return ratio <= mostRatio && difference <= mostDifference;
}

/** The least milliseconds that the mosaic's way and the plain loop took in a round. */
async function runRound(): Promise<readonly [number, number]> {
  let ours = Infinity;
  let reference = Infinity;
  for (let run = 0; run < runsOfRound; run++) {
    const start = performance.now();
    drawReferenceTile();
    const between = performance.now();
    await drawTile();
    ours = Math.min(ours, performance.now() - between);
    reference = Math.min(reference, between - start);
  }
  return [ours, reference];
}

/** The middle of an odd number of values. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** How much two pictures differ in the mean. */
function meanDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const differences = Array.from(a, (value, i) => Math.abs(value - b[i]!));
  return differences.reduce((sum, each) => sum + each, 0) / differences.length;
}
