/**
 * Measures the most memory that each command takes, on local series of 100 and of 1,000 slices of
 * 512 KB: what grows with a series beside its index would show.
 *
 * `deno run -A bench/peak_memory.ts [--json]`
 *
 * Linux alone tells it.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { makeScannerHeader, pixelBytes, plainHeader } from "./make_scanner_header.ts";
import { printTables } from "./report_table.ts";

const program = fromFileUrl(new URL("run_measured.ts", import.meta.url));
const counts = [100, 1000];

/** Writes a series whose pixels are holes in its files, which read as zeros. */
async function writeSeries(folder: string, count: number): Promise<void> {
  await Deno.mkdir(folder);
  for (let number = 0; number < count; number++) {
    const path = join(folder, `${String(number).padStart(4, "0")}.dcm`);
    const header = makeScannerHeader(number, plainHeader);
    await Deno.writeFile(path, header);
    await Deno.truncate(path, header.length + pixelBytes);
  }
}

/** Runs a command, and answers its peak in megabytes. */
async function measure(args: readonly string[], env: Record<string, string>): Promise<number> {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", program, ...args],
    env,
    stdout: "null",
    stderr: "piped",
  });
  const { success, stderr } = await command.output();
  const text = new TextDecoder().decode(stderr);
  if (!success) throw new Error(`${args.join(" ")} failed: ${text}`);
  return Number(/(\d+)\s*$/.exec(text)![1]) / 1e6;
}

const work = await Deno.makeTempDir({ prefix: "peak-memory-" });
const rows: Record<string, string | number>[] = [];
try {
  const peaks = new Map<string, number[]>();
  for (const count of counts) {
    const series = join(work, String(count));
    await writeSeries(series, count);
    const out = (name: string) => join(work, name);
    const noFfmpeg = { PATH: work };
    const commands: Record<string, readonly [string[], Record<string, string>?]> = {
      "--help": [["--help"]],
      "build-index": [["build-index", series]],
      "mosaic -n 36, no index yet": [["mosaic", series, out("a.webp"), "-n", "36", "--rebuild"]],
      "mosaic": [["mosaic", series, out("a.webp")]],
      "mosaic -n 36": [["mosaic", series, out("a.webp"), "-n", "36"]],
      "mosaic -n 36 -c auto": [["mosaic", series, out("a.webp"), "-n", "36", "-c", "auto"]],
      "image": [["image", series, out("a.png")]],
      "contrast-mosaic": [["contrast-mosaic", series, out("a.webp")]],
      "video -n 100, ffmpeg": [["video", series, out("a.mp4"), "-n", "100"]],
      "video -n 100, without ffmpeg": [["video", series, out("a.mp4"), "-n", "100"], noFfmpeg],
      "header": [["header", series]],
      "headers": [["headers", series, out("a.json")]],
      "list": [["list", series]],
    };
    for (const [name, [words, env = {}]] of Object.entries(commands)) {
      const args = name === "--help" ? words : [...words, "--cache-dir", out("cache"), "--quiet"];
      peaks.set(name, [...peaks.get(name) ?? [], await measure(args, env)]);
    }
  }
  for (const [command, figures] of peaks) {
    const row: Record<string, string | number> = { command };
    counts.forEach((count, i) => row[`n${count}`] = figures[i]!);
    rows.push(row);
  }
} finally {
  await Deno.remove(work, { recursive: true });
}
printTables([{
  title: "Peak of memory of a process, MB",
  columns: [
    { key: "command", title: "" },
    ...counts.map((count) => ({
      key: `n${count}`,
      title: `${count.toLocaleString("en-US")} slices`,
    })),
  ],
  rows,
}], Deno.args);
