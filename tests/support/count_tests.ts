/** How many tests came to which end. */
export interface TestCounts {
  /** Tests that passed. */
  passed: number;
  /** Tests that failed, and 1 if the run failed without a test to blame. */
  failed: number;
  /** Tests that were told to be left out. */
  skipped: number;
}

const SUMMARY =
  /^(?:ok|FAILED) \| (\d+) passed(?: \([^)]*\))? \| (\d+) failed(?: \([^)]*\))?(?: \| (\d+) ignored)?/gm;

/** Reads the counts from the line that `deno test` ends in, given what it printed and its status. */
export function countTests(output: string, code: number): TestCounts {
  // deno-lint-ignore no-control-regex
  const plain = output.replace(/\u001b\[[\d;]*m/g, "");
  const [, passed = 0, failed = 0, skipped = 0] = [...plain.matchAll(SUMMARY)].at(-1) ?? [];
  const counts = { passed: Number(passed), failed: Number(failed), skipped: Number(skipped) };
  // A module that does not compile fails the run before there is a test to fail.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
