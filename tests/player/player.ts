/**
 * Has Chromium play videos of both encoders, and checks each frame that it shows, where there is a
 * Chromium on `PATH` or `CHROMIUM` names one.
 *
 * @module
 */
// deno-lint-ignore-file no-console -- a program for the terminal
import { assertEquals, assertLess } from "@std/assert";
import { runCli } from "../cli/run_cli.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";
import { discColumn, discSeries } from "../video/disc_series.ts";
import { findChromium } from "./find_chromium.ts";
import { playInChromium } from "./play_in_chromium.ts";

const count = 72;
const fps = 24;

if (import.meta.main) {
  const chromium = await findChromium();
  if (chromium === null) {
    console.log("skipped: there is no Chromium; CHROMIUM names one");
    Deno.exit(0);
  }
  for (const path of ["", Deno.env.get("PATH") ?? ""]) await check(chromium, path);
}

/** Makes a video with the programs of a PATH, and has it played. */
async function check(chromium: string, path: string): Promise<void> {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", discSeries(count));
  const output = folder.join("out.mp4");
  const call = ["video", series, output, "--no-cache", "--fps", `${fps}`, "-v"];
  const { status, stderr } = await runCli(call, { env: () => path });
  assertEquals(status, 0, stderr.join("\n"));
  const report = await playInChromium(chromium, await Deno.readFile(output), { count, fps });
  assertEquals([report.width, report.height], [64, 48]);
  assertLess(Math.abs(report.duration - count / fps), 0.01);
  report.jumps.forEach((column, number) => {
    const expected = discColumn(count - 1 - number, count);
    assertLess(Math.abs(column - expected), 1, `frame ${number}: ${column}, not ${expected}`);
  });
  assertEquals(report.jumps.length, count);
  const [air, disc] = report.greys;
  assertLess(Math.abs(air - 13), 4, "air");
  assertLess(Math.abs(disc - 230), 5, "disc");
  const numbers = report.played.map((time) => Math.round(time * fps));
  assertEquals(numbers, numbers.toSorted((one, other) => one - other), "played in order");
  assertEquals([numbers[0], numbers.at(-1)], [0, count - 1]);
  console.log(
    `${stderr[0]!.trim()}: ${count} frames jumped to, ${new Set(numbers).size} seen in playing; ` +
      `air ${air}, disc ${disc}`,
  );
}
