import { UsageError } from "../errors.ts";
import config from "../deno.json" with { type: "json" };
import type { Command } from "./command.ts";
import { commands } from "./commands.ts";
import { Console } from "./console.ts";
import { type CliEnvironment, processEnvironment } from "./environment.ts";
import { ExitStatus } from "./exit_status.ts";
import { formatCommandHelp, formatMainHelp } from "./format_help.ts";
import { nearestWord } from "./nearest_word.ts";
import type { OptionValues } from "./option.ts";
import { parseCommandLine } from "./parse_command_line.ts";

/**
 * Runs the command line tool.
 *
 * @param words The words after the program's name.
 * @param environment Standard streams, environment variables and fetch; the process's own by default.
 * @returns The exit status: 0 done, 1 refused by the world, 2 wrong words, 3 done with failures.
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
  let options: OptionValues = noOptions;
  const print = (text: string) => environment.writeOut(new TextEncoder().encode(`${text}\n`));
  try {
    const [name, ...rest] = askedForHelp(words);
    if (name === undefined) {
      environment.writeError(formatMainHelp());
      return ExitStatus.usage;
    }
    if (name === "--help") {
      await print(formatMainHelp());
      return ExitStatus.done;
    }
    if (name === "--version") {
      await print(config.version);
      return ExitStatus.done;
    }
    const command = findCommand(name);
    const line = parseCommandLine(command, rest);
    options = line.options;
    if (options.flag("version")) {
      await print(config.version);
      return ExitStatus.done;
    }
    if (options.flag("help")) {
      await print(formatCommandHelp(command));
      return ExitStatus.done;
    }
    checkOperands(command, line.operands);
    checkGeneralOptions(options);
    const run = await command.load();
    return await run({ command: command.name, operands: line.operands, options, environment });
  } catch (error) {
    new Console(environment, options).error(error);
    return error instanceof UsageError ? ExitStatus.usage : ExitStatus.refused;
  }
}

const noOptions: OptionValues = {
  text: () => undefined,
  texts: () => [],
  number: () => undefined,
  flag: () => false,
};

/** Turns the other ways to ask for help, `help COMMAND` and `-h`, into `--help`. */
function askedForHelp(words: readonly string[]): readonly string[] {
  const [first, second, ...rest] = words;
  if (first === "help") return second === undefined ? ["--help"] : [second, "--help"];
  if (first === "-h") return ["--help"];
  // By itself, -h cannot be meant as a height.
  return second === "-h" && rest.length === 0 ? [first!, "--help"] : words;
}

function findCommand(name: string): Command {
  const command = commands.find((each) => each.name === name);
  if (command !== undefined) return command;
  if (name.startsWith("-")) {
    throw new UsageError(
      `${name} comes before the command; write series-preview COMMAND SERIES [OUTPUT] [options]`,
    );
  }
  const nearest = nearestWord(name, commands.map((each) => each.name));
  throw new UsageError(
    `there is no command ${name}` +
      (nearest === null ? "; see series-preview --help" : `; did you mean ${nearest}?`),
  );
}

function checkOperands({ name, operands }: Command, given: readonly string[]): void {
  const usage = `usage: series-preview ${name} ${operands.join(" ")} [options]`;
  const needed = operands.filter((operand) => !operand.startsWith("["));
  const repeats = operands.at(-1)?.includes("…");
  const missing = needed[given.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing; ${usage}`);
  if (given.length > operands.length && !repeats) {
    throw new UsageError(`${name} does not take '${given[operands.length]}'; ${usage}`);
  }
}

function checkGeneralOptions(options: OptionValues): void {
  const concurrency = options.number("concurrency");
  if (concurrency !== undefined && (concurrency < 1 || concurrency > 1024)) {
    throw new UsageError(`--concurrency is ${concurrency}; it goes from 1 to 1024`);
  }
  const timeout = options.number("timeout");
  if (timeout !== undefined && !(timeout > 0)) {
    throw new UsageError(`--timeout is ${timeout} seconds; it must be above 0`);
  }
}
