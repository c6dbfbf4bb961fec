import {
  assert,
  assertEquals,
  assertGreaterOrEqual,
  assertLessOrEqual,
  assertStringIncludes,
} from "@std/assert";
import { commands } from "../../cli/commands.ts";
import { checkWords } from "../support/check_words.ts";
import { readShellCalls, wordsOfTool } from "../support/shell_calls.ts";
import { runCli } from "./run_cli.ts";

/** What a call prints, whose lines must fit a terminal. */
async function helpOf(...words: string[]): Promise<string> {
  const { status, stdout, stderr } = await runCli(words);
  const help = new TextDecoder().decode(stdout);
  assertEquals([status, stderr], [0, []]);
  for (const line of help.split("\n")) assertLessOrEqual(line.length, 80, line);
  return help;
}

Deno.test("the help fits a terminal, and names every command", async () => {
  const help = await helpOf("--help");
  for (const { name, summary } of commands) assertStringIncludes(help, `  ${name} `, summary);
  assertEquals(await helpOf("help"), help);
});

for (const { name, options, examples } of commands) {
  Deno.test(`the help of ${name} fits a terminal, names its options and shows it at work`, async () => {
    const help = await helpOf(name, "--help");
    assertEquals(await helpOf("help", name), help);
    for (const option of options) assertStringIncludes(help, `--${option.name}`);
    assertGreaterOrEqual(examples.length, 2);
    for (const example of examples) {
      assertStringIncludes(help, example);
      const calls = readShellCalls(example).flatMap((call) => {
        const words = wordsOfTool(call);
        return words === null ? [] : [words];
      });
      assert(calls.some(([command]) => command === name), example);
      calls.forEach(checkWords);
    }
    const shorts = options.flatMap(({ short }) => short ?? []);
    assertEquals(new Set(shorts).size, shorts.length);
  });
}
