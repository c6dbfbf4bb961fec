/**
 * Measures how the index grows with its series: time, peak of memory and size of the file, for
 * generated series of each number of instances, and for one object of as many frames.
 *
 * `deno run -A bench/index_scale.ts [COUNT…]`
 *
 * Every figure is of a process of its own, through the whole way from a store's bytes: headers are
 * read, indexed and written, and the file is read again and asked for slices. Prints Markdown. The
 * peak is the resident set's as Linux tells it; `growth` is what it grows by for an instance more
 * than in the row above.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { readIndex } from "../index_cache/read_index.ts";
import type { SeriesTable } from "../index_cache/series_table.ts";
import { sliceNumberAt } from "../index_cache/slice_number_at.ts";
import { writeIndex } from "../index_cache/write_index.ts";
import { locatedSeries } from "../retriever/located_series.ts";
import { generateIndex } from "../series_index/generate_index.ts";
import { imagingColumns } from "../series_index/image_rows.ts";
import { GeneratedStore } from "./generated_store.ts";
import { frameBytes, makeEnhancedHeader } from "./make_enhanced_header.ts";
import { longHeader, makeScannerHeader, pixelBytes, plainHeader } from "./make_scanner_header.ts";

/** The series that are measured, by name. */
const kinds: Readonly<Record<string, (count: number) => GeneratedStore>> = {
  "headers of 4.5 KB": (count) =>
    new GeneratedStore({
      count,
      make: (number) => makeScannerHeader(number, plainHeader),
      sizeOf: (made) => made.length + pixelBytes,
    }),
  "headers of 9 KB": (count) =>
    new GeneratedStore({
      count,
      make: (number) => makeScannerHeader(number, longHeader),
      sizeOf: (made) => made.length + pixelBytes,
    }),
  "frames of one object": (count) => {
    const made = makeEnhancedHeader(count);
    return new GeneratedStore({
      count: 1,
      make: () => made,
      sizeOf: () => made.length + count * frameBytes,
    });
  },
};

/** What one process measures. */
interface Figures {
  readonly milliseconds: number;
  /** Peak of the resident set in bytes. */
  readonly peak: number;
  readonly fileBytes: number;
  /** Milliseconds that a thousand slices take to be found by position. */
  readonly lookup: number;
}

/** What a process does: makes and writes the index, or reads columns of it. */
const steps: Readonly<
  Record<string, (kind: string, count: number, file: string) => Promise<Figures>>
> = {
  "build and save": async (kind, count, file) => {
    const store = kinds[kind]!(count);
    const start = performance.now();
    const table = await generateIndex(locatedSeries(store, ""), { seriesUID: "series" });
    const bytes = await writeIndex(table);
    await Deno.writeFile(file, bytes);
    return figures(start, table, bytes);
  },
  "load imaging columns": (_kind, _count, file) => load(file, imagingColumns),
  "load all": (_kind, _count, file) => load(file),
};

async function load(file: string, columns?: readonly string[]): Promise<Figures> {
  const start = performance.now();
  const bytes = await Deno.readFile(file);
  return figures(start, await readIndex(bytes, { columns }), bytes);
}

function figures(start: number, table: SeriesTable, bytes: Uint8Array): Figures {
  const milliseconds = performance.now() - start;
  const lookupStart = performance.now();
  for (let i = 0; i < 1000; i++) {
    const n = sliceNumberAt(i / 999, table.sliceCount);
    const { row } = table.slice(n);
    if (table.slicePosition(n) === null || table.value(row, "_data_url") === null) {
      throw new Error(`slice ${n} has no place`);
    }
  }
  const lookup = performance.now() - lookupStart;
  return { milliseconds, peak: peakBytes(), fileBytes: bytes.length, lookup };
}

/** The most memory that this process has had. */
function peakBytes(): number {
  const [, kibibytes] = Deno.readTextFileSync("/proc/self/status").match(/VmHWM:\s+(\d+)/)!;
  return 1024 * Number(kibibytes);
}

async function measure(...args: readonly string[]): Promise<Figures> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", import.meta.filename!, "--step", ...args],
    stderr: "inherit",
  });
  const { success, stdout } = await child.output();
  if (!success) throw new Error(`the process of ${args.join(" ")} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

if (Deno.args[0] === "--step") {
  const [, step, kind, count, file] = Deno.args;
  console.log(JSON.stringify(await steps[step!]!(kind!, Number(count), file!)));
} else if (import.meta.main) {
  const counts = Deno.args.length > 0 ? Deno.args.map(Number) : [100, 1000, 10_000, 30_000];
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const file = await Deno.makeTempFile({ suffix: ".parquet" });
  try {
    for (const kind of Object.keys(kinds)) {
      console.log(
        `\n| ${kind} | n | time, ms | file, MB | peak, MB | growth, KB | 1000 slices, ms |`,
      );
      console.log("| --- | --: | --: | --: | --: | --: | --: |");
      const before = new Map<string, { count: number; peak: number }>();
      for (const count of counts) {
        for (const step of Object.keys(steps)) {
          const { milliseconds, peak, fileBytes, lookup } = await measure(
            step,
            kind,
            String(count),
            file,
          );
          const last = before.get(step);
          const growth = last ? ((peak - last.peak) / (count - last.count) / 1e3).toFixed(1) : "";
          before.set(step, { count, peak });
          console.log(
            `| ${step} | ${count} | ${milliseconds.toFixed(0)} | ${megabytes(fileBytes)} | ` +
              `${megabytes(peak)} | ${growth} | ${lookup.toFixed(1)} |`,
          );
        }
      }
    }
  } finally {
    await Deno.remove(file);
  }
}
