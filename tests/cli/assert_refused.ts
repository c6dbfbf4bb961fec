import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type CliResult, runCli, type RunCliOptions } from "./run_cli.ts";
import type { TemporaryFolder } from "./temporary_folder.ts";

/** All that is in a folder, folders in it included. */
async function everything(folder: TemporaryFolder, below = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder.join(below))) {
    found.push(`${below}${name}`);
    if (isDirectory) found.push(...await everything(folder, `${below}${name}/`));
  }
  return found.sort();
}

/** Makes sure that a call is refused in one line, and leaves nothing behind. */
export async function assertRefused(
  folder: TemporaryFolder,
  words: readonly string[],
  expected: { readonly status: number; readonly says: string | RegExp },
  options: RunCliOptions = {},
): Promise<CliResult> {
  const before = await everything(folder);
  const result = await runCli(words, options);
  const call = words.join(" ");
  assertEquals(
    [result.status, result.stderr.length],
    [expected.status, 1],
    `${call}: ${result.stderr}`,
  );
  const [line] = result.stderr;
  if (expected.says instanceof RegExp) assertMatch(line!, expected.says, call);
  else assertStringIncludes(line!, expected.says, call);
  assertMatch(line!, /^error: [^\n]+$/, call);
  assertEquals(result.stdout.length, 0, call);
  assertEquals(await everything(folder), before, call);
  return result;
}
