import { contrastPresets } from "../contrast/contrast_presets.ts";
import type { Command } from "./command.ts";
import { commands } from "./commands.ts";
import { generalOptions } from "./general_options.ts";
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
    ...(command.options.length > 0 ? ["Options:", ...formatOptions(command.options), ""] : []),
    ...(command.options.some(({ name }) => name === "contrast") ? [...formatPresets(), ""] : []),
    "General options:",
    ...formatOptions(generalOptions),
    "",
    "Examples:",
    ...command.examples.map((example) => `  ${example}`),
  ].join("\n");
}

/** The presets by their short names, width and level, in lines of at most 80 columns. */
function formatPresets(): string[] {
  const presets = contrastPresets.map(({ name, aliases, width, center }) =>
    `${aliases[0] ?? name} ${width}/${center}`
  );
  const lines = ["Presets:"];
  for (const [i, preset] of presets.entries()) {
    const text = i + 1 < presets.length ? `${preset},` : preset;
    if (lines.at(-1)!.length + text.length + 1 > 80) lines.push(" ");
    lines.push(`${lines.pop()} ${text}`);
  }
  return lines;
}

function formatOptions(options: readonly CliOption[]): string[] {
  const left = options.map(({ name, short, value }) =>
    `  ${short === undefined ? "    " : `-${short}, `}--${name}${value ? ` ${value}` : ""}`
  );
  const width = Math.max(...left.map((text) => text.length));
  return options.map(({ help }, i) => `${left[i]!.padEnd(width)}  ${help}`);
}
