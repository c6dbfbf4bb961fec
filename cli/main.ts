import { UsageError } from "../errors.ts";
import { abortable } from "../runtime/abortable.ts";
import { delay } from "../runtime/delay.ts";
import config from "../deno.json" with { type: "json" };
import { checkCommandLine } from "./check_command_line.ts";
import type { Command } from "./command.ts";
import { Console } from "./console.ts";
import { type CliEnvironment, processEnvironment } from "./environment.ts";
import { ExitStatus } from "./exit_status.ts";
import { findCommand } from "./find_command.ts";
import { formatCommandHelp, formatMainHelp } from "./format_help.ts";
import { Interruption } from "./interruption.ts";
import { loadCommand } from "./load_command.ts";
import { nameOptions } from "./name_options.ts";
import type { OptionValues } from "./option.ts";
import { parseCommandLine } from "./parse_command_line.ts";
import { temporaryFiles } from "./temporary_files.ts";

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
  let console = new Console(environment, noOptions);
  let command: Command | undefined;
  const print = async (text: string) => {
    await environment.writeOut(new TextEncoder().encode(`${text}\n`));
    return ExitStatus.done;
  };
  try {
    const [name, ...rest] = askedForHelp(words);
    if (name === undefined) {
      environment.writeError(formatMainHelp());
      return ExitStatus.usage;
    }
    if (name === "--help") return await print(formatMainHelp());
    if (name === "--version") return await print(config.version);
    command = findCommand(name);
    const line = parseCommandLine(command, rest);
    const { operands, options } = line;
    console = new Console(environment, options);
    if (options.flag("version")) return await print(config.version);
    if (options.flag("help")) return await print(formatCommandHelp(command));
    checkCommandLine(command, line);
    const run = await loadCommand(command);
    const invocation = { command: command.name, operands, options, environment, console };
    return await unlessStopped(run(invocation), environment.signal);
  } catch (error) {
    if (error instanceof Interruption) {
      const done = console.done === "" ? "" : ` after ${console.done}`;
      console.stopped(`stopped by ${error.message}${done}`);
      return error.status;
    }
    if (!(error instanceof UsageError)) {
      console.error(error);
      return ExitStatus.refused;
    }
    console.error(error, (line) => nameOptions(line, command?.options ?? []));
    return ExitStatus.usage;
  }
}

const noOptions: OptionValues = {
  text: () => undefined,
  texts: () => [],
  number: () => undefined,
  flag: () => false,
};

/** Milliseconds that a run has to clean up after it was stopped; it takes a few, but for mistakes. */
const grace = 500;

/** Settles as a run does, or rejects with the signal's reason, once what the run has begun is cleaned up. */
async function unlessStopped(run: Promise<number>, signal?: AbortSignal): Promise<number> {
  try {
    return await abortable(run, signal);
  } catch (error) {
    if (!signal?.aborted) throw error;
    await Promise.race([run.catch(() => {/* it was to fail */}), delay(grace)]);
    temporaryFiles.removeAll();
    throw signal.reason;
  }
}

/** Turns the other ways to ask for help, `help COMMAND` and `-h`, into `--help`. */
function askedForHelp(words: readonly string[]): readonly string[] {
  const [first, second, ...rest] = words;
  if (first === "help") return second === undefined ? ["--help"] : [second, "--help"];
  if (first === "-h") return ["--help"];
  // By itself, -h cannot be meant as a height.
  return second === "-h" && rest.length === 0 ? [first!, "--help"] : words;
}
