/**
 * Feeds one target with damaged input, and tells before each run what has become of
 * those before it, in a line of JSON; so that whoever watches knows the run in which
 * this process died or hung. The last line tells the end.
 *
 * @module
 */

import { fuzz, type FuzzReport } from "./fuzz.ts";
import { FuzzFault } from "./fuzz_fault.ts";
import type { FuzzTarget } from "./fuzz_target.ts";

/** What a child process is told to do. */
export interface ChildTask {
  /** Address of the module that exports the targets as `fuzzTargets`. */
  readonly targets: string;
  readonly name: string;
  readonly seed: number;
  readonly from: number;
  readonly count: number;
}

/** A line of a child process. */
export interface ChildLine {
  readonly state: "running" | "failed" | "done";
  /** The run that begins, or has failed; null at the end. */
  readonly run: number | null;
  /** What became of the runs before it. */
  readonly report: FuzzReport;
  /** How it failed. */
  readonly what?: string;
}

if (import.meta.main) {
  const { targets, name, ...options }: ChildTask = JSON.parse(Deno.args[0]!);
  const { fuzzTargets } = await import(targets) as {
    fuzzTargets: ReadonlyMap<string, FuzzTarget>;
  };
  let last: FuzzReport | undefined;
  const onRun = (run: number, report: FuzzReport) => {
    last = report;
    tell({ state: "running", run, report });
  };
  try {
    const report = await fuzz(fuzzTargets.get(name)!, { ...options, realData: true, onRun });
    tell({ state: "done", run: null, report });
  } catch (error) {
    if (!(error instanceof FuzzFault)) throw error;
    tell({ state: "failed", run: error.run, report: last!, what: error.message });
  }
}

/** Writes a line at once: the process may not live to do it later. */
function tell(line: ChildLine): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(line)}\n`);
  for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
}
