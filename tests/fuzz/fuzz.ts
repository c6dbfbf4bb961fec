import { seededRandom } from "../support/random.ts";
import { FuzzFault } from "./fuzz_fault.ts";
import type { FuzzTarget, PrepareOptions } from "./fuzz_target.ts";

/** Options of {@linkcode fuzz}. */
export interface FuzzOptions extends PrepareOptions {
  readonly seed: number;
  /** The first run; each is the same whatever runs went before it. */
  readonly from?: number;
  /** How many runs. */
  readonly count: number;
  /** Told before each run. */
  readonly onRun?: (run: number, report: FuzzReport) => void;
}

/** What became of damaged inputs. */
export interface FuzzReport {
  /** Inputs that were read all the same. */
  readonly decoded: number;
  /** Inputs that were refused with a typed error. */
  readonly refused: number;
  /** Milliseconds that the slowest took. */
  readonly longest: number;
  /** Bytes of memory that the process had when the first run began. */
  readonly firstMemory: number;
  /** Most bytes of memory that the process had after a run. */
  readonly mostMemory: number;
}

/**
 * Feeds a target with damaged inputs; after each, a sound one must read as before.
 *
 * @throws {FuzzFault} At the first run that fails otherwise than with a typed error, takes too long,
 * or spoils what is read after it.
 */
export async function fuzz(target: FuzzTarget, options: FuzzOptions): Promise<FuzzReport> {
  const { seed, from = 0, count, onRun } = options;
  const subject = await target.prepare(options);
  const firstMemory = Deno.memoryUsage().rss;
  const outcomes = { decoded: 0, refused: 0 };
  let longest = 0;
  let mostMemory = firstMemory;
  const report = () => ({ ...outcomes, longest, firstMemory, mostMemory });
  for (let run = from; run < from + count; run++) {
    onRun?.(run, report());
    const start = performance.now();
    try {
      const random = seededRandom(Math.imul(seed, 0x9e3779b1) ^ Math.imul(run + 1, 0x85ebca6b));
      outcomes[await subject.run(run, random)]++;
    } catch (cause) {
      throw new FuzzFault(run, "an untyped error or a wrong result", cause);
    }
    const milliseconds = performance.now() - start;
    longest = Math.max(longest, milliseconds);
    if (milliseconds > target.mostMilliseconds) {
      throw new FuzzFault(run, `it took ${milliseconds.toFixed()} ms`);
    }
    try {
      await subject.verify(run);
    } catch (cause) {
      throw new FuzzFault(run, "the decode of sound input is spoiled", cause);
    }
    mostMemory = Math.max(mostMemory, Deno.memoryUsage().rss);
  }
  return report();
}
