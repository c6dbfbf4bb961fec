import type { Dataset, DatasetValue } from "../dicom/dataset.ts";
import { listKeywords, lookupTag } from "../dicom/dictionary.ts";
import { UsageError } from "../errors.ts";
import { nearestWord } from "./nearest_word.ts";

/** One of the words that choose attributes. */
interface TagPattern {
  readonly word: string;
  readonly expression: RegExp;
}

/** Chooses attributes of a header by keyword or tag. */
export class TagFilter {
  readonly #patterns: readonly TagPattern[];

  /**
   * Makes a filter of words: keywords of any case, with `*` and `?` for some letters and for one;
   * tags as in `0028,0010`, `(0028,0010)` or `00280010`.
   *
   * @throws {UsageError} When a word without `*` or `?` is neither a keyword nor a tag.
   */
  constructor(words: readonly string[]) {
    this.#patterns = words.map((word) => ({ word, expression: expressionOf(word) }));
  }

  /** The words that choose nothing of a header. */
  unmatched(dataset: Dataset): string[] {
    const names = Object.keys(dataset);
    return this.#patterns
      .filter(({ expression }) => !names.some((name) => matches(expression, name)))
      .map(({ word }) => word);
  }

  /** The chosen part of a header. */
  apply(dataset: Dataset): Dataset {
    const chosen: Record<string, DatasetValue> = {};
    for (const [name, value] of Object.entries(dataset)) {
      const isChosen = this.#patterns.some(({ expression }) => matches(expression, name));
      if (isChosen) chosen[name] = value!;
    }
    return chosen;
  }
}

/** What names of binary values, and of values beside which their bytes are, end in. */
const suffix = /_(Size|Hash|Bytes)$/i;

/** Whether a name is chosen as it is, or as that of an attribute told by several names. */
function matches(expression: RegExp, name: string): boolean {
  return expression.test(name) || expression.test(name.replace(suffix, ""));
}

function expressionOf(word: string): RegExp {
  const hex = /^\(?(?:0x)?([0-9a-f]{4}),?([0-9a-f]{4})\)?$/i.exec(word);
  if (hex !== null) {
    const tag = `${hex[1]}${hex[2]}`.toUpperCase();
    const keyword = lookupTag(parseInt(tag, 16))?.keyword;
    return new RegExp(`^(${tag}${keyword === undefined ? "" : `|${keyword}`})$`);
  }
  if (!/[*?]/.test(word)) checkKeyword(word);
  const pattern = word.replace(/[^A-Za-z0-9_]/g, (character) => {
    return character === "*" ? ".*" : character === "?" ? "." : `\\${character}`;
  });
  return new RegExp(`^${pattern}$`, "is");
}

function checkKeyword(word: string): void {
  const keyword = word.replace(suffix, "");
  const keywords = [...listKeywords()];
  if (keywords.some((known) => known.toLowerCase() === keyword.toLowerCase())) return;
  const nearest = nearestWord(keyword, keywords);
  throw new UsageError(
    `--tag ${word} is no keyword of DICOM; ` +
      (nearest === null
        ? "give a keyword, a tag as in 0028,0010, or a pattern as in 'Patient*'"
        : `did you mean ${nearest}?`),
  );
}
