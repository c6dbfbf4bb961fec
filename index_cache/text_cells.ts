import type { Cell, Cells } from "./cells.ts";

/** Text as its bytes in UTF-8, the texts of a list, or none. */
export type TextBytes = Uint8Array | readonly (Uint8Array | null)[] | null | undefined;

// A byte order mark at the start of a value is a character of it.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Texts that are decoded when they are asked for: of most columns, that is a few rows' of many. */
export class TextCells implements Cells {
  readonly #bytes: readonly TextBytes[];
  /** By row; undefined where nobody has asked yet. */
  readonly #decoded: (Cell | undefined)[];

  constructor(bytes: readonly TextBytes[]) {
    this.#bytes = bytes;
    this.#decoded = new Array(bytes.length);
  }

  get length(): number {
    return this.#bytes.length;
  }

  at(index: number): Cell {
    return this.#decoded[index] ??= decodeCell(this.#bytes[index]);
  }
}

function decodeCell(bytes: TextBytes): Cell {
  if (bytes === null || bytes === undefined) return null;
  if (bytes instanceof Uint8Array) return decoder.decode(bytes);
  return bytes.map((item) => item && decoder.decode(item));
}
