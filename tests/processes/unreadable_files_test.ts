import { assertEquals, assertMatch } from "@std/assert";
import { sampleName, sampleSeries } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";
import { runUnprivileged } from "./run_unprivileged.ts";

Deno.test("files without permission to read are named, and the others drawn", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(3));
  await Deno.chmod(folder.join("in", sampleName(1)), 0);
  const words = ["mosaic", series, folder.join("out.png"), "--no-cache"];
  const result = await runUnprivileged(words);
  if (result === null) return;
  assertEquals([result.code, result.stderr.length], [3, 1], result.stderr.join("\n"));
  assertMatch(result.stderr[0]!, /^failed: file:.*\/0002\.dcm: .*(denied|no access|permission)/);
  assertEquals(await folder.names(), ["in", "out.png"]);
});

Deno.test("a folder without permission to read is refused in one line", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(3));
  await Deno.chmod(folder.join("in"), 0);
  const result = await runUnprivileged(["mosaic", series, folder.join("out.png"), "--no-cache"]);
  await Deno.chmod(folder.join("in"), 0o700);
  if (result === null) return;
  assertEquals([result.code, result.stderr.length], [1, 1], result.stderr.join("\n"));
  assertMatch(result.stderr[0]!, /^error: .*(denied|no access|permission)/);
});

Deno.test("a picture is not left half where its folder may not be written", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(3));
  await folder.write("out", new Map([["out.png", new Uint8Array(3)]]));
  await Deno.chmod(folder.join("out"), 0o500);
  const words = ["mosaic", series, folder.join("out", "out.png"), "--no-cache"];
  const result = await runUnprivileged(words);
  await Deno.chmod(folder.join("out"), 0o700);
  if (result === null) return;
  assertEquals([result.code, result.stderr.length], [1, 1], result.stderr.join("\n"));
  assertMatch(result.stderr[0]!, /^error: .*out/);
  assertEquals(await folder.names("out"), ["out.png"]);
  assertEquals((await Deno.readFile(folder.join("out", "out.png"))).length, 3);
});
