import { readIndex } from "@dicom/series-preview/index-cache";
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startRangeServer } from "../support/range_server.ts";
import { assertRefused } from "./assert_refused.ts";
import { runCli, type RunCliOptions } from "./run_cli.ts";
import { sampleSeries, sampleSlice } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

interface BuildReport {
  readonly command: string;
  readonly series: readonly Readonly<Record<string, unknown>>[];
  readonly failed: readonly { readonly url: string; readonly error: string }[];
  readonly stats: { readonly requests: number };
}

/** Calls build-index with a cache in a folder; answers what `--json` prints, too. */
async function build(
  folder: TemporaryFolder,
  words: readonly string[],
  options: RunCliOptions = {},
) {
  const call = ["build-index", ...words, "--cache-dir", folder.join("cache"), "--json"];
  const { status, stderr, stdout } = await runCli(call, options);
  const text = new TextDecoder().decode(stdout);
  return { status, stderr, report: JSON.parse(text) as BuildReport };
}

/** A folder with three series in it. */
async function folderOfSeries(): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  for (const [name, count] of [["a", 2], ["b", 3], ["c", 1]] as const) {
    await folder.write(`root/${name}`, sampleSeries(count, { seriesUID: `1.2.${count}` }));
  }
  return folder;
}

Deno.test("indices of several series are made and kept, and those that are there stay", async () => {
  await using folder = await folderOfSeries();
  const [a, b, c] = ["a", "b", "c"].map((name) => folder.join("root", name));
  const first = await build(folder, [a!, b!]);
  assertEquals([first.status, first.stderr], [0, ["note: indices of 2 series: 2 made"]]);
  assertEquals(
    first.report.series.map(({ series, cache, instances, slices, failed }) => (
      { series, cache, instances, slices, failed }
    )),
    [[a, 2], [b, 3]].map(([path, count]) => ({
      series: `file://${path}/`,
      cache: "miss",
      instances: count,
      slices: count,
      failed: [],
    })),
  );
  const kept = await folder.names("cache/indices");
  assertEquals(kept, first.report.series.map(({ name }) => `${name}_index.parquet`));

  const again = await build(folder, [a!, c!, a!]);
  assertEquals(again.stderr, ["note: indices of 2 series: 1 made, 1 there already"]);
  assertEquals(again.report.series.map(({ cache }) => cache), ["hit", "miss"]);
  const rebuilt = await build(folder, [a!, "--rebuild"]);
  assertEquals(rebuilt.report.series.map(({ cache }) => cache), ["miss"]);
  assertMatch(rebuilt.stderr[0]!, /^note: index of file:.*\/a\/: made, 2 instances, 2 slices$/);
});

Deno.test("a failure of one series never stops the others, and is named", async () => {
  await using folder = await folderOfSeries();
  const [a, b] = [folder.join("root/a"), folder.join("root/b")];
  await Deno.writeFile(folder.join("root/b/cut.dcm"), sampleSlice({ number: 8 }).slice(0, 300));
  const missing = folder.join("missing");
  const { status, stderr, report } = await build(folder, [missing, a, "no:where", b]);
  assertEquals(status, 3);
  assertEquals(stderr.length, 4);
  assertMatch(stderr[0]!, /^failed: .*missing: there is no file or folder/);
  assertMatch(stderr[1]!, /^failed: no:where: 'no:' addresses are not known/);
  assertMatch(stderr[2]!, /^failed: file:.*\/b\/cut\.dcm: /);
  assertEquals(stderr[3], "note: indices of 4 series: 2 made, 2 failed");
  assertEquals(report.series.map(({ instances }) => instances), [undefined, 2, undefined, 3]);
  assertEquals(report.series[0]!.series, missing);
  assertStringIncludes(String(report.series[0]!.error), "there is no file or folder");
  assertEquals(report.failed.length, 3);
  assertEquals((await folder.names("cache/indices")).length, 2);

  assertEquals((await build(folder, [missing, `${missing}2`])).status, 1);
  const alone = await build(folder, [missing]);
  assertEquals([alone.status, alone.stderr.length], [1, 1]);
  assertMatch(alone.stderr[0]!, /^error: there is no file or folder/);
});

