import config from "../deno.json" with { type: "json" };
import { type CliEnvironment, processEnvironment } from "./environment.ts";
import { ExitStatus } from "./exit_status.ts";
import { formatMainHelp } from "./format_help.ts";
import { printText } from "./print_text.ts";

/**
 * Runs the command line tool.
 *
 * @param words The words after the program's name.
 * @param environment Standard streams, environment variables and fetch; the process's own by default.
 * @returns The exit status: 0 done, 1 refused by the world, 2 wrong words, 3 done with failures,
 * 130 or 143 stopped by Ctrl-C or SIGTERM.
 *
 * @example
 * ```ts
 * import { main } from "@dicom/series-preview/cli";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(await main(["mosaic", "--help"]), 0);
 * ```
 */
export async function main(
  words: readonly string[],
  environment: CliEnvironment = processEnvironment,
): Promise<number> {
  const [name, ...rest] = askedForHelp(words);
  if (name === "--help") return await printText(formatMainHelp(), environment);
  if (name === "--version") return await printText(config.version, environment);
  if (name === undefined) {
    environment.writeError(formatMainHelp());
    return ExitStatus.usage;
  }
  // The answers above start faster without what this takes.
  const { runCommandLine } = await import("./run_command_line.ts");
  return await runCommandLine(name, rest, environment);
}

/** Turns the other ways to ask for help, `help COMMAND` and `-h`, into `--help`. */
function askedForHelp(words: readonly string[]): readonly string[] {
  const [first, second, ...rest] = words;
  if (first === "help") return second === undefined ? ["--help"] : [second, "--help"];
  if (first === "-h") return ["--help"];
  // By itself, -h cannot be meant as a height.
  return second === "-h" && rest.length === 0 ? [first!, "--help"] : words;
}
