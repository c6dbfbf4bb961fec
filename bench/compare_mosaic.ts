/**
 * Sets a mosaic of 36 tiles from a local folder beside the same by pydicom and Pillow, as whole
 * programs in turns: without a kept index and with one. Python reads headers for their order alone, or
 * keeps all of their values as JSON, as series-preview keeps them in an index.
 *
 * `deno run -A bench/compare_mosaic.ts [--json] [--rounds N]`
 *
 * Python and its packages are those of Debian (`apt-get install python3-pydicom python3-pil
 * python3-numpy`). Ratios are of the medians: how many times as long Python takes.
 *
 * @module
 */
import { fromFileUrl, join } from "@std/path";
import { makeScannerHeader, plainHeader } from "./make_scanner_header.ts";
import { makeSlice } from "./make_slice.ts";
import { printTables } from "./report_table.ts";

const cli = fromFileUrl(new URL("../cli.ts", import.meta.url));
const reference = fromFileUrl(new URL("reference_mosaic.py", import.meta.url));

/** Writes a folder of CT slices, 512×512 of 16 bits under headers of 4.5 KB. */
async function writeSeries(folder: string, count: number): Promise<void> {
  await Deno.mkdir(folder);
  // Stored values of air are 24, of water 1024.
  const values = makeSlice().values.map((value) => value + 1024);
  for (let number = 0; number < count; number++) {
    const header = makeScannerHeader(number, plainHeader);
    const shift = Math.round(40 * Math.sin(number / 5));
    const pixels = Int16Array.from(values, (value) => value > 100 ? value + shift : value);
    const bytes = new Uint8Array(header.length + pixels.byteLength);
    bytes.set(header);
    bytes.set(new Uint8Array(pixels.buffer), header.length);
    await Deno.writeFile(join(folder, `${String(number).padStart(4, "0")}.dcm`), bytes);
  }
}

/** Runs a program and answers the milliseconds it took. */
async function time(program: string, args: readonly string[]): Promise<number> {
  const command = new Deno.Command(program, { args: [...args], stdout: "null", stderr: "piped" });
  const start = performance.now();
  const { success, stderr } = await command.output();
  const milliseconds = performance.now() - start;
  if (!success) throw new Error(`${program} failed: ${new TextDecoder().decode(stderr)}`);
  return milliseconds;
}

/** Finds a Python that has the packages. */
async function findPython(): Promise<string> {
  for (const python of ["/usr/bin/python3", "python3"]) {
    try {
      await time(python, ["-c", "import numpy, pydicom, PIL.Image"]);
      return python;
    } catch {
      // Another one may have them.
    }
  }
  throw new Error(
    "no Python with pydicom, NumPy and Pillow: apt-get install python3-pydicom " +
      "python3-pil python3-numpy",
  );
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

const plain = "pydicom, Pillow";
const keeping = "pydicom, Pillow, all headers kept as JSON";

const python = await findPython();
const named = Deno.args.indexOf("--rounds");
const rounds = named < 0 ? 9 : Number(Deno.args[named + 1]);
const work = await Deno.makeTempDir({ prefix: "compare-mosaic-" });
const rows: Record<string, string | number>[] = [];
try {
  for (const count of [36, 100, 300]) {
    const folder = join(work, String(count));
    await writeSeries(folder, count);
    const ours = (
      name: string,
      ...options: string[]
    ) => [
      "run",
      "-A",
      "--no-check",
      cli,
      "mosaic",
      folder,
      join(work, name),
      "-n",
      "36",
      "--quiet",
      "--cache-dir",
      join(work, "cache"),
      ...options,
    ];
    const ways: Record<string, () => Promise<number>> = {
      [plain]: () => time(python, [reference, folder, join(work, "reference.webp")]),
      [keeping]: () =>
        time(python, [reference, folder, join(work, "reference.webp"), join(work, "headers.json")]),
      "series-preview, no index made": () => time(Deno.execPath(), ours("none.webp", "--no-cache")),
      "series-preview, index made": () => time(Deno.execPath(), ours("cold.webp", "--rebuild")),
      "series-preview, index kept": () => time(Deno.execPath(), ours("warm.webp")),
    };
    const times = new Map(Object.keys(ways).map((way) => [way, [] as number[]]));
    // The first round is for the caches of the system and of the runtimes.
    for (let round = -1; round < rounds; round++) {
      for (const [way, run] of Object.entries(ways)) {
        const milliseconds = await run();
        if (round >= 0) times.get(way)!.push(milliseconds);
      }
    }
    for (const [way, taken] of times) {
      const milliseconds = median(taken);
      const ratioTo = (other: string) => median(times.get(other)!) / milliseconds;
      rows.push({
        count,
        way,
        milliseconds,
        ratio: ratioTo(plain),
        keepingRatio: ratioTo(keeping),
      });
    }
  }
} finally {
  await Deno.remove(work, { recursive: true });
}
printTables([{
  title: "36 tiles of 128² from a folder of slices of 512²",
  columns: [
    { key: "count", title: "slices" },
    { key: "way", title: "" },
    { key: "milliseconds", title: "median, ms" },
    { key: "ratio", title: "times as fast", digits: 2 },
    { key: "keepingRatio", title: "as what keeps headers", digits: 2 },
  ],
  rows,
}], Deno.args);
