import { main } from "@dicom/series-preview/cli";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Console } from "../../cli/console.ts";
import { Interruption } from "../../cli/interruption.ts";
import { runCli } from "./run_cli.ts";
import { sampleSeries } from "./sample_series.ts";
import { Screen } from "./screen.ts";
import { temporaryFolder } from "./temporary_folder.ts";

Deno.test("progress is drawn on a terminal only, never when quiet, and is taken away again", async () => {
  // Else five headers are read before it is there to be drawn.
  await import("cli-progress");
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(5));
  const call = ["mosaic", series, folder.join("out.png"), "--no-cache", "-w", "60"];
  const run = async (words: readonly string[], isTerminal: boolean) => {
    const screen = new Screen();
    let drawn = "";
    const onTerminal = (text: string) => {
      drawn += text;
      screen.write(text);
    };
    const { status, stderr, stdout } = await runCli(words, { isTerminal, onTerminal });
    assertEquals([status, stderr, stdout.length, screen.lines], [0, [], 0, []]);
    return drawn;
  };
  const drawn = await run(call, true);
  for (const label of ["headers", "slices"]) assertStringIncludes(drawn, label);
  assertStringIncludes(drawn, "/5");
  assertEquals(await run(call, false), "");
  assertEquals(await run([...call, "--quiet"], true), "");
});

Deno.test("progress is taken away before an error is said", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(3, { imageless: true }));
  const screen = new Screen();
  let drawn = "";
  const { status, stderr } = await runCli(
    ["mosaic", series, folder.join("out.png"), "--no-cache"],
    {
      isTerminal: true,
      onTerminal: (text) => {
        drawn += text;
        screen.write(text);
      },
    },
  );
  assertStringIncludes(drawn, "headers");
  assertEquals([status, stderr.length], [1, 1]);
  assertEquals(screen.lines.join("\n"), stderr.join("\n"));
});

/** A console on a screen, and a wait until something was drawn on it. */
function consoleOnScreen(signal?: AbortSignal) {
  const screen = new Screen();
  const drawn = Promise.withResolvers<void>();
  const console = new Console({
    writeOut: () => Promise.resolve(),
    writeError: (line) => screen.write(`${line}\n`),
    isTerminal: () => true,
    drawError(text) {
      screen.write(text);
      if (text.includes("/")) drawn.resolve();
    },
    columns: () => 40,
    signal,
  }, { text: () => undefined, texts: () => [], number: () => undefined, flag: () => false });
  return { console, screen, drawn: drawn.promise };
}

Deno.test("a notice stands above the bar, whole, and the bar below it", async () => {
  const { console, screen, drawn } = consoleOnScreen();
  const progress = console.watch("headers");
  console.note("before");
  progress.update(1, 7);
  await drawn;
  const [, bar] = screen.lines;
  assertMatch(bar!, /^headers [#.]+ 1\//);
  assert(bar!.length < 40, "the bar is wider than the terminal");
  console.warn("a line that is longer than the bar, and wider than the terminal that it is on");
  console.note("short");
  const notices = [
    "note: before",
    "warning: a line that is longer than the",
    "  bar, and wider than the terminal that",
    "  it is on",
    "note: short",
  ];
  assertEquals(screen.lines, [...notices, bar!]);
  progress.update(7, 7);
  await progress.stop();
  assertEquals(screen.lines, notices);
  console.note("after");
  assertEquals(screen.lines, [...notices, "note: after"]);
  assertEquals(console.done, "7 of 7 headers");
});

Deno.test("what a stop cuts short is not counted as done", async () => {
  const stopping = new AbortController();
  const { console } = consoleOnScreen(stopping.signal);
  const progress = console.watch("slices");
  progress.update(2, 9);
  stopping.abort(new Interruption("SIGINT"));
  progress.update(3, 9);
  await progress.stop();
  assertEquals(console.done, "2 of 9 slices");
});

Deno.test("the bar is gone before a picture is written, for its reader may write to the terminal, too", async () => {
  await import("cli-progress");
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(5));
  const screen = new Screen();
  const seen: string[][] = [];
  let drawn = "";
  const status = await main(["mosaic", series, "-", "--no-cache", "-w", "60"], {
    writeOut() {
      seen.push(screen.lines);
      screen.write("read by another program");
      return Promise.resolve();
    },
    writeError: (line) => screen.write(`${line}\n`),
    drawError(text) {
      drawn += text;
      screen.write(text);
    },
    isTerminal: () => true,
    env: () => undefined,
  });
  assertStringIncludes(drawn, "slices");
  assertEquals([status, seen, screen.lines], [0, [[]], ["read by another program"]]);
});
