import { UsageError } from "../errors.ts";
import type { Command, RunCommand } from "./command.ts";
import { bashCompletions } from "./completions/bash_completions.ts";
import { fishCompletions } from "./completions/fish_completions.ts";
import { shells } from "./completions/word_source.ts";
import { zshCompletions } from "./completions/zsh_completions.ts";
import { ExitStatus } from "./exit_status.ts";

const writers = { bash: bashCompletions, zsh: zshCompletions, fish: fishCompletions };

/** Makes what runs `series-preview completions SHELL`. */
export function completionsOf(commands: readonly Command[]): RunCommand {
  return async ({ operands, environment }) => {
    const word = operands[0]!;
    const shell = shells.find((name) => name === word);
    if (shell === undefined) {
      const names = shells.join(", ").replace(/, (?=\w+$)/, " or ");
      throw new UsageError(`SHELL is ${names}, not '${word}'`);
    }
    await environment.writeOut(new TextEncoder().encode(writers[shell](commands)));
    return ExitStatus.done;
  };
}
