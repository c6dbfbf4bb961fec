import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import process from "node:process";
import { runCli } from "./run_cli.ts";
import { sampleSeries } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

// deno-lint-ignore no-control-regex -- back to the start of the line, all of which is erased
const CLEARED = /\x1b\[1G\x1b\[2K$/;

/** Runs a step with a terminal in place of standard error; answers what was drawn on it. */
async function onTerminal(
  step: () => Promise<unknown>,
  onWrite: () => void = () => {},
): Promise<string> {
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
      onWrite();
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
  assertMatch(drawn, CLEARED);
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
  assertMatch(drawn, CLEARED);
});

Deno.test("progress leaves Ctrl-C to the system, and the terminal's modes as they are", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(5));
  const call = ["mosaic", series, folder.join("out.png"), "--no-cache", "-w", "60"];
  const before = process.listenerCount("SIGINT");
  const during: number[] = [];
  const drawn = await onTerminal(
    () => runCli(call, { isTerminal: true }),
    () => during.push(process.listenerCount("SIGINT")),
  );
  assertEquals(new Set(during), new Set([before]));
  assertEquals(drawn.includes("\x1b[?"), false, JSON.stringify(drawn));
});
