import { assertEquals, assertMatch } from "@std/assert";
import { startRangeServer } from "../support/range_server.ts";
import { assertRefused } from "./assert_refused.ts";
import { runCli, type RunCliOptions } from "./run_cli.ts";
import { sampleSeries } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

/** Calls a command with a cache in a folder. */
function call(folder: TemporaryFolder, words: readonly string[], options: RunCliOptions = {}) {
  return runCli([...words, "--cache-dir", folder.join("cache")], options);
}

/** A folder with local series in it whose indices are kept. */
async function indexedFolder(...names: string[]): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  for (const name of names) await folder.write(name, sampleSeries(2));
  const paths = names.map((name) => folder.join(name));
  assertEquals((await call(folder, ["build-index", ...paths])).status, 0);
  return folder;
}

async function keptIn(folder: TemporaryFolder): Promise<string[]> {
  const files = await folder.names("cache/indices");
  return files.map((file) => file.replace(/-[0-9a-f]{12}_index\.parquet$/, ""));
}

Deno.test("the index of a series is removed, and said so; without one that is said", async () => {
  await using folder = await indexedFolder("a", "b", "c");
  const { status, stderr } = await call(folder, ["clear-index", folder.join("a")]);
  assertEquals([status, stderr.length, await keptIn(folder)], [0, 1, ["b", "c"]]);
  assertMatch(stderr[0]!, /^note: removed a-[0-9a-f]{12}, of file:.*\/a\/$/);
  const again = await call(folder, ["clear-index", folder.join("a"), folder.join("b")]);
  assertEquals([again.status, await keptIn(folder)], [0, ["c"]]);
  assertMatch(again.stderr[0]!, /^note: no index is kept of file:.*\/a\/$/);
  assertMatch(again.stderr[1]!, /^note: removed b-/);
});

Deno.test("the index of a folder that is gone can be cleared by path, by name or by its start", async () => {
  await using folder = await indexedFolder("a", "bb", "bc");
  for (const name of ["a", "bb", "bc"]) {
    await Deno.remove(folder.join(name), { recursive: true });
  }
  await call(folder, ["clear-index", folder.join("a")]);
  assertEquals(await keptIn(folder), ["bb", "bc"]);
  const [file] = await folder.names("cache/indices");
  await call(folder, ["clear-index", file!.replace("_index.parquet", "")]);
  assertEquals(await keptIn(folder), ["bc"]);
  await call(folder, ["clear-index", "b*"]);
  assertEquals(await keptIn(folder), []);
});

Deno.test("clearing a series of object storage asks nobody", async () => {
  await using folder = await temporaryFolder();
  const uuid = "38902e14-b11f-4548-910e-771ee757dc82";
  await using server = startRangeServer({ objects: sampleSeries(2, { folder: `${uuid}/` }) });
  await call(folder, ["build-index", uuid], server);
  const before = server.log.length;
  const { stderr } = await call(folder, ["clear-index", uuid.replaceAll("-", "")], server);
  assertEquals(stderr, [`note: removed ${uuid}, of s3://idc-open-data/${uuid}/`]);
  assertEquals([server.log.length - before, await folder.names("cache/indices")], [0, []]);
});

Deno.test("all that is kept of a folder of several series goes, or that of one alone", async () => {
  await using folder = await temporaryFolder();
  const uids = ["1.2.3", "1.2.4"];
  for (const uid of uids) await folder.write(`in/${uid}`, sampleSeries(2, { seriesUID: uid }));
  await folder.write("other", sampleSeries(1));
  const series = folder.join("in");
  const build = async () => {
    for (const uid of uids) await call(folder, ["build-index", series, "--series", uid]);
    await call(folder, ["build-index", folder.join("other")]);
    assertEquals(await keptIn(folder), ["in", "in", "other"]);
  };
  await build();
  await call(folder, ["clear-index", series, "--series", "1.2.3"]);
  assertEquals(await keptIn(folder), ["in", "other"]);
  await build();
  await call(folder, ["clear-index", series]);
  assertEquals(await keptIn(folder), ["other"]);
});

Deno.test("--all removes every index, also where there is none", async () => {
  await using folder = await indexedFolder("a", "b");
  const { status, stderr, stdout } = await call(folder, ["clear-index", "--all", "--json"]);
  assertEquals([status, stderr], [0, [`note: removed 2 indices from ${folder.join("cache")}`]]);
  const report = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals([report.command, report.removed.length, report.failed], ["clear-index", 2, []]);
  assertEquals(await keptIn(folder), []);
  const again = await call(folder, ["clear-index", "--all"]);
  assertEquals(again.stderr, [`note: no index is kept in ${folder.join("cache")}`]);
});

Deno.test("what cannot be found is named, and the rest is cleared", async () => {
  await using folder = await indexedFolder("a");
  const root = ["--root", folder.path];
  const words = ["clear-index", "file:///no/such*", folder.join("a"), "--json", ...root];
  const { status, stderr, stdout } = await call(folder, words);
  assertEquals([status, await keptIn(folder)], [3, []]);
  assertMatch(stderr[0]!, /^failed: file:\/\/\/no\/such\*: /);
  const { series } = JSON.parse(new TextDecoder().decode(stdout));
  assertEquals(series.map(({ removed }: { removed: unknown[] }) => removed.length), [0, 1]);
  assertEquals((await call(folder, words)).status, 3);
  assertEquals((await call(folder, words.filter((word) => word !== folder.join("a")))).status, 1);
});

Deno.test("clear-index in wrong words removes nothing", async () => {
  await using folder = await indexedFolder("a");
  const refuse = (words: readonly string[], says: string) => {
    const given = ["clear-index", ...words, "--cache-dir", folder.join("cache")];
    return assertRefused(folder, given, { status: 2, says });
  };
  await refuse([], "name a SERIES, or --all");
  await refuse([folder.join("a"), "--all"], "--all and SERIES say two things");
  await refuse([folder.join("a"), "no:where"], "'no:' addresses are not known");
  await refuse(["--all", "--no-cache"], "--no-cache leaves clear-index no cache to look at");
  await refuse(["--al"], "clear-index has no option --al; did you mean --all?");
});
