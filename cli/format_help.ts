import type { Command } from "./command.ts";
import { commands, generalOptions } from "./commands.ts";
import type { CliOption } from "./option.ts";

/** Writes the help of the whole tool. */
export function formatMainHelp(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    "series-preview: look at a DICOM image series where it lies",
    "",
    "Usage: series-preview COMMAND SERIES [OUTPUT] [options]",
    "",
    "Commands:",
    ...commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`),
    "",
    "SERIES is a folder UUID, an s3://, gs://, https:// or file:// address, a local",
    "folder, or demo:ct, a torso made by the tool itself.",
    "",
    "Options: --help, also after a command; --version.",
    "",
    "Try: series-preview mosaic demo:ct mosaic.webp",
  ].join("\n");
}

/** Writes the help of one command, at most 80 columns wide. */
export function formatCommandHelp(command: Command): string {
  return [
    `Usage: series-preview ${command.name} ${command.operands.join(" ")} [options]`,
    "",
    `${command.summary}.`,
    "",
    "Options:",
    ...formatOptions(command.options),
    "",
    "General options:",
    ...formatOptions(generalOptions),
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
  ].join("\n");
}

function formatOptions(options: readonly CliOption[]): string[] {
  const left = options.map(({ name, short, value }) =>
    `  ${short === undefined ? "    " : `-${short}, `}--${name}${value ? ` ${value}` : ""}`
  );
  const width = Math.max(...left.map((text) => text.length));
  return options.map(({ help }, i) => `${left[i]!.padEnd(width)}  ${help}`);
}
