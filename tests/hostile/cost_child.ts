/**
 * Draws the series of each class of hostile instances whose number is given, and prints for each
 * what the hostile instance cost at most, as a {@linkcode HostileCost} in a line of JSON: a program
 * of its own, since the memory of a process is told by its peak.
 *
 * @module
 */

import process from "node:process";
import { drawSeries, HOSTILE, sound } from "./draw_series.ts";
import { hostileSlices } from "./hostile_slices.ts";

/** What a hostile instance cost. */
export interface HostileCost {
  readonly number: number;
  /**
   * Milliseconds of the processor, of all threads: what a machine without anything else to do takes
   * at most. Drawing the three sound slices is among it, a few milliseconds.
   */
  readonly milliseconds: number;
  /** Most bytes that the process had so far. */
  readonly peak: number;
}

if (import.meta.main) await main(Deno.args.map(Number));

async function main(numbers: readonly number[]): Promise<void> {
  const { gc } = globalThis as { gc?: () => void };
  // What loading the program takes is no fault of an instance.
  await drawSeries(sound);
  for (const number of numbers) {
    const object = hostileSlices[number]!.make();
    gc?.();
    const before = processorTime();
    await drawSeries(new Map([...sound, [HOSTILE, object]]));
    const cost: HostileCost = { number, milliseconds: processorTime() - before, peak: peak() };
    await Deno.stdout.write(new TextEncoder().encode(`${JSON.stringify(cost)}\n`));
  }
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function peak(): number {
  const status = Deno.readTextFileSync("/proc/self/status");
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) * 1024;
}
