import type { SingleBar } from "cli-progress";

/** A bar on standard error, drawn from the first report on until it is stopped. */
export class ProgressBar {
  readonly #label: string;
  #bar: SingleBar | null = null;
  #loading: Promise<void> | null = null;
  #done = 0;
  #total = 0;
  #stopped = false;

  /** Makes a bar of a label, as in `headers`; nothing is drawn yet. */
  constructor(label: string) {
    this.#label = label;
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

  /** Takes the bar off the terminal. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loading;
    this.#bar?.stop();
  }

  async #start(): Promise<void> {
    const [{ default: progress }, { default: process }] = await Promise.all([
      import("cli-progress"),
      import("node:process"),
    ]);
    if (this.#stopped) return;
    this.#bar = new progress.SingleBar({
      format: `${this.#label} {bar} {value}/{total}`,
      barCompleteChar: "#",
      barIncompleteChar: ".",
      barsize: 30,
      clearOnComplete: true,
      // Ctrl-C ends the program at once: nothing of the terminal may be changed that only the end
      // of the bar would undo, as a hidden cursor.
      hideCursor: false,
      linewrap: true,
      // deno-lint-ignore no-explicit-any -- cli-progress takes any writable stream.
      stream: process.stderr as any,
    });
    this.#bar.start(this.#total, this.#done);
  }
}
