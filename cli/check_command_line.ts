import { UsageError } from "../errors.ts";
import type { Command } from "./command.ts";
import type { OptionValues } from "./option.ts";
import type { CommandLine } from "./parse_command_line.ts";

/**
 * Checks what every command has: as many operands as it takes, and general options in their bounds.
 *
 * @throws {UsageError} Naming the first that is wrong.
 */
export function checkCommandLine(command: Command, { operands, options }: CommandLine): void {
  checkOperands(command, operands);
  checkGeneralOptions(options);
}

function checkOperands({ name, operands, options }: Command, given: readonly string[]): void {
  const usage = `usage: series-preview ${name} ${operands.join(" ")} [options]`;
  const needed = operands.filter((operand) => !operand.startsWith("["));
  const repeats = operands.at(-1)?.includes("…");
  const missing = needed[given.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing; ${usage}`);
  if (given.length > operands.length && !repeats) {
    const word = given[operands.length];
    const hasOutput = options.some((option) => option.name === "output");
    const instead = hasOutput ? `to write to it, say --output ${word}` : usage;
    throw new UsageError(`${name} does not take '${word}'; ${instead}`);
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
