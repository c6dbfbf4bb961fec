import type { CliEnvironment } from "./environment.ts";

/**
 * The line of a terminal that a progress bar is drawn on: what cli-progress takes for its terminal.
 * It changes nothing of the terminal that would have to be undone, and lines can be written above it.
 */
export class BarLine {
  readonly #environment: CliEnvironment;
  #text = "";

  /** Draws on standard error; nothing is drawn yet. */
  constructor(environment: CliEnvironment) {
    this.#environment = environment;
  }

  /** Writes lines above the bar, which is drawn again below them. */
  above(writeLines: () => void): void {
    this.clearLine();
    writeLines();
    this.#draw(this.#text);
  }

  /** Whether a bar may be drawn at all. */
  isTTY(): boolean {
    return true;
  }

  /** Columns that a bar may take: the last one stays free, where some terminals begin a new line. */
  getWidth(): number {
    return (this.#environment.columns?.() ?? 80) - 1;
  }

  /** Draws the bar from where the cursor is. */
  write(text: string): void {
    this.#text = text.slice(0, this.getWidth());
    this.#draw(this.#text);
  }

  /** Goes to the start of the line. */
  cursorTo(): void {
    this.#draw("\r");
  }

  /** Erases what is right of the cursor. */
  clearRight(): void {
    this.#draw("\x1b[K");
  }

  /** Erases the bar. */
  clearLine(): void {
    this.#draw("\r\x1b[2K");
  }

  /** Nothing is saved: a line that is written meanwhile moves the bar. */
  cursorSave(): void {}

  /** Nothing was saved. */
  cursorRestore(): void {}

  #draw(text: string): void {
    this.#environment.drawError?.(text);
  }
}
