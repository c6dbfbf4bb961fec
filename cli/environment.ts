import type { ReadEnvironment } from "../retriever/store_options.ts";

/** What a command uses of the world around it; tests give their own. */
export interface CliEnvironment {
  /** Writes bytes to standard output. */
  readonly writeOut: (bytes: Uint8Array) => Promise<void>;
  /** Writes a line to standard error. */
  readonly writeError: (line: string) => void;
  /** Whether standard error is a terminal, on which a progress bar may be drawn. */
  readonly isTerminal: () => boolean;
  /** Writes to that terminal as it is, without ending a line; nothing by default. */
  readonly drawError?: ((text: string) => void) | undefined;
  /** How many columns the terminal has; 80 by default. */
  readonly columns?: (() => number) | undefined;
  /** Whether standard output is a terminal; not by default. */
  readonly isOutTerminal?: (() => boolean) | undefined;
  /** Whether whoever read standard output has left; not by default. */
  readonly isOutClosed?: (() => boolean) | undefined;
  /** Reads all of standard input; empty by default. */
  readonly readIn?: (() => Promise<Uint8Array>) | undefined;
  /** Stops the call. */
  readonly signal?: AbortSignal | undefined;
  /** Environment variables; the process's own by default. */
  readonly env?: ReadEnvironment | undefined;
  /** The fetch to use; the global one by default. */
  readonly fetch?: typeof fetch | undefined;
}

let outClosed = false;

/** The process's own standard streams. */
export const processEnvironment: CliEnvironment = {
  async writeOut(bytes) {
    try {
      for (let at = 0; at < bytes.length;) at += await Deno.stdout.write(bytes.subarray(at));
    } catch (error) {
      unlessPipeClosed(error);
      outClosed = true;
    }
  },
  writeError: (line) => writeError(`${line}\n`),
  drawError: writeError,
  columns() {
    try {
      return Deno.consoleSize().columns || 80;
    } catch {
      // No stream that Deno asks is a terminal, whatever made it so.
      return 80;
    }
  },
  isTerminal: () => Deno.stderr.isTerminal(),
  isOutTerminal: () => Deno.stdout.isTerminal(),
  isOutClosed: () => outClosed,
  readIn: async () => new Uint8Array(await new Response(Deno.stdin.readable).arrayBuffer()),
};

function writeError(text: string): void {
  const bytes = new TextEncoder().encode(text);
  try {
    for (let at = 0; at < bytes.length;) at += Deno.stderr.writeSync(bytes.subarray(at));
  } catch (error) {
    unlessPipeClosed(error);
  }
}

/** Whoever read along has seen enough, as `head` has: that is no failure. */
function unlessPipeClosed(error: unknown): void {
  if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
}
