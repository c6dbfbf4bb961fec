import type { Console } from "./console.ts";
import type { CliEnvironment } from "./environment.ts";
import type { CliOption, OptionValues } from "./option.ts";

/** A command's words: what parsing and help need, without the code that runs it. */
export interface Command {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** Its positional arguments as the help shows them; those in brackets may be left out,
   * the last may be repeated where it ends in `…`. */
  readonly operands: readonly string[];
  readonly options: readonly CliOption[];
  /** Real calls for the help. */
  readonly examples: readonly string[];
}

/** A call of a command, parsed. */
export interface Invocation {
  readonly command: string;
  readonly operands: readonly string[];
  readonly options: OptionValues;
  readonly environment: CliEnvironment;
  /** What the user is told by. */
  readonly console: Console;
}

/** Runs a command; answers the process's exit status. */
export type RunCommand = (invocation: Invocation) => Promise<number>;
