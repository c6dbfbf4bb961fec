import { assertEquals } from "@std/assert";
import { countTests, type TestCounts } from "./count_tests.ts";

const rows: [name: string, output: string, code: number, expected: TestCounts][] = [
  [
    "a run in which all passed",
    "ok | 12 passed | 0 failed (3s)\n",
    0,
    { passed: 12, failed: 0, skipped: 0 },
  ],
  [
    "failures, steps and tests left out",
    "FAILED | 2 passed (1 step) | 1 failed (3 steps) | 4 ignored (1 step) | 5 filtered out (16ms)\n",
    1,
    { passed: 2, failed: 1, skipped: 4 },
  ],
  [
    "a summary in colors",
    "\u001b[0m\u001b[32mok\u001b[0m | 7 passed | 0 failed \u001b[0m\u001b[38;5;245m(1s)\u001b[0m\n",
    0,
    { passed: 7, failed: 0, skipped: 0 },
  ],
  [
    "the last of what looks like a summary",
    "ok | 99 passed | 0 failed (3s)\nFAILED | 1 passed | 1 failed (3s)\n\nerror: Test failed\n",
    1,
    { passed: 1, failed: 1, skipped: 0 },
  ],
  ["a run that failed before any test", "", 1, { passed: 0, failed: 1, skipped: 0 }],
  [
    "a run that failed though every test passed",
    "ok | 3 passed | 0 failed (3s)\n",
    137,
    { passed: 3, failed: 1, skipped: 0 },
  ],
  ["a run without a test", "ok | 0 passed | 0 failed (3s)\n", 0, {
    passed: 0,
    failed: 0,
    skipped: 0,
  }],
];

for (const [name, output, code, expected] of rows) {
  Deno.test(`countTests counts ${name}`, () => assertEquals(countTests(output, code), expected));
}
