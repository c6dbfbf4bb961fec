import type { CliOption } from "./option.ts";

/**
 * Writes a message of the library as the command line has its options: `start is 2` becomes
 * `--start is 2`. Messages that do not begin with an option stay as they are, for in them such a
 * word may be just a word.
 */
export function nameOptions(message: string, options: readonly CliOption[]): string {
  const [, first] = /^([a-z-]+) (?:is|and|chooses) /.exec(message) ?? [];
  if (!options.some(({ name }) => name === first)) return message;
  // Options that take text are common words, as series; those of numbers are not, in such a message.
  const names = options.filter(({ type }) => type === "number" || type === "integer")
    .map(({ name }) => name);
  const words = [`^${first}`, ...names].sort((a, b) => b.length - a.length).join("|");
  return message.replace(new RegExp(`(?<![\\w-])(?:${words})(?![\\w-])`, "g"), "--$&");
}
