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
  const blocks = [
    `## ${name}`,
    `${summary}.`,
    `\`\`\`text\nseries-preview ${[name, ...operands].join(" ")} [options]\n\`\`\``,
    options.length > 0 ? writeOptions(options) : "",
    `\`\`\`sh\n${examples.join("\n")}\n\`\`\``,
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

/** Writes a table of options, and below it which words some of them know. */
function writeOptions(options: readonly CliOption[]): string {
  const rows = options.map((option) => `| \`${escape(spell(option))}\` | ${escape(option.help)} |`);
  const choices = options.flatMap(({ name, choices }) =>
    choices === undefined
      ? []
      : [`\`--${name}\` knows ${choices.map((word) => `\`${word}\``).join(", ")}.`]
  );
  const table = ["| option | meaning |", "| --- | --- |", ...rows].join("\n");
  return [table, ...choices].join("\n\n");
}

function spell({ name, short, value }: CliOption): string {
  const names = short === undefined ? `--${name}` : `-${short}, --${name}`;
  return value === undefined ? names : `${names} ${value}`;
}

/** A bar would end a cell of a table. */
function escape(text: string): string {
  return text.replaceAll("|", "\\|");
}
