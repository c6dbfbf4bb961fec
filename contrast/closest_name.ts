import { editDistance } from "./edit_distance.ts";

/** The name with the fewest edits from a word, or null when even that shares too little with it. */
export function closestName(word: string, names: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const name of names) {
    const distance = editDistance(word, name);
    // More edits than half the name has letters is no slip of the finger.
    if (distance < bestDistance && distance * 2 <= name.length) {
      best = name;
      bestDistance = distance;
    }
  }
  return best;
}
