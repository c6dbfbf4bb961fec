import type { Command } from "../command.ts";
import { generalOptions } from "../general_options.ts";
import type { CliOption } from "../option.ts";
import { operandSource, valueSource, type WordSource } from "./word_source.ts";

/** Writes the completions of zsh. */
export function zshCompletions(commands: readonly Command[]): string {
  return [
    "#compdef series-preview",
    "# Completions of series-preview for zsh; load them after compinit with",
    "#   source <(series-preview completions zsh)",
    "",
    "_series_preview_path() {",
    "  local expl",
    '  (( $# > 1 )) && _wanted words expl "word" compadd -- "${@:2}"',
    "  [[ $1 == folders ]] && _files -/ || _files",
    "}",
    "",
    "_series_preview() {",
    '  local curcontext="$curcontext" state line ret=1',
    "  typeset -A opt_args",
    "  local -a commands=(",
    ...commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`),
    "    'help:Show the help of a command'",
    "  )",
    "  _arguments -C '(- *)--help[show the help]' '(- *)--version[show the version]' \\",
    "    '1:command:->command' '*::argument:->argument' && ret=0",
    "  case $state in",
    "    command) _describe -t commands command commands && ret=0 ;;",
    "    argument)",
    "      case $words[1] in",
    "        help) _describe -t commands command commands && ret=0 ;;",
    ...commands.flatMap(completeCommand),
    "      esac",
    "      ;;",
    "  esac",
    "  return ret",
    "}",
    "",
    "if [[ $funcstack[1] == _series_preview ]]; then",
    '  _series_preview "$@"',
    "else",
    "  compdef _series_preview series-preview",
    "fi",
    "",
  ].join("\n");
}

function completeCommand({ name, operands, options }: Command): string[] {
  const specs = [
    ...[...options, ...generalOptions].flatMap(optionSpecs),
    ...operands.map((operand, position) => {
      const where = operand.includes("…") ? "*" : `${position + 1}`;
      const optional = operand.startsWith("[") && where !== "*" ? ":" : "";
      const message = operand.replace(/[[\]…]/g, "");
      return quote(`${where}:${optional}${message}:${action(operandSource(operands, position))}`);
    }),
  ];
  return [
    `        ${name})`,
    "          _arguments -s -S \\",
    ...specs.map((spec) => `            ${spec} \\`),
    "            && ret=0",
    "          ;;",
  ];
}

/** An option's specs, one for each spelling; none after another one, but repeated where it may. */
function optionSpecs(option: CliOption): string[] {
  const { name, short, value, help } = option;
  const source = valueSource(option);
  const text = `[${help.replace(/[[\]\\]/g, "\\$&")}]`;
  const rest = source === null ? text : `${text}:${value ?? name}:${action(source)}`;
  return [
    quote(`*--${name}${source === null ? "" : "="}${rest}`),
    ...(short === undefined ? [] : [quote(`*-${short}${source === null ? "" : "+"}${rest}`)]),
  ];
}

function action({ words, paths }: WordSource): string {
  const escaped = words.map((word) => word.replaceAll(":", "\\:"));
  if (paths !== "none") return `_series_preview_path ${[paths, ...escaped].join(" ")}`;
  return words.length === 0 ? "" : `(${escaped.join(" ")})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
