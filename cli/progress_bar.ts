import type { SingleBar } from "cli-progress";
import { BarLine } from "./bar_line.ts";
import type { CliEnvironment } from "./environment.ts";

/** A bar on standard error, drawn from the first report on until it is stopped. */
export class ProgressBar {
  readonly #label: string;
  readonly #line: BarLine;
  #bar: SingleBar | null = null;
  #loading: Promise<void> | null = null;
  #done = 0;
  #total = 0;
  #stopped = false;

  /** Makes a bar of a label, as in `headers`; nothing is drawn yet. */
  constructor(label: string, environment: CliEnvironment) {
    this.#label = label;
    this.#line = new BarLine(environment);
  }

  /** Reports how much is done. */
  update(done: number, total: number): void {
    this.#done = done;
    this.#total = total;
    if (this.#bar) {
      this.#bar.setTotal(total);
      this.#bar.update(done);
    } else this.#loading ??= this.#start();
  }

  /** Writes lines above the bar, where one is drawn. */
  above(writeLines: () => void): void {
    if (this.#bar) this.#line.above(writeLines);
    else writeLines();
  }

  /** Takes the bar off the terminal. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loading;
    this.#bar?.stop();
    this.#bar = null;
  }

  async #start(): Promise<void> {
    const { default: progress } = await import("cli-progress");
    if (this.#stopped) return;
    this.#bar = new progress.SingleBar({
      format: `${this.#label} {bar} {value}/{total}`,
      barCompleteChar: "#",
      barIncompleteChar: ".",
      // A label, a bar, and room for the counts.
      barsize: Math.max(5, Math.min(30, this.#line.getWidth() - this.#label.length - 16)),
      clearOnComplete: true,
      hideCursor: false,
      linewrap: true,
      terminal: this.#line,
    });
    this.#bar.start(this.#total, this.#done);
  }
}
