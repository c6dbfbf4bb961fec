import type { Command } from "../command.ts";
import { generalOptions } from "../general_options.ts";
import type { CliOption } from "../option.ts";
import { operandSource, valueSource, type WordSource } from "./word_source.ts";

/** Writes the completions of bash, 3.2 and later. */
export function bashCompletions(commands: readonly Command[]): string {
  const names = commands.map(({ name }) => name);
  const all = [...commands.flatMap(({ options }) => options), ...generalOptions];
  const valued = new Set(all.filter((option) => valueSource(option) !== null).flatMap(spellings));
  return [
    "# Completions of series-preview for bash; load them with",
    "#   source <(series-preview completions bash)",
    "",
    ...helpers,
    "",
    "_series_preview() {",
    `  local valued=' ${[...valued].join(" ")} '`,
    ...reading,
    '  case "$command $option" in',
    `    ' ') _series_preview_words ${names.join(" ")} help --help --version ;;`,
    `    'help 0') _series_preview_words ${names.join(" ")} ;;`,
    ...commands.flatMap(commandBranches),
    "  esac",
    ...trimming,
    "}",
    "",
    "complete -o bashdefault -F _series_preview series-preview",
    "",
  ].join("\n");
}

/** They add to the replies what starts as the word does. */
const helpers = [
  "_series_preview_words() {",
  "  local word",
  '  for word in "$@"; do [[ $word == "$value"* ]] && COMPREPLY+=("$word"); done',
  "}",
  "",
  "_series_preview_paths() {",
  "  local path",
  "  while IFS= read -r path; do",
  '    COMPREPLY+=("$path")',
  "    compopt -o filenames 2>/dev/null",
  '  done < <(compgen "$1" -- "$value")',
  "}",
];

/** Reads the line up to the cursor: the command, the option whose value is due, the operands. */
const reading = [
  "  COMPREPLY=()",
  "  # Bash splits at : and =, too; what it split is put together again.",
  "  local words=() word= last= i",
  "  for ((i = 1; i <= COMP_CWORD; i++)); do",
  "    word=${COMP_WORDS[i]}",
  "    if [[ ${#words[@]} -gt 0 && ($word == [:=]* || (-n $word && $last == *[:=])) ]]; then",
  "      words[${#words[@]}-1]+=$word",
  "    else",
  '      words+=("$word")',
  "    fi",
  "    last=$word",
  "  done",
  "  local count=$((${#words[@]} - 1)) command= option= operands=0",
  "  local whole=${words[count]} value=${words[count]}",
  "  for ((i = 0; i < count; i++)); do",
  "    word=${words[i]}",
  "    if [[ -n $option ]]; then",
  "      option=",
  "    elif [[ -z $command ]]; then",
  "      command=$word",
  '    elif [[ $valued == *" $word "* ]]; then',
  "      option=$word",
  "    elif [[ $word != -* ]]; then",
  "      operands=$((operands + 1))",
  "    fi",
  "  done",
  "  if [[ -z $option && $value == --*=* ]]; then",
  "    option=${value%%=*}",
  "    value=${value#*=}",
  "  elif [[ -n $command && -z $option ]]; then",
  "    [[ $value == -* ]] && option=- || option=$operands",
  "  fi",
];

/** Of a word with : or = in it, bash replaces no more than what stands after the last of them. */
const trimming = [
  "  if [[ $whole == *[:=]* ]]; then",
  "    local kept=${value##*[:=]}",
  '    kept=${value%"$kept"}',
  '    for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]=${COMPREPLY[i]#"$kept"}; done',
  "  fi",
];

/** A branch for each operand that a command has, one for its options, and one for each value. */
function commandBranches({ name, operands, options }: Command): string[] {
  const all = [...options, ...generalOptions];
  const repeats = operands.at(-1)?.includes("…");
  return [
    branch([`${name} -`], { words: all.map((option) => `--${option.name}`), paths: "none" }),
    ...all.map((option) => {
      const patterns = spellings(option).map((spelling) => `${name} ${spelling}`);
      return branch(patterns, valueSource(option));
    }),
    ...operands.map((_, at) => branch([`${name} ${at}`], operandSource(operands, at))),
    ...(repeats ? [branch([`${name} `], operandSource(operands, operands.length), "[0-9]*")] : []),
  ].flat();
}

function branch(patterns: readonly string[], source: WordSource | null, glob = ""): string[] {
  const actions = source === null ? [] : [
    ...(source.paths === "none" ? [] : [paths[source.paths]]),
    ...(source.words.length === 0 ? [] : [`_series_preview_words ${source.words.join(" ")}`]),
  ];
  if (actions.length === 0) return [];
  const left = patterns.map((pattern) => `'${pattern}'${glob}`).join(" | ");
  return [`    ${left}) ${actions.join("; ")} ;;`];
}

const paths = {
  files: "_series_preview_paths -f",
  folders: "_series_preview_paths -d",
} as const;

function spellings({ name, short }: CliOption): string[] {
  return [`--${name}`, ...(short === undefined ? [] : [`-${short}`])];
}
