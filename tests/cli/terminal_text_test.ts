import { assertEquals } from "@std/assert";
import { commands } from "../../cli/commands.ts";
import { runCli } from "./run_cli.ts";
import { Screen } from "./screen.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** Lines of a terminal; of an answer that is longer, those that do not scroll are kept. */
const rows = 24;

/** What is typed, by the name of the file that keeps what a terminal shows of it. */
const sessions: Readonly<Record<string, readonly string[]>> = {
  help: ["", "--version", ...commands.map(({ name }) => `${name} --help`)],
  runs: [
    "mosaic demo:ct DIR/mosaic.webp -n 2 -w 64",
    "image demo:ct DIR/slice.png -p 0.3 -c lung -w 64",
    "contrast-mosaic demo:ct DIR/contrasts.jpg -c lung -c bone -w 128",
    "video demo:ct DIR/torso.mp4 -n 200 -s 0.49 -e 0.51 -w 64",
    "header demo:ct -t Modality -t Pixel*",
    "headers demo:ct DIR/headers.parquet",
    "list demo:ct",
    "build-index demo:ct",
    "build-index demo:ct DIR/nowhere",
    "clear-index demo:ct",
    "list",
    "completions fish",
  ],
  mistakes: [
    "mosaik demo:ct DIR/a.webp",
    "--versoin",
    "mosaic demo:ct",
    "mosaic demo:ct -",
    "mosaic demo:ct -o -",
    "mosaic demo:ct DIR/a.gif",
    "mosaic demo:ct DIR/no/a.webp",
    "mosaic demo:ct DIR/a.webp --sampels 4",
    "mosaic demo:ct DIR/a.webp -n four",
    "image demo:ct DIR/a.webp -p 2",
    "image demo:ct DIR/a.webp -c lnug",
    "contrast-mosaic demo:mr DIR/a.webp",
    "video demo:ct -",
    "video demo:ct DIR/a.webp",
    "header demo:ct -t Modalty",
    "headers demo:ct --format parquet",
    "list DIR/nowhere",
    "build-index",
    "clear-index",
    "completions fihs",
  ],
};

/** Types calls one after another; answers what a terminal of 80 columns shows in the end. */
async function type(calls: readonly string[]): Promise<string> {
  await using folder = await temporaryFolder();
  const lines: string[] = [];
  for (const call of calls) {
    const screen = new Screen();
    const words = call.split(" ").filter(Boolean).map((word) => word.replace("DIR", folder.path));
    const { status, stdout } = await runCli(words, {
      isTerminal: true,
      isOutTerminal: true,
      onTerminal: (text) => screen.write(text),
      env: (name) => name === "IDC_SERIES_PREVIEW_CACHE_DIR" ? folder.join("cache") : undefined,
    });
    const printed = new TextDecoder().decode(stdout).split("\n").slice(0, -1);
    const seen = call.endsWith("--help") ? printed : printed.slice(0, rows);
    lines.push(`$ series-preview ${call}`.trimEnd(), ...seen, ...screen.lines);
    if (status !== 0) lines.push(`[${status}]`);
  }
  return `${lines.join("\n")}\n`.replaceAll(folder.path, "DIR");
}

for (const [name, calls] of Object.entries(sessions)) {
  Deno.test(`${name}: a terminal shows what tests/cli/terminal/${name}.txt keeps`, async () => {
    const file = new URL(`terminal/${name}.txt`, import.meta.url);
    const text = await type(calls);
    if (Deno.args.includes("--update")) await Deno.writeTextFile(file, text);
    const kept = await Deno.readTextFile(file);
    assertEquals(text, kept, "write it anew with `deno task update`");
  });
}
