import { SeriesPreviewError, UsageError } from "../errors.ts";
import { createTransferStats } from "../retriever/transfer_stats.ts";
import { SeriesIndex } from "../series_index/series_index.ts";
import type { Slice } from "../series_index/slice_reader.ts";
import type { FailedRead } from "../errors.ts";
import type { Invocation } from "./command.ts";
import { type Console, errorLine } from "./console.ts";
import { describeFarLocation } from "./describe_far_location.ts";
import { ExitStatus } from "./exit_status.ts";
import { indexOptions } from "./index_options.ts";
import { jsonText } from "./json_text.ts";
import { type ReportProgress, withBar } from "./with_bar.ts";
import { withoutSecrets } from "./without_secrets.ts";

/** What a command that draws has to tell of its picture. */
export interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly columns?: number;
  readonly rows?: number;
  /** Of a video. */
  readonly frames?: number;
  /** Of a video: frames a second. */
  readonly fps?: number;
  readonly slices: readonly Slice[];
  readonly failed: readonly FailedRead[];
}

/** A picture that is there, and what puts it where it is to be. */
export interface Unwritten {
  readonly drawn: Drawn;
  readonly write: () => Promise<void>;
}

/** What a command that reads has to tell: what `--json` prints, and the instances that failed. */
export interface Read {
  readonly failed: readonly FailedRead[];
  readonly [key: string]: unknown;
}

/** How {@linkcode SeriesRun.read} reads a series, and what is good to know of it. */
export interface ReadPlan {
  /** Whether the columns of the index that drawing takes are enough. */
  readonly imagingOnly: boolean;
  /** Whether to say what has no image. */
  readonly showsImages?: boolean;
  /** Whether to say how the series is split, from which a slice is chosen. */
  readonly choosesSlices?: boolean;
}

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
   * @param result What the error calls that result.
   * @throws {UsageError} When `--json` would go there too.
   */
  constructor(invocation: Invocation, dataOnStdout: boolean, result: string = "an output of -") {
    const { options, console } = invocation;
    this.#invocation = invocation;
    this.#console = console;
    this.#json = options.flag("json");
    if (this.#json && dataOnStdout) {
      throw new UsageError(`--json and ${result} would both write to stdout; name a file`);
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
   * Opens the series, draws, writes when the bar is gone, and reports.
   *
   * @param output The output as the call names it.
   * @param draw Draws the picture.
   */
  async draw(
    output: string,
    draw: (index: SeriesIndex, onProgress: ReportProgress) => Promise<Unwritten>,
  ): Promise<number> {
    const plan = { imagingOnly: true, showsImages: true, choosesSlices: true };
    return await this.read(output, plan, async (index) => {
      const step = (onProgress: ReportProgress) => draw(index, onProgress);
      const { drawn, write } = await this.time(
        "draw",
        () => withBar(this.#console, "slices", step),
      );
      // Whoever reads it may write to the same terminal.
      await write();
      return { ...drawn };
    });
  }

  /**
   * Opens the series, reads of it, and reports.
   *
   * @param output The output as the call names it; undefined where `--json` is all there is.
   * @param read Reads and writes.
   */
  async read(
    output: string | undefined,
    plan: ReadPlan,
    read: (index: SeriesIndex) => Promise<Read>,
  ): Promise<number> {
    try {
      const index = this.#index = await this.time("index", () => this.#open(plan));
      // What fails before it reads does not wait for the index to be kept; a stop gives it its grace.
      const result = await read(index).catch(async (error) => {
        await index.saved().catch(() => {/* the reading's error is the one to tell */});
        throw error;
      });
      await index.saved();
      const failed = [...index.failed, ...result.failed];
      this.#report(index, failed, plan);
      const left = { skipped: index.skipped.length, imageless: index.imagelessCount };
      await this.#printJson(output, { ...result, ...left, failed });
      return failed.length > 0 ? ExitStatus.partial : ExitStatus.done;
    } catch (error) {
      // Who stopped it waits for no more than that it stops.
      if (this.#invocation.environment.signal?.aborted) throw error;
      const own = error instanceof SeriesPreviewError ? error.failed : [];
      const failed = [...(this.#index?.failed ?? []), ...own];
      for (const { url, error } of this.#index?.failed ?? []) this.#console.failed(url, error);
      await this.#printJson(output, { error: errorLine(error), failed });
      throw error;
    }
  }

  /** Says what is good to know of the result. */
  note(line: string): void {
    this.#console.note(line);
  }

  /** Says how the result was come by; only when verbose. */
  detail(line: string): void {
    this.#console.detail(line);
  }

  #open({ imagingOnly }: ReadPlan): Promise<SeriesIndex> {
    const options = indexOptions(this.#invocation, this.#stats);
    return withBar(
      this.#console,
      "headers",
      (onProgress) =>
        SeriesIndex.open(this.#invocation.operands[0]!, { ...options, imagingOnly, onProgress }),
    );
  }

  /** Says what the series is and what of it is missing. */
  #report(index: SeriesIndex, failed: readonly FailedRead[], plan: ReadPlan): void {
    const { skipped, imagelessCount } = index;
    if (skipped.length > 0) {
      const some = skipped.slice(0, 3).map(({ url, reason }) => `${lastName(url)} (${reason})`);
      const more = skipped.length > some.length ? `, and ${skipped.length - some.length} more` : "";
      this.#console.note(`${skipped.length} skipped: ${some.join(", ")}${more}`);
    }
    if (plan.showsImages && imagelessCount > 0) {
      this.#console.note(
        `without an image, not shown: ${imagelessCount} of ${index.instanceCount}`,
      );
    }
    if (
      plan.choosesSlices && index.stacks !== null &&
      this.#invocation.options.text("stack") === undefined
    ) {
      this.#console.note(index.stacks);
    }
    const location = plan.choosesSlices ? this.#invocation.options.text("location") : undefined;
    const far = location === undefined ? null : describeFarLocation(index, Number(location));
    if (far !== null) this.#console.note(far);
    for (const { url, error } of failed) this.#console.failed(url, error);
    const { requests, bytesFetched } = this.#stats;
    this.#console.detail(
      `index ${index.source}; ${requests} requests, ${bytesFetched} bytes; milliseconds: ` +
        JSON.stringify(this.#milliseconds),
    );
  }

  async #printJson(output: string | undefined, result: Record<string, unknown>): Promise<void> {
    if (!this.#json) return;
    const { command, operands, environment } = this.#invocation;
    const index = this.#index;
    const total = Math.round(performance.now() - this.#started);
    const text = jsonText({
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

function lastName(url: string): string {
  return url.slice(url.lastIndexOf("/") + 1);
}
