import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { sampleName, sampleSeries, sampleSlice } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";
import { cliCommand, endOf } from "./child_process.ts";

const CLI = fromFileUrl(new URL("../../cli.ts", import.meta.url));

Deno.test("64 programs at once on one cache: one makes the index, all have their picture", async () => {
  await using folder = await temporaryFolder();
  await folder.write("in", sampleSeries(4));
  const words = ["mosaic", "in", "-w", "60", "--json", "--cache-dir", "cache"];
  const results = await Promise.all(
    Array.from(
      { length: 64 },
      (_, i) => endOf(cliCommand([...words, `${i}.png`], { cwd: folder.path })),
    ),
  );
  const caches = results.map(({ code, stdout, stderr }) => {
    assertEquals(code, 0, stderr.join("\n"));
    return JSON.parse(new TextDecoder().decode(stdout)).stats.cache as string;
  });
  assertEquals(caches.filter((cache) => cache !== "hit"), ["miss"]);
  assertEquals((await folder.names("cache/indices")).length, 1);
  assertEquals((await folder.names()).length, 64 + 2);
});

Deno.test("10,000 instances are read 64 at a time where 256 files may be open", {
  // There is no `ulimit`.
  ignore: Deno.build.os === "windows",
}, async () => {
  await using folder = await temporaryFolder();
  const count = 10_000;
  const slices = Array.from({ length: count }, (_, number) => sampleSlice({ number }));
  await folder.write("in", new Map(slices.map((bytes, i) => [sampleName(i), bytes])));
  const { code, stdout, stderr } = await endOf(
    new Deno.Command("sh", {
      args: [
        ...["-c", 'ulimit -n 256 && exec "$0" run -A --no-check --no-prompt "$@"'],
        ...[Deno.execPath(), CLI, "build-index", "in", "--cache-dir", "cache"],
        ...["--concurrency", "64", "--json"],
      ],
      cwd: folder.path,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }),
  );
  assertEquals(code, 0, stderr.join("\n"));
  const { series: [{ instances, failed }] } = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals([instances, failed], [count, []]);
});
