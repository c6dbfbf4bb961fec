/** A terminal as far as the tool uses one: what is seen of what was written to it. */
export class Screen {
  readonly #columns: number;
  readonly #lines: string[][] = [[]];
  #column = 0;

  /** Makes an empty one; lines are broken where its columns end. */
  constructor(columns: number = Infinity) {
    this.#columns = columns;
  }

  /** Writes text, and does what its control sequences ask. */
  write(text: string): void {
    // deno-lint-ignore no-control-regex -- these are what a terminal acts on
    for (const part of text.match(/\x1b\[[0-9;?]*[A-Za-z]|[^]/gu) ?? []) {
      const line = this.#lines.at(-1)!;
      if (part === "\n") this.#nextLine();
      else if (part === "\r") this.#column = 0;
      else if (part === "\t") this.#column += 8 - this.#column % 8;
      else if (part === "\x1b[K") line.length = Math.min(line.length, this.#column);
      else if (part === "\x1b[2K") line.length = 0;
      else if (part.startsWith("\x1b")) {
        throw new Error(`a terminal is left with ${JSON.stringify(part)}`);
      } else {
        if (this.#column >= this.#columns) this.#nextLine();
        this.#lines.at(-1)![this.#column++] = part;
      }
    }
  }

  /** The lines that are seen, but for the empty ones at the end. */
  get lines(): string[] {
    const lines = this.#lines.map((line) => Array.from(line, (each) => each ?? " ").join(""));
    while (lines.at(-1)?.trim() === "") lines.pop();
    return lines;
  }

  #nextLine(): void {
    this.#lines.push([]);
    this.#column = 0;
  }
}
