import { checkCommandLine } from "../../cli/check_command_line.ts";
import { findCommand } from "../../cli/find_command.ts";
import { generalOptions } from "../../cli/general_options.ts";
import { parseCommandLine } from "../../cli/parse_command_line.ts";

/**
 * Checks the words of a call by the table of options, and does no more.
 *
 * @throws {UsageError} When the tool would refuse them.
 */
export function checkWords(words: readonly string[]): void {
  const [name = "", ...rest] = words;
  if (name === "help" || name.startsWith("--")) return;
  const command = findCommand(name);
  const line = parseCommandLine(command, rest);
  for (const option of [...command.options, ...generalOptions]) {
    if (option.type === "number" || option.type === "integer") line.options.number(option.name);
    else if (option.type === "text") line.options.texts(option.name);
  }
  if (!line.options.flag("help")) checkCommandLine(command, line);
}
