import type { DicomJson } from "./dicom_json.ts";

const backslash = 0x5c;
const quote = 0x22;
const comma = 0x2c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * The items of a sequence that is kept as DICOM JSON text. Each is parsed when it is asked for: all the
 * functional groups of an object of many frames would take many times the memory of their text.
 */
export class JsonItems {
  readonly #text: string;
  /** Where each item ends, at a comma or the last bracket. */
  readonly #ends: Uint32Array;

  /** Finds the items in the text; none in an empty one. */
  constructor(text: string) {
    this.#text = text;
    this.#ends = findEnds(text);
  }

  /** How many items there are. */
  get length(): number {
    return this.#ends.length;
  }

  /** The item of a number, counted from 0; undefined where there is none. */
  at(index: number): DicomJson | undefined {
    const end = this.#ends[index];
    if (end === undefined) return undefined;
    const start = index === 0 ? 1 : this.#ends[index - 1]! + 1;
    return JSON.parse(this.#text.slice(start, end)) as DicomJson;
  }
}

function findEnds(text: string): Uint32Array {
  let ends = new Uint32Array(16);
  let count = 0;
  const add = (end: number) => {
    if (count === ends.length) ends = new Uint32Array(ends.buffer.transfer(ends.byteLength * 2));
    ends[count++] = end;
  };
  let depth = 0;
  let isEmpty = true;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
    } else if (code === openBracket || code === openBrace) {
      depth++;
      if (depth > 1) isEmpty = false;
    } else if (code === closeBracket || code === closeBrace) {
      if (--depth === 0 && !isEmpty) add(at);
    } else if (code === comma && depth === 1) {
      add(at);
    }
  }
  return ends.subarray(0, count);
}

/** The quote that ends a string: none that an odd number of backslashes is before. */
function endOfString(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at - 1;
    while (text.charCodeAt(before) === backslash) before--;
    if ((at - before) % 2 === 1) return at;
  }
  return text.length;
}
