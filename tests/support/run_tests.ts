/**
 * Runs `deno test` with the arguments given, lets its output through, and closes with a line
 * `N passed, N failed` (and `, N skipped`, if any were) that needs no parser to be read.
 *
 * The exit status is that of `deno test`, or 1 if no test ran at all.
 *
 * @module
 */

import { countTests } from "./count_tests.ts";

if (import.meta.main) {
  Deno.exit(await runTests(Deno.args));
}

async function runTests(args: readonly string[]): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["test", ...args],
    env: Deno.stdout.isTerminal() ? { FORCE_COLOR: "1" } : {},
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const output: string[] = [];
  const decoder = new TextDecoder();
  for await (const chunk of child.stdout) {
    await Deno.stdout.write(chunk);
    output.push(decoder.decode(chunk, { stream: true }));
  }
  const { code } = await child.status;
  const { passed, failed, skipped } = countTests(output.join(""), code);
  const line = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  await Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
  return passed + failed === 0 ? code || 1 : code;
}
