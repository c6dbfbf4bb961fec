import { SeriesPreviewError, UsageError } from "../errors.ts";
import { createTransferStats } from "../retriever/transfer_stats.ts";
import { SeriesIndex } from "../series_index/series_index.ts";
import type { Slice } from "../series_index/slice_reader.ts";
import type { FailedRead } from "../errors.ts";
import type { Invocation } from "./command.ts";
import { Console, errorLine } from "./console.ts";
import { ExitStatus } from "./exit_status.ts";
import { ProgressBar } from "./progress_bar.ts";

/** What a command that draws has to tell of its picture. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly columns?: number;
  readonly rows?: number;
  readonly slices: readonly Slice[];
  readonly failed: readonly FailedRead[];
}

/** Reports how many slices are done. */
type ReportProgress = (done: number, total: number) => void;

/**
 * One run of a command on a series: opens it as the options ask, shows
 * progress, says what is to be said, and answers the exit status.
 */
export class SeriesRun {
  readonly #invocation: Invocation;
  readonly #console: Console;
  readonly #stats = createTransferStats();
  readonly #milliseconds: Record<string, number> = {};
  readonly #started = performance.now();
  readonly #json: boolean;
  #index: SeriesIndex | null = null;

  /**
   * @param dataOnStdout Whether the command's result goes to standard output.
   * @throws {UsageError} When `--json` would go there too.
   */
  constructor(invocation: Invocation, dataOnStdout: boolean) {
    const { options, environment } = invocation;
    this.#invocation = invocation;
    this.#console = new Console(environment, options);
    this.#json = options.flag("json");
    if (this.#json && dataOnStdout) {
      throw new UsageError("--json and an output of - would both write to stdout; name a file");
    }
  }

  /** Runs a step and keeps how long it took for the statistics. */
  async time<T>(name: string, step: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await step();
    } finally {
      this.#milliseconds[name] = Math.round(performance.now() - start);
    }
  }

  /**
   * Opens the series, draws, and reports.
   *
   * @param output The output as the call names it.
   * @param draw Draws and writes the picture.
   */
  async draw(
    output: string,
    draw: (index: SeriesIndex, onProgress: ReportProgress) => Promise<Drawn>,
  ): Promise<number> {
    try {
      const index = this.#index = await this.time("index", () => this.#open());
      const drawn = await this.time(
        "draw",
        () => this.#withBar("slices", (onProgress) => draw(index, onProgress)),
      );
      const failed = [...index.failed, ...drawn.failed];
      this.#report(index, failed);
      await this.#printJson(output, { ...drawn, failed });
      return failed.length > 0 ? ExitStatus.partial : ExitStatus.done;
    } catch (error) {
      const own = error instanceof SeriesPreviewError ? error.failed : [];
      const failed = [...(this.#index?.failed ?? []), ...own];
      for (const { url, error } of this.#index?.failed ?? []) this.#console.failed(url, error);
      await this.#printJson(output, { error: errorLine(error), failed });
      throw error;
    }
  }

  #open(): Promise<SeriesIndex> {
    const { operands, options, environment } = this.#invocation;
    const timeout = options.number("timeout");
    return this.#withBar("headers", (onProgress) =>
      SeriesIndex.open(operands[0]!, {
        root: options.text("root"),
        series: options.text("series"),
        cache: options.flag("no-cache") ? false : undefined,
        cacheDir: options.text("cache-dir"),
        concurrency: options.number("concurrency"),
        timeout: timeout === undefined ? undefined : timeout * 1000,
        rebuild: options.flag("rebuild"),
        imagingOnly: true,
        env: environment.env,
        fetch: environment.fetch,
        stats: this.#stats,
        onProgress,
        onNotice: (line) => this.#console.warn(line),
      }));
  }

  async #withBar<T>(label: string, step: (onProgress: ReportProgress) => Promise<T>): Promise<T> {
    if (!this.#console.showsProgress) return await step(() => {});
    const bar = new ProgressBar(label);
    try {
      return await step((done, total) => bar.update(done, total));
    } finally {
      await bar.stop();
    }
  }

  /** Says what the series is and what of it is missing. */
  #report(index: SeriesIndex, failed: readonly FailedRead[]): void {
    const { skipped, imagelessCount } = index;
    if (skipped.length > 0) {
      const some = skipped.slice(0, 3).map(({ url, reason }) => `${lastName(url)} (${reason})`);
      const more = skipped.length > some.length ? `, and ${skipped.length - some.length} more` : "";
      this.#console.note(`${skipped.length} skipped: ${some.join(", ")}${more}`);
    }
    if (imagelessCount > 0) {
      this.#console.note(
        `without an image, not shown: ${imagelessCount} of ${index.instanceCount}`,
      );
    }
    if (index.stacks !== null && this.#invocation.options.text("stack") === undefined) {
      this.#console.note(index.stacks);
    }
    for (const { url, error } of failed) this.#console.failed(url, error);
    const { requests, bytesFetched } = this.#stats;
    this.#console.detail(
      `index ${index.source}; ${requests} requests, ${bytesFetched} bytes; milliseconds: ` +
        JSON.stringify(this.#milliseconds),
    );
  }

  async #printJson(output: string, result: Record<string, unknown>): Promise<void> {
    if (!this.#json) return;
    const { command, operands, environment } = this.#invocation;
    const index = this.#index;
    const total = Math.round(performance.now() - this.#started);
    const text = JSON.stringify({
      command,
      series: index?.address ?? withoutSecrets(operands[0]!),
      output,
      ...result,
      stats: {
        ...this.#stats,
        bytesDecoded: index?.bytesDecoded ?? 0,
        cache: index?.source ?? (this.#invocation.options.flag("no-cache") ? "off" : "miss"),
        milliseconds: { ...this.#milliseconds, total },
      },
    });
    await environment.writeOut(new TextEncoder().encode(`${text}\n`));
  }
}

/** An address without the name, password and query it may hold; anything else as it is. */
function withoutSecrets(series: string): string {
  if (!/^https?:/i.test(series)) return series;
  return series.replace(/[?#].*$/s, "").replace(/^(\w+:\/*)[^/]*@/, "$1");
}

function lastName(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
