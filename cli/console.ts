import { SeriesPreviewError } from "../errors.ts";
import { decodeKey } from "../retriever/key_path.ts";
import type { CliEnvironment } from "./environment.ts";
import { hideSecrets } from "./hide_secrets.ts";
import type { OptionValues } from "./option.ts";
import { printable } from "./printable.ts";
import { ProgressBar } from "./progress_bar.ts";
import { wrapLine } from "./wrap_line.ts";

/** A step whose progress is shown. */
export interface WatchedStep {
  /** Reports how much is done. */
  update(done: number, total: number): void;
  /** Takes its bar off the terminal. */
  stop(): Promise<void>;
}

/**
 * Speaks to the user on standard error, a line at a time, above a bar where one is drawn. On a
 * terminal, lines are broken between words.
 */
export class Console {
  readonly #environment: CliEnvironment;
  readonly #quiet: boolean;
  readonly #verbose: boolean;
  #bar: ProgressBar | null = null;
  #done = "";

  /** Speaks as `--quiet` and `--verbose` ask, where options are known. */
  constructor(environment: CliEnvironment, options?: OptionValues) {
    this.#environment = environment;
    this.#quiet = options?.flag("quiet") ?? false;
    this.#verbose = options?.flag("verbose") ?? false;
  }

  /** How far the last step that was watched has come, as in `37 of 120 headers`; empty before one. */
  get done(): string {
    return this.#done;
  }

  /** Watches a step of what its label names, with a bar on a terminal that is not quiet. */
  watch(label: string): WatchedStep {
    const isShown = !this.#quiet && this.#environment.isTerminal();
    const bar = isShown ? new ProgressBar(label, this.#environment) : null;
    this.#bar = bar;
    return {
      update: (done, total) => {
        // What a stop has cut short is counted as done, and is not.
        if (this.#environment.signal?.aborted) return;
        this.#done = `${done} of ${total} ${label}`;
        bar?.update(done, total);
      },
      stop: async () => {
        await bar?.stop();
        if (this.#bar === bar) this.#bar = null;
      },
    };
  }

  /** Says what is good to know; not when quiet. */
  note(line: string): void {
    if (!this.#quiet) this.#write(`note: ${line}`);
  }

  /** Says what the user should look at; not when quiet. */
  warn(line: string): void {
    if (!this.#quiet) this.#write(`warning: ${line}`);
  }

  /** Names an instance that failed. */
  failed(url: string, error: string): void {
    this.#write(`failed: ${url}: ${error}`);
  }

  /** Says that the command was stopped before its end. */
  stopped(line: string): void {
    this.#write(line);
  }

  /**
   * Says why the command ends without a result; when verbose, also what caused it.
   *
   * @param reword Puts the line into the user's words.
   */
  error(error: unknown, reword: (line: string) => string = (line) => line): void {
    this.#write(`error: ${reword(errorLine(error))}`);
    if (!this.#verbose) return;
    for (let cause = causeOf(error); cause !== undefined; cause = causeOf(cause)) {
      this.#write(`  caused by: ${errorLine(cause)}`);
    }
  }

  /** Says how long things took; only when verbose. */
  detail(line: string): void {
    if (this.#verbose) this.#write(`  ${line}`);
  }

  #write(line: string): void {
    const { writeError, isTerminal, columns } = this.#environment;
    const text = printable(hideSecrets(line));
    const write = () => writeError(isTerminal() ? wrapLine(text, columns?.() ?? 80) : text);
    if (this.#bar === null) write();
    else this.#bar.above(write);
  }
}

/** An error in one line; the address is added where the message does not tell it. */
export function errorLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message } = error;
  const address = error instanceof SeriesPreviewError ? error.address : null;
  return address === null || tells(message, address) ? message : `${address}: ${message}`;
}

/** Whether a message tells an address, as it is or as a local path. */
function tells(message: string, address: string): boolean {
  if (message.includes(address)) return true;
  const path = /^file:\/\/(.+?)\/?$/.exec(address)?.[1];
  return path !== undefined && message.includes(decodeKey(path));
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
