/** A terminal as far as the tool uses one: what is seen of what was written to it. */
export class Screen {
  readonly #lines: string[][] = [[]];
  #column = 0;

  /** Writes text, and does what its control sequences ask. */
  write(text: string): void {
    // deno-lint-ignore no-control-regex -- these are what a terminal acts on
    for (const part of text.match(/\x1b\[[0-9;?]*[A-Za-z]|[^]/g) ?? []) {
      const line = this.#lines.at(-1)!;
      if (part === "\n") {
        this.#lines.push([]);
        this.#column = 0;
      } else if (part === "\r") this.#column = 0;
      else if (part === "\x1b[K") line.length = Math.min(line.length, this.#column);
      else if (part === "\x1b[2K") line.length = 0;
      else if (part.length > 1) throw new Error(`a terminal is left with ${JSON.stringify(part)}`);
      else line[this.#column++] = part;
    }
  }

  /** The lines that are seen, but for the empty ones at the end. */
  get lines(): string[] {
    const lines = this.#lines.map((line) => Array.from(line, (each) => each ?? " ").join(""));
    while (lines.at(-1)?.trim() === "") lines.pop();
    return lines;
  }
}
