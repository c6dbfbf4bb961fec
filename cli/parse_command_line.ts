import { parseArgs } from "@std/cli/parse-args";
import { UsageError } from "../errors.ts";
import type { Command } from "./command.ts";
import { didYouMean } from "./did_you_mean.ts";
import { generalOptions } from "./general_options.ts";

import type { CliOption, OptionValues } from "./option.ts";

/** What the words after a command's name say. */
export interface CommandLine {
  readonly operands: readonly string[];
  readonly options: OptionValues;
}

/**
 * Parses the words after a command's name by the command's option table.
 *
 * @throws {UsageError} Naming the first word that is wrong, and the nearest right one.
 */
export function parseCommandLine(command: Command, words: readonly string[]): CommandLine {
  const options = [...command.options, ...generalOptions];
  const valued = options.filter(({ type }) => type !== "flag");
  // The parser keeps its operands under that name, and would take an option of it for them.
  const reserved = words.find((word) => /^--?_(=|$)/.test(word));
  if (reserved !== undefined) throw unknownOption(reserved, command, options);
  const unknown: string[] = [];
  const args = parseArgs(joinDashedValues(words, valued), {
    // Operands are text, even when they look like numbers.
    string: ["_", ...valued.map(({ name }) => name)],
    // All values of an option, so that one given twice is told from one given once.
    collect: valued.map(({ name }) => name),
    boolean: options.filter(({ type }) => type === "flag").map(({ name }) => name),
    alias: Object.fromEntries(
      options.flatMap(({ name, short }) => short === undefined ? [] : [[short, name]]),
    ),
    unknown(word, key) {
      if (key === undefined) return true;
      unknown.push(word);
      return false;
    },
  });
  if (unknown.length > 0) throw unknownOption(unknown[0]!, command, options);
  const given = args as Record<string, unknown>;
  const raw = (name: string): unknown => given[name];
  return {
    operands: args._.map(String),
    options: {
      flag: (name) => raw(name) === true,
      text: (name) => textOf(raw(name), name),
      texts: (name) => textsOf(raw(name), name),
      number: (name) => numberOf(raw(name), options.find((option) => option.name === name)!),
    },
  };
}

/** Joins a dash, or what starts as a negative number, to the option before it: it is a value, no option. */
function joinDashedValues(words: readonly string[], valued: readonly CliOption[]): string[] {
  const names = valued.flatMap(({ name, short }) => [`--${name}`, ...(short ? [`-${short}`] : [])]);
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    const isValue = before !== undefined && names.includes(before) && /^-(\.?\d|$)/.test(word);
    joined.push(isValue ? `${joined.pop()}=${word}` : word);
  }
  return joined;
}

function unknownOption(word: string, command: Command, options: readonly CliOption[]): UsageError {
  const names = options.map(({ name }) => `--${name}`);
  const isOutput = /^(-o|--output(=|$))/.test(word) && command.operands.join().includes("OUTPUT");
  const otherwise = isOutput
    ? "; OUTPUT is the word after SERIES, - for standard output"
    : `; see series-preview ${command.name} --help`;
  return new UsageError(
    `${command.name} has no option ${word}${didYouMean(word.split("=")[0]!, names, otherwise)}`,
  );
}

function textOf(value: unknown, name: string): string | undefined {
  const [text, ...others] = textsOf(value, name);
  if (others.length > 0) throw new UsageError(`--${name} is given more than once`);
  return text;
}

/** All values of an option; none of one that the command does not have. */
function textsOf(value: unknown, name: string): readonly string[] {
  const texts = (value ?? []) as readonly string[];
  if (texts.includes("")) throw new UsageError(`--${name} needs a value`);
  return texts;
}

function numberOf(value: unknown, { name, type }: CliOption): number | undefined {
  const text = textOf(value, name)?.trim();
  if (text === undefined) return undefined;
  const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
  if (!Number.isFinite(number) || (type === "integer" && !Number.isInteger(number))) {
    const wanted = type === "integer" ? "a whole number" : "a number";
    throw new UsageError(`--${name} takes ${wanted}, not '${text}'`);
  }
  return number;
}
