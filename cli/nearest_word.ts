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

/** Insertions, deletions and replacements from one word to the other (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
