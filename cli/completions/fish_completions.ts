import type { Command } from "../command.ts";
import { generalOptions } from "../general_options.ts";
import type { CliOption } from "../option.ts";
import { operandSource, valueSource, type WordSource } from "./word_source.ts";

/** Writes the completions of fish. */
export function fishCompletions(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  return [
    "# Completions of series-preview for fish; load them with",
    "#   series-preview completions fish | source",
    "",
    "complete -c series-preview -e",
    "complete -c series-preview -f",
    ...commands.map(({ name, summary }) => complete(unchosen, `-a ${name}`, describe(summary))),
    complete(unchosen, "-a help", describe("Show the help of a command")),
    complete(unchosen, "-l help", describe("Show the help")),
    complete(unchosen, "-l version", describe("Show the version")),
    complete("__fish_seen_subcommand_from help", `-a ${quote(names)}`),
    ...commands.flatMap(completeCommand),
    "",
  ].join("\n");
}

const unchosen = "__fish_use_subcommand";

function completeCommand({ name, operands, options }: Command): string[] {
  const chosen = `__fish_seen_subcommand_from ${name}`;
  return [
    ...operands.flatMap((_, position) => {
      const words = completeWords(operandSource(operands, position));
      return words === "" ? [] : [complete(chosen, words)];
    }).filter((line, at, lines) => lines.indexOf(line) === at),
    ...[...options, ...generalOptions].map((option) =>
      complete(chosen, ...spellOption(option), describe(option.help))
    ),
  ];
}

function spellOption(option: CliOption): string[] {
  const { name, short } = option;
  const source = valueSource(option);
  return [
    ...(short === undefined ? [] : [`-s ${short}`]),
    `-l ${name}`,
    ...(source === null ? [] : ["-r", source.paths === "none" ? "-f" : ""]),
    ...(source === null ? [] : [completeWords(source)]),
  ];
}

function completeWords({ words, paths }: WordSource): string {
  const folders = paths === "folders" ? ["(__fish_complete_directories)"] : [];
  const all = [...words, ...folders];
  return [
    ...(paths === "files" ? ["-F"] : paths === "folders" ? ["-f"] : []),
    ...(all.length === 0 ? [] : [`-a ${quote(all.join(" "))}`]),
  ].join(" ");
}

function complete(condition: string, ...parts: readonly string[]): string {
  const given = parts.filter((part) => part !== "").join(" ");
  return `complete -c series-preview -n ${quote(condition)} ${given}`;
}

function describe(text: string): string {
  return `-d ${quote(text)}`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
