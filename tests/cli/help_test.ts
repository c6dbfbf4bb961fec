import { assert, assertEquals, assertLessOrEqual, assertStringIncludes } from "@std/assert";
import { commands } from "../../cli/commands.ts";
import { runCli } from "./run_cli.ts";

for (const { name, options, examples } of commands) {
  Deno.test(`the help of ${name} fits a terminal, names its options and shows it at work`, async () => {
    const { status, stdout, stderr } = await runCli([name, "--help"]);
    const help = new TextDecoder().decode(stdout);
    assertEquals([status, stderr], [0, []]);
    for (const line of help.split("\n")) assertLessOrEqual(line.length, 80, line);
    for (const option of options) assertStringIncludes(help, `--${option.name}`);
    assert(examples.length >= 2);
    for (const example of examples) {
      assertStringIncludes(help, example);
      assertStringIncludes(example, `series-preview ${name} `);
    }
    const shorts = options.flatMap(({ short }) => short ?? []);
    assertEquals(new Set(shorts).size, shorts.length);
  });
}
