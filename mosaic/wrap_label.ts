import { asciiText } from "./ascii_text.ts";

/**
 * Breaks the lines of a label that are too long: where two spaces or more part what they say, else
 * between words. A word that is longer than a line is cut.
 *
 * @param label Its lines.
 * @param columns How many characters a line may have, 1 or more.
 */
export function wrapLabel(label: readonly string[], columns: number): string[] {
  return label.flatMap((line) => {
    const wrapped: string[] = [];
    for (const part of asciiText(line).split(/ {2,}/)) {
      const words = part.length <= columns ? [part] : part.split(" ");
      for (const [i, word] of words.entries()) {
        const joined = `${wrapped.at(-1)}${i === 0 ? "  " : " "}${word}`;
        if (wrapped.length > 0 && joined.length <= columns) wrapped[wrapped.length - 1] = joined;
        else wrapped.push(word.slice(0, columns));
      }
    }
    return wrapped;
  });
}
