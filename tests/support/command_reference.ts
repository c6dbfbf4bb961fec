import type { Command } from "../../cli/command.ts";
import { commands } from "../../cli/commands.ts";
import { generalOptions } from "../../cli/general_options.ts";
import type { CliOption } from "../../cli/option.ts";

/** Writes what there is to say of the commands, as the table of options has it. */
export function writeCommandReference(): string {
  return [
    ...commands.map(writeCommand),
    "## Options of every command",
    writeOptions(generalOptions),
  ].join("\n\n");
}

/** Writes a table of the commands. */
export function writeCommandList(): string {
  const rows = commands.map(({ name, operands, summary }) =>
    `| [\`${escape([name, ...operands].join(" "))}\`](docs/cli.md#${name}) | ${escape(summary)} |`
  );
  return ["| command | does |", "| --- | --- |", ...rows].join("\n");
}

function writeCommand({ name, summary, operands, options, examples }: Command): string {
  const call = `series-preview ${[name, ...operands].join(" ")} [options]`;
  return [
    `## ${name}`,
    `${summary}.`,
    "```text",
    call,
    "```",
    ...(options.length > 0 ? [writeOptions(options)] : []),
    "```sh",
    ...examples,
    "```",
  ].join("\n").replaceAll("\n```text", "\n\n```text").replaceAll("```\n|", "```\n\n|")
    .replaceAll("|\n```sh", "|\n\n```sh").replace(/^(## .*)\n/, "$1\n\n");
}

function writeOptions(options: readonly CliOption[]): string {
  const rows = options.map(({ name, short, value, choices, help }) => {
    const spelled = `${short === undefined ? "" : `-${short}, `}--${name}`;
    const words = choices?.map((word) => `\`${word}\``).join(", ") ?? "";
    const cells = [`\`${spelled}${value === undefined ? "" : ` ${value}`}\``, help, words];
    return `| ${cells.map(escape).join(" | ")} |`;
  });
  return ["| option | meaning | words it knows |", "| --- | --- | --- |", ...rows].join("\n");
}

/** A bar would end a cell of a table. */
function escape(text: string): string {
  return text.replaceAll("|", "\\|");
}
