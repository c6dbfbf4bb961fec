import { nearestWord } from "./nearest_word.ts";

/** Ends a message on a mistyped word: `; did you mean …?`, or nothing where no word is near. */
export function didYouMean(word: string, words: readonly string[], otherwise: string = ""): string {
  const nearest = nearestWord(word, words);
  return nearest === null ? otherwise : `; did you mean ${nearest}?`;
}
