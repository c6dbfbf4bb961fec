import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import process from "node:process";
import { runCli } from "./run_cli.ts";
import { sampleSeries } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** Runs a step with a terminal in place of standard error; answers what was drawn on it. */
async function onTerminal(step: () => Promise<unknown>): Promise<string> {
  const { stderr } = process;
  const drawn: string[] = [];
  const saved = ["isTTY", "write", "columns"].map((name) =>
    [name, Object.getOwnPropertyDescriptor(stderr, name)] as const
  );
  const terminal = {
    isTTY: true,
    columns: 80,
    write: (text: string) => {
      drawn.push(text);
      return true;
    },
  };
  for (const [name, value] of Object.entries(terminal)) {
    Object.defineProperty(stderr, name, { value, configurable: true, writable: true });
  }
  try {
    await step();
  } finally {
    for (const [name, descriptor] of saved) {
      if (descriptor) Object.defineProperty(stderr, name, descriptor);
      else delete (stderr as unknown as Record<string, unknown>)[name];
    }
  }
  return drawn.join("");
}

Deno.test("progress is drawn on a terminal only, never when quiet, and is taken away again", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(5));
  const call = ["mosaic", series, folder.join("out.png"), "--no-cache", "-w", "60"];
  const run = (words: readonly string[], isTerminal: boolean) =>
    onTerminal(async () => {
      const { status, stderr, stdout } = await runCli(words, { isTerminal });
      assertEquals([status, stderr, stdout.length], [0, [], 0]);
    });
  const drawn = await run(call, true);
  for (const label of ["headers", "slices"]) assertStringIncludes(drawn, label);
  assertStringIncludes(drawn, "/5");
  // The cursor is shown again, and the last line is cleared.
  assert(drawn.lastIndexOf("\x1b[?25h") > drawn.lastIndexOf("\x1b[?25l"), JSON.stringify(drawn));
  assertEquals(await run(call, false), "");
  assertEquals(await run([...call, "--quiet"], true), "");
});

Deno.test("progress is taken away before an error is said", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(3, { imageless: true }));
  const drawn = await onTerminal(async () => {
    const call = ["mosaic", series, folder.join("out.png"), "--no-cache"];
    const { status, stderr } = await runCli(call, { isTerminal: true });
    assertEquals([status, stderr.length], [1, 1]);
  });
  assertStringIncludes(drawn, "headers");
  assertEquals(drawn.split("\x1b[?25l").length, drawn.split("\x1b[?25h").length);
});
