import { SeriesPreviewError } from "../errors.ts";
import { decodeKey } from "../retriever/key_path.ts";
import type { CliEnvironment } from "./environment.ts";
import type { OptionValues } from "./option.ts";
import { printable } from "./printable.ts";

/** Speaks to the user on standard error, a line at a time. */
export class Console {
  readonly #environment: CliEnvironment;
  readonly #quiet: boolean;
  readonly #verbose: boolean;

  /** Speaks as `--quiet` and `--verbose` ask. */
  constructor(environment: CliEnvironment, options: OptionValues) {
    this.#environment = environment;
    this.#quiet = options.flag("quiet");
    this.#verbose = options.flag("verbose");
  }

  /** Whether a progress bar may be drawn. */
  get showsProgress(): boolean {
    return !this.#quiet && this.#environment.isTerminal();
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

  /** Says why the command ends without a result; when verbose, also what caused it. */
  error(error: unknown): void {
    this.#write(`error: ${errorLine(error)}`);
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
    this.#environment.writeError(printable(line));
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
