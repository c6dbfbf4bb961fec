import config from "../deno.json" with { type: "json" };
import { UsageError } from "../errors.ts";
import { abortable } from "../runtime/abortable.ts";
import { delay } from "../runtime/delay.ts";
import { checkCommandLine } from "./check_command_line.ts";
import type { Command } from "./command.ts";
import { Console } from "./console.ts";
import type { CliEnvironment } from "./environment.ts";
import { ExitStatus } from "./exit_status.ts";
import { findCommand } from "./find_command.ts";
import { formatCommandHelp } from "./format_help.ts";
import { Interruption } from "./interruption.ts";
import { loadCommand } from "./load_command.ts";
import { nameOptions } from "./name_options.ts";
import { parseCommandLine } from "./parse_command_line.ts";
import { printText } from "./print_text.ts";
import { temporaryFiles } from "./temporary_files.ts";

/**
 * Runs a command, and tells what goes wrong with it.
 *
 * @param name The command's name.
 * @param words The words after it.
 * @returns The exit status.
 */
export async function runCommandLine(
  name: string,
  words: readonly string[],
  environment: CliEnvironment,
): Promise<number> {
  let console = new Console(environment);
  let command: Command | undefined;
  try {
    command = findCommand(name);
    const line = parseCommandLine(command, words);
    const { operands, options } = line;
    console = new Console(environment, options);
    if (options.flag("version")) return await printText(config.version, environment);
    if (options.flag("help")) return await printText(formatCommandHelp(command), environment);
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
