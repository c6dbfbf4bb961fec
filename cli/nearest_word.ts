import { editDistance } from "../contrast/edit_distance.ts";

/**
 * Finds the word that a mistyped one was most likely meant to be.
 *
 * @returns The nearest of the words, or null when none is near.
 */
export function nearestWord(word: string, words: readonly string[]): string | null {
  // The start of one word alone needs no counting.
  const [started, ...others] = words.filter((each) => word.length >= 3 && each.startsWith(word));
  if (started !== undefined && others.length === 0) return started;
  let nearest: string | null = null;
  let least = Math.max(2, Math.ceil(word.length / 3)) + 1;
  for (const candidate of words) {
    const distance = editDistance(word, candidate);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}
