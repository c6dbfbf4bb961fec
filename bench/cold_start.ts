/**
 * Measures whole programs, from the start of the process to its end, in turns: the command line
 * tool beside an empty script, the modules that a mosaic loads and nothing done with them, and the
 * encoding of a picture of its size by jSquash alone.
 *
 * `deno run -A bench/cold_start.ts [--json] [--rounds N]`
 *
 * Each figure is the median of the rounds; user CPU counts all threads, and is the one to go by on
 * a machine that has something else to do. It is bash that tells the two.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { fromFileUrl, join } from "@std/path";
import { DemoStore } from "../retriever/demo_store.ts";
import { loadedModules } from "../tests/support/loaded_modules.ts";
import { printTables } from "./report_table.ts";

const root = new URL("../", import.meta.url);
const tool = fromFileUrl(new URL("cli.ts", root));
const config = `--config=${fromFileUrl(new URL("deno.json", root))}`;
const slices = 36;

/** What a run took, in milliseconds. */
interface Taken {
  readonly wall: number;
  readonly user: number;
}

/** Runs a program of Deno to its end. */
async function run(args: readonly string[]): Promise<Taken> {
  const script = `TIMEFORMAT="%3R %3U"; { time "$@" > /dev/null 2>&3; } 3>&2`;
  const { success, stderr } = await new Deno.Command("bash", {
    args: ["-c", script, "bash", Deno.execPath(), "run", "-A", "--no-check", ...args],
    env: { NO_COLOR: "1", LC_ALL: "C" },
  }).output();
  const text = new TextDecoder().decode(stderr).trim();
  if (!success) throw new Error(`${args.join(" ")} failed: ${text}`);
  const [wall, user] = text.split("\n").at(-1)!.split(" ").map((seconds) => 1000 * Number(seconds));
  return { wall: wall!, user: user! };
}

/** A script that imports what a call of the tool loads, and does nothing with it. */
async function importsOf(words: readonly string[], cwd: string): Promise<string> {
  const { files } = await loadedModules(words, cwd);
  const packages = [
    "hyparquet/src/metadata.js",
    "hyparquet/src/read.js",
    "@jsquash/webp/encode.js",
  ];
  const modules = [
    // What does something when it is imported is left out: the program, and its threads'.
    ...files.filter((file) => !/^cli\.ts$|_worker\.ts$/.test(file))
      .map((file) => new URL(file, root).href),
    ...packages,
  ];
  return modules.map((name) => `import ${JSON.stringify(name)};\n`).join("");
}

/** A script that writes a picture, whose RGBA it reads, as the tool does. */
function encodeScript(pixels: string, side: number, output: string): string {
  return `import encode from "@jsquash/webp/encode.js";
    const data = new Uint8ClampedArray(await Deno.readFile(${JSON.stringify(pixels)}));
    const picture = { width: ${side}, height: ${side}, data };
    const bytes = await encode(picture, { quality: 60, method: 2 });
    await Deno.writeFile(${JSON.stringify(output)}, new Uint8Array(bytes));`;
}

async function writeSeries(folder: string): Promise<void> {
  await Deno.mkdir(folder);
  const store = new DemoStore();
  for (let number = 1; number <= slices; number++) {
    const name = `${String(3 * number).padStart(4, "0")}.dcm`;
    await Deno.writeFile(join(folder, name), (await store.get(`ct/${name}`)).bytes);
  }
}

/** Writes the pixels of a WebP file as RGBA; answers the length of its sides. */
async function writePixels(webp: string, pixels: string): Promise<number> {
  const { default: decode } = await import("@jsquash/webp/decode.js");
  const { width, height, data } = await decode((await Deno.readFile(webp)).buffer);
  if (width !== height) throw new Error(`the mosaic is ${width}×${height}, not square`);
  await Deno.writeFile(pixels, new Uint8Array(data.buffer));
  return width;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

const { rounds } = parseArgs(Deno.args, { string: ["rounds"], default: { rounds: "15" } });
const work = await Deno.makeTempDir({ prefix: "cold-start-" });
const rows: Record<string, string | number>[] = [];
try {
  const at = (name: string) => join(work, name);
  const write = async (name: string, text: string): Promise<string> => {
    await Deno.writeTextFile(at(name), text);
    return at(name);
  };
  const mosaic = (series: string, ...options: string[]) => {
    const words = ["mosaic", series, at("out.webp"), "--quiet", "--cache-dir", at("cache")];
    return [...words, ...options];
  };
  const call = (...words: string[]) => [tool, ...words];
  await writeSeries(at("series"));
  await run(call(...mosaic("demo:ct")));
  const side = await writePixels(at("out.webp"), at("pixels"));
  const imports = await write("imports.ts", await importsOf(mosaic("demo:ct"), work));
  const encode = await write("encode.ts", encodeScript(at("pixels"), side, at("bare.webp")));
  const programs: Readonly<Record<string, readonly string[]>> = {
    "an empty script": [await write("empty.ts", "")],
    "`--help`": call("--help"),
    "`--version`": call("--version"),
    "`mosaic --help`": call("mosaic", "--help"),
    "WebP by jSquash alone": [config, encode],
    "imports of `mosaic demo:ct`": [config, imports],
    "`mosaic demo:ct`, index kept": call(...mosaic("demo:ct")),
    "`mosaic demo:ct`, no index yet": call(...mosaic("demo:ct", "--rebuild")),
    "`mosaic FOLDER`, index kept": call(...mosaic(at("series"))),
    "`mosaic FOLDER`, no index yet": call(...mosaic(at("series"), "--rebuild")),
  };
  const taken = new Map(Object.keys(programs).map((name) => [name, [] as Taken[]]));
  // The first round is for the caches of the system and of Deno.
  for (let round = -1; round < Number(rounds); round++) {
    for (const [name, program] of Object.entries(programs)) {
      const figures = await run(program);
      if (round >= 0) taken.get(name)!.push(figures);
    }
  }
  const medians = [...taken].map(([name, runs]) => ({
    name,
    wall: median(runs.map(({ wall }) => wall)),
    user: median(runs.map(({ user }) => user)),
  }));
  const [empty] = medians;
  for (const { name, wall, user } of medians) {
    rows.push({ name, wall, ratio: wall / empty!.wall, user, userRatio: user / empty!.user });
  }
} finally {
  await Deno.remove(work, { recursive: true });
}
printTables([{
  title: `Whole programs; mosaics of 9 tiles, a folder of ${slices} slices of 512²`,
  columns: [
    { key: "name", title: "" },
    { key: "wall", title: "wall, ms" },
    { key: "ratio", title: "÷ empty", digits: 2 },
    { key: "user", title: "user CPU, ms" },
    { key: "userRatio", title: "÷ empty", digits: 2 },
  ],
  rows,
}], Deno.args);
