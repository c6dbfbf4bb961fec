import { main } from "@dicom/series-preview/cli";
import { concat } from "../support/dicom_fixtures.ts";

/** What `--json` prints. */
export interface JsonReport {
  readonly command: string;
  readonly series: string;
  readonly output: string;
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** Of a video. */
  readonly frames?: number;
  readonly fps?: number;
  readonly slices: readonly {
    readonly index: number;
    readonly position: number;
    readonly uid: string;
    readonly url: string;
    readonly frame: number | null;
  }[];
  readonly failed: readonly { readonly url: string; readonly error: string }[];
  readonly skipped: number;
  readonly imageless: number;
  readonly error?: string;
  readonly stats: {
    readonly requests: number;
    readonly retries: number;
    readonly bytesFetched: number;
    readonly bytesDecoded: number;
    readonly cache: "hit" | "miss" | "off";
    readonly milliseconds: Readonly<Record<string, number>>;
  };
}

/** What a call of the tool left behind. */
export interface CliResult {
  readonly status: number;
  readonly stdout: Uint8Array<ArrayBuffer>;
  /** Lines of standard error. */
  readonly stderr: readonly string[];
  /** Standard output as the object of `--json`. */
  readonly json: () => JsonReport;
}

/** The world around a call. */
export interface RunCliOptions {
  /** Environment variables; none by default. */
  readonly env?: (name: string) => string | undefined;
  readonly fetch?: typeof fetch;
  /** Whether standard error is a terminal; not by default. */
  readonly isTerminal?: boolean;
  /** Whether standard output is one; not by default. */
  readonly isOutTerminal?: boolean;
  /** Columns of the terminal; 80 by default. */
  readonly columns?: number;
  /** Takes what is drawn on standard error, and the lines written there. */
  readonly onTerminal?: (text: string) => void;
  /** What standard input holds; nothing by default. */
  readonly stdin?: string;
}

/** Calls the tool in this process with streams of its own. */
export async function runCli(
  words: readonly string[],
  options: RunCliOptions = {},
): Promise<CliResult> {
  const out: Uint8Array[] = [];
  const stderr: string[] = [];
  const status = await main(words, {
    writeOut: (bytes) => {
      out.push(bytes.slice());
      return Promise.resolve();
    },
    writeError: (line) => {
      stderr.push(line);
      options.onTerminal?.(`${line}\n`);
    },
    drawError: options.onTerminal,
    isTerminal: () => options.isTerminal ?? false,
    isOutTerminal: () => options.isOutTerminal ?? false,
    columns: () => options.columns ?? 80,
    readIn: () => Promise.resolve(new TextEncoder().encode(options.stdin)),
    env: options.env ?? (() => undefined),
    fetch: options.fetch,
  });
  const stdout = concat(...out);
  const json = () => JSON.parse(new TextDecoder().decode(stdout)) as JsonReport;
  return { status, stdout, stderr, json };
}
