import { UsageError } from "../errors.ts";
import type { Command } from "./command.ts";
import { commands } from "./commands.ts";
import { didYouMean } from "./did_you_mean.ts";

/**
 * Finds a command by its name.
 *
 * @throws {UsageError} When there is none, naming the nearest.
 */
export function findCommand(name: string): Command {
  const command = commands.find((each) => each.name === name);
  if (command !== undefined) return command;
  if (name.startsWith("-")) {
    const meant = didYouMean(name, ["--help", "--version"]);
    if (meant !== "") throw new UsageError(`there is no option ${name}${meant}`);
    throw new UsageError(
      `${name} comes before the command; write series-preview COMMAND SERIES [OUTPUT] [options]`,
    );
  }
  if (/[/\\:.*]/.test(name)) {
    throw new UsageError(
      `there is no command ${name}; a series comes after the command, ` +
        `as in series-preview mosaic ${name} mosaic.webp`,
    );
  }
  const names = commands.map((each) => each.name);
  throw new UsageError(
    `there is no command ${name}${didYouMean(name, names, "; see series-preview --help")}`,
  );
}