Deno.test("series come from a file, from standard input, and as the table that list writes", async () => {
  await using folder = await folderOfSeries();
  const [a, b] = [folder.join("root/a"), folder.join("root/b")];
  const lines = `# two series\r\n\r\n  ${a}  \r\n${b}\tignored\n`;
  await Deno.writeTextFile(folder.join("list.txt"), lines);
  const fromFile = await build(folder, ["--from", folder.join("list.txt")]);
  assertEquals(fromFile.report.series.map(({ instances }) => instances), [2, 3]);
  const stdin = await build(folder, [a, "--from", "-"], { stdin: lines });
  assertEquals(stdin.report.series.map(({ cache }) => cache), ["hit", "hit"]);

  const listed = await runCli(["list", folder.join("root"), "--no-cache"]);
  const table = new TextDecoder().decode(listed.stdout);
  const piped = await build(folder, ["--from=-"], { stdin: table });
  assertEquals(piped.report.series.map(({ instances }) => instances), [2, 3, 1]);
});

Deno.test("all series under a root are indexed, wherever the root is", async () => {
  await using folder = await temporaryFolder();
  const objects = new Map([
    ...sampleSeries(2, { folder: "root/38902e14-b11f-4548-910e-771ee757dc82/" }),
    ...sampleSeries(1, { folder: "root/b/" }),
  ]);
  await using server = startRangeServer({ objects });
  for (const root of ["s3://idc-open-data/root", `${server.url}/root/?token=secret`]) {
    const { status, report, stderr } = await build(folder, ["--all", "--root", root], server);
    assertEquals([status, report.series.map(({ instances }) => instances)], [0, [2, 1]]);
    assertEquals(JSON.stringify([report, stderr]).includes("secret"), false);
    // They are found again when they are asked for alone.
    const one = root.replace(/(\?.*)?$/, "/b/$1").replace("//b", "/b");
    assertEquals((await build(folder, [one], server)).report.series[0]!.cache, "hit");
  }
});

Deno.test("indices are written to a folder of one's own, too, or there alone", async () => {
  await using folder = await folderOfSeries();
  await folder.write("out", new Map());
  const words = ["--all", "--root", folder.join("root"), "-o", folder.join("out")];
  const { report } = await build(folder, words);
  assertEquals(report.series.length, 3);
  for (const { output, name, instances } of report.series) {
    assertEquals(output, folder.join("out", `${name}_index.parquet`));
    assertEquals((await readIndex(await Deno.readFile(String(output)))).instanceCount, instances);
  }
  await Deno.remove(folder.join("cache"), { recursive: true });
  await Deno.remove(folder.join("out"), { recursive: true });
  await folder.write("out", new Map());
  const alone = await runCli(["build-index", ...words, "--no-cache"]);
  assertEquals(alone.status, 0);
  assertEquals((await folder.names("out")).length, 3);
  assertEquals(await folder.names(), ["out", "root"]);
});

Deno.test("an index that could not be kept is a failure", async () => {
  await using folder = await folderOfSeries();
  await Deno.writeTextFile(folder.join("cache"), "a file");
  const { status, stderr } = await runCli([
    "build-index",
    folder.join("root/a"),
    "--cache-dir",
    folder.join("cache"),
  ]);
  assertEquals([status, stderr.length], [1, 2]);
  assertMatch(stderr[0]!, /^warning: going on without the cache: /);
  assertMatch(stderr[1]!, /^error: the index of file:.*\/a\/ was made, but could not be kept$/);
});

Deno.test("a host that is down is not asked for series after series", async () => {
  await using folder = await temporaryFolder();
  const series = Array.from({ length: 30 }, (_, i) => `s3://bucket/${i}/`);
  let requests = 0;
  const fetch = () => {
    requests++;
    return Promise.resolve(new Response("", { status: 500, headers: { "retry-after": "0" } }));
  };
  const { status, report } = await build(folder, [...series, "--timeout", "0.05"], { fetch });
  assertEquals([status, report.series.length, report.failed.length], [1, 30, 30]);
  assertMatch(report.failed.at(-1)!.error, /^not tried: 8 reads in a row failed/);
  assertEquals(requests <= 12 * 5, true, `${requests} requests`);
});

Deno.test("build-index in wrong words is refused", async () => {
  await using folder = await folderOfSeries();
  const refuse = (words: readonly string[], status: number, says: string) =>
    assertRefused(folder, ["build-index", ...words], { status, says });
  await refuse([], 2, "name a SERIES, or a file of them with --from");
  await refuse(["--all"], 2, "--all needs --root");
  await refuse([folder.join("root/a"), "--no-cache"], 2, "--no-cache would keep no index anywhere");
  await refuse(["--from", "-"], 2, "no series is named in -");
  await refuse(["--from", folder.join("missing")], 1, "there is no file");
  await refuse(["--all", "--root", folder.join("root/a")], 1, "no folder is in");
  await refuse(["a", "-o", folder.join("missing")], 1, "there is no folder");
  await refuse(["a", "--form", "x"], 2, "build-index has no option --form; did you mean --from?");
});
