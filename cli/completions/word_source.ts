import type { CliOption } from "../option.ts";

/** The shells that completions can be made for. */
export const shells = ["bash", "zsh", "fish"] as const;

/** Where a shell finds what a word may be. */
export interface WordSource {
  /** Words to choose from. */
  readonly words: readonly string[];
  /** What of the file system may stand there, too. */
  readonly paths: "files" | "folders" | "none";
}

/**
 * Tells how a word is completed by what stands for it in the help.
 *
 * @param placeholder As in `FILE` or `[SERIES…]`.
 * @param choices The words that are known to fit.
 */
export function wordSource(placeholder: string, choices: readonly string[] = []): WordSource {
  const names = placeholder.replace(/[[\]…]/g, "").split("|");
  for (const [name, source] of Object.entries(sources)) {
    if (names.includes(name)) return { ...source, words: [...source.words, ...choices] };
  }
  return { words: choices, paths: "none" };
}

/** Tells how the value of an option is completed; null for a flag. */
export function valueSource({ type, value, choices }: CliOption): WordSource | null {
  return type === "flag" ? null : wordSource(value ?? "", choices);
}

/** How an operand of a command is completed; after the last one comes none, or the last again. */
export function operandSource(operands: readonly string[], position: number): WordSource {
  const last = operands.at(-1);
  const placeholder = operands[position] ?? (last?.includes("…") ? last : undefined);
  return wordSource(placeholder ?? "");
}

const sources: Readonly<Record<string, WordSource>> = {
  SERIES: { words: ["demo:ct"], paths: "files" },
  OUTPUT: { words: [], paths: "files" },
  FILE: { words: [], paths: "files" },
  FOLDER: { words: [], paths: "folders" },
  ADDRESS: { words: [], paths: "folders" },
  SHELL: { words: shells, paths: "none" },
};
