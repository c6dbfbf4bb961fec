import { assertEquals, assertStringIncludes } from "@std/assert";
import { commands } from "../../cli/commands.ts";
import { shells, valueSource } from "../../cli/completions/word_source.ts";
import { generalOptions } from "../../cli/general_options.ts";
import { runCli } from "./run_cli.ts";
import { temporaryFolder } from "./temporary_folder.ts";

async function completionsOf(shell: string): Promise<string> {
  const { status, stdout, stderr } = await runCli(["completions", shell]);
  assertEquals([status, stderr], [0, []]);
  return new TextDecoder().decode(stdout);
}

/** Whether a program is there that this test cannot bring along. */
async function hasProgram(name: string): Promise<boolean> {
  try {
    return (await new Deno.Command(name, { args: ["--version"] }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Runs a script in a shell; answers the lines that it prints. */
async function runShell(shell: string, script: string, cwd: string): Promise<string[]> {
  const args = shell === "bash" ? ["--norc", "-c", script] : ["--no-config", "-c", script];
  const { stdout, stderr } = await new Deno.Command(shell, { args, cwd }).output();
  assertEquals(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout).trimEnd().split("\n");
}

/** Words as bash splits them, the last one up to the cursor, and what it shall be completed to. */
const bashCalls: readonly (readonly [words: string, replies: string])[] = [
  ["mos", "mosaic"],
  ["con", "contrast-mosaic"],
  ["help clear", "clear-index"],
  ["completions ?", "bash zsh fish"],
  ["mosaic --shr", "--shrink-to-fit"],
  ["list --no", "--no-cache"],
  ["mosaic in -c l", "lung liver"],
  ["contrast-mosaic in -c lung --contrast med", "mediastinum"],
  ["mosaic in --contrast = em", "embedded"],
  ["headers in --format ?", "json jsonl parquet"],
  ["image in --stack a", "all"],
  ["mosaic dem", "demo:ct"],
  ["mosaic demo :", "ct"],
  ["mosaic demo : c", "ct"],
  ["mosaic d", "data demo:ct"],
  ["mosaic in ou", "out put.png"],
  ["mosaic -n 4 demo : ct ou", "out put.png"],
  ["mosaic in out.png d", ""],
  ["build-index a b c d", "data demo:ct"],
  ["header in -o ou", "out put.png"],
  ["build-index in -o d", "data"],
  ["build-index in --output ou", ""],
  ["mosaic in --cache-dir = da", "data"],
  ["mosaic in -n ?", ""],
];

Deno.test({
  name: "bash completes commands, options, values, files and demo:ct",
  ignore: !await hasProgram("bash"),
  async fn() {
    await using folder = await temporaryFolder();
    await Deno.mkdir(folder.join("data"));
    await Deno.writeTextFile(folder.join("out put.png"), "");
    const calls = bashCalls.map(([words]) => {
      const given = words.split(" ").map((word) => word === "?" ? "''" : word);
      return `COMP_WORDS=(series-preview ${given.join(" ")}); COMP_CWORD=${given.length}; ` +
        `_series_preview; echo "\${COMPREPLY[*]}"`;
    });
    const script = [await completionsOf("bash"), ...calls, "echo end"].join("\n");
    const replies = (await runShell("bash", script, folder.path)).slice(0, -1);
    assertEquals(
      bashCalls.map(([words], i) => [words, replies[i]]),
      bashCalls.map((call) => [...call]),
    );
  },
});

Deno.test({
  name: "fish completes commands, options, values, files and demo:ct",
  ignore: !await hasProgram("fish"),
  async fn() {
    await using folder = await temporaryFolder();
    await Deno.mkdir(folder.join("data"));
    const complete = async (line: string) => {
      const script = `${await completionsOf("fish")}\ncomplete -C '${line}'`;
      const lines = await runShell("fish", script, folder.path);
      return lines.map((each) => each.split("\t")[0]!).sort();
    };
    assertEquals(await complete("series-preview mos"), ["mosaic"]);
    assertEquals(await complete("series-preview mosaic d"), ["data/", "demo:ct"]);
    assertEquals(await complete("series-preview mosaic in -c l"), ["liver", "lung"]);
    assertEquals(await complete("series-preview mosaic in --cache-dir "), ["data/"]);
    assertEquals(await complete("series-preview headers in --format p"), ["parquet"]);
    assertEquals(await complete("series-preview list --no-c"), ["--no-cache"]);
  },
});

for (const shell of shells) {
  Deno.test(`the completions of ${shell} know every command and option`, async () => {
    const script = await completionsOf(shell);
    for (const { name, options } of commands) {
      assertStringIncludes(script, name);
      for (const option of options) {
        assertStringIncludes(script, shell === "fish" ? `-l ${option.name} ` : `--${option.name}`);
      }
    }
  });
}

Deno.test("no spelling of an option takes a value in one command and none in another", () => {
  const takesValue = new Map<string, boolean>();
  for (const option of [...commands.flatMap(({ options }) => options), ...generalOptions]) {
    const takes = valueSource(option) !== null;
    for (const spelling of [option.name, option.short ?? option.name]) {
      assertEquals(takesValue.get(spelling) ?? takes, takes, spelling);
      takesValue.set(spelling, takes);
    }
  }
});
