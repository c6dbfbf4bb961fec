/**
 * Writes the figures of `bench/REPORT.md` anew: between its markers `<!-- run COMMAND -->` and
 * `<!-- end -->` comes what the command prints, and tables that tell how are plotted, too.
 *
 * `deno run -A bench/report.ts [WORD…]`
 *
 * runs all commands, one after the other, or those that one of the words is a part of. What they
 * print as `--json` is set as Markdown here; anything else is taken as it is. A command that fails
 * leaves its figures as they are, is named at the end, and makes the exit status 1.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { fromFileUrl } from "@std/path";
import { benchTables } from "./report/bench_table.ts";
import { describeMachine } from "./report/describe_machine.ts";
import { findBlocks } from "./report/find_blocks.ts";
import { plotTable } from "./report/plot_table.ts";
import { type ReportTable, toMarkdown } from "./report_table.ts";

const root = fromFileUrl(new URL("..", import.meta.url));
const file = new URL("REPORT.md", import.meta.url);

/** Runs a command of the report at the root of the project, and answers what stands in its place. */
async function runBlock(command: string): Promise<string> {
  if (command === "machine") return await describeMachine();
  const [program, ...args] = command.split(" ");
  const child = new Deno.Command(program === "deno" ? Deno.execPath() : program!, {
    args,
    cwd: root,
    env: { NO_COLOR: "1" },
    stderr: "inherit",
  });
  const { success, stdout } = await child.output();
  if (!success) throw new Error(`${command} failed`);
  const text = new TextDecoder().decode(stdout);
  if (!args.includes("--json")) return text;
  const parsed = JSON.parse(text);
  const tables: readonly ReportTable[] = args[0] === "bench" ? benchTables(parsed) : parsed;
  const parts = await Promise.all(tables.map(async (table) => {
    const plot = plotTable(table);
    if (plot === null) return toMarkdown(table);
    await Deno.writeTextFile(new URL(`plots/${plot.name}.svg`, import.meta.url), plot.svg);
    return `${toMarkdown(table)}\n\n![${plot.title}](plots/${plot.name}.svg)`;
  }));
  return `${parts.join("\n\n")}\n`;
}

const words = Deno.args;
const failed: string[] = [];
await Deno.mkdir(new URL("plots/", import.meta.url), { recursive: true });
const wanted = findBlocks(await Deno.readTextFile(file))
  .map(({ command }) => command)
  .filter((command) => words.length === 0 || words.some((word) => command.includes(word)));
for (const command of wanted) {
  console.error(`== ${command}`);
  try {
    const content = await runBlock(command);
    // Others may have written to it in the meantime.
    const report = await Deno.readTextFile(file);
    const block = findBlocks(report).find((block) => block.command === command)!;
    const written = `\n${content.trim()}\n\n`;
    await Deno.writeTextFile(
      file,
      report.slice(0, block.start) + written + report.slice(block.end),
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    failed.push(command);
  }
}
await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", fromFileUrl(file)] }).output();
if (failed.length > 0) {
  console.error(`\nfailed:\n${failed.join("\n")}`);
  Deno.exit(1);
}
