import { assertEquals, assertLessOrEqual, assertMatch } from "@std/assert";
import { startRangeServer } from "../support/range_server.ts";
import { assertRefused } from "./assert_refused.ts";
import { runCli, type RunCliOptions } from "./run_cli.ts";
import { sampleSeries, sampleSlice, sampleUID } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

/** The lines that a call prints, and what it says. */
async function list(
  folder: TemporaryFolder,
  words: readonly string[],
  options: RunCliOptions = {},
) {
  const call = ["list", ...words, "--cache-dir", folder.join("cache")];
  const { status, stdout, stderr } = await runCli(call, options);
  const text = new TextDecoder().decode(stdout);
  return { status, stderr, text, lines: text.split("\n").filter((line) => line !== "") };
}

Deno.test("the instances of a series are listed in display order, by tabs in a pipe", async () => {
  await using folder = await temporaryFolder();
  const objects = sampleSeries(3);
  const series = await folder.write("in", objects);
  const { status, stderr, lines } = await list(folder, [series]);
  assertEquals([status, stderr], [0, []]);
  assertEquals(
    lines.map((line) => line.split("\t")),
    [3, 2, 1].map((number, i) => [
      `${i}`,
      `${i / 2}`,
      `${(number - 1) * 2}`,
      `${number}`,
      "1",
      sampleUID(number - 1),
      `${objects.get(`000${number}.dcm`)!.length}`,
      `file://${series}/000${number}.dcm`,
    ]),
  );
});

Deno.test("on a terminal columns are lined up under their titles", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(12));
  const { lines, stderr } = await list(folder, [series], { isOutTerminal: true, columns: 200 });
  assertEquals([lines.length, stderr], [13, []]);
  assertMatch(lines[0]!, /^index {2}position {2}location {2}number {2}slices {2}SOP Instance UID /);
  const starts = lines.map((line) => line.search(/1\.2\.826|SOP/));
  assertEquals(new Set(starts).size, 1);
  assertEquals(new Set(lines.map((line) => line.search(/file:|address/))).size, 1);
  assertEquals(lines.map((line) => line.slice(0, 5)).slice(1, 3), ["    0", "    1"]);
});

Deno.test("where a terminal is narrow, columns are left out and named, and addresses keep their ends", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(12));
  const { lines, stderr } = await list(folder, [series], { isOutTerminal: true });
  assertMatch(lines[0]!, /^index {2}position {2}location {2}number {2}address$/);
  for (const line of lines) assertLessOrEqual(line.length, 80, line);
  for (const line of lines.slice(1)) assertMatch(line, / …\S*\/in\/00\d\d\.dcm$/);
  assertEquals(stderr, ["note: no room for SOP Instance UID, bytes; a pipe and --json have all"]);

  const kept = await list(folder, [], { isOutTerminal: true, columns: 60 });
  assertMatch(kept.lines[0]!, /^series +modality {2}instances {2}slices$/);
  for (const line of kept.lines) assertLessOrEqual(line.length, 60, line);
  assertMatch(kept.lines[1]!, /^…\S*\/in\/ {2}CT /);
});

Deno.test("frames count on in the positions, and what has no image has none", async () => {
  await using folder = await temporaryFolder();
  const objects = sampleSeries(2, { frames: 3 });
  objects.set("plan.dcm", sampleSlice({ number: 9, imageless: true }));
  const series = await folder.write("in", objects);
  const { text } = await list(folder, [series, "--json"]);
  const { instances, ...rest } = JSON.parse(text);
  assertEquals([rest.command, rest.failed], ["list", []]);
  assertEquals(
    instances.map((each: Record<string, unknown>) => [each.index, each.slices, each.position]),
    [[0, 3, 0], [1, 3, 0.6], [2, 0, null]],
  );
  const { lines } = await list(folder, [series]);
  assertEquals(lines[2]!.split("\t")[1], "-");
});

Deno.test("the series under a root are listed, and which of them have an index", async () => {
  await using folder = await temporaryFolder();
  const objects = new Map([
    ...sampleSeries(1, { folder: "root/aa/" }),
    ...sampleSeries(1, { folder: "root/ab/" }),
    ...sampleSeries(1, { folder: "root/c/" }),
  ]);
  await folder.write("", objects);
  await using server = startRangeServer({ objects, maxKeys: 2 });
  const roots = [
    folder.join("root"),
    "s3://idc-open-data/root/",
    `${server.url}/root/?token=secret`,
  ];
  for (const root of roots) {
    const one = root.replace(/\/?(\?.*)?$/, "/ab/$1");
    const index = ["build-index", one, "--cache-dir", folder.join("cache")];
    assertEquals((await runCli(index, server)).status, 0);
    const { status, stderr, lines, text } = await list(folder, [root], server);
    assertEquals([status, stderr, lines.length], [0, [], 3]);
    const rows = lines.map((line) => line.split("\t"));
    assertEquals(rows.map(([address]) => address!.split("/").at(-2)), ["aa", "ab", "c"]);
    assertEquals([rows[0]![1], rows[2]![1]], ["-", "-"]);
    assertMatch(rows[1]![1]!, /^ab-[0-9a-f]{12}$/);
    assertEquals(text.includes("secret"), false);

    const json = JSON.parse((await list(folder, [root, "--json"], server)).text);
    assertEquals(json.series.map(({ index }: { index: unknown }) => index !== null), [
      false,
      true,
      false,
    ]);
    assertEquals(JSON.stringify(json).includes("secret"), false);
  }
  const pattern = (start: string) => list(folder, [start, "--root", folder.join("root")]);
  assertEquals((await pattern("a*")).lines.length, 2);
  // One that starts so is that series, as for every command.
  assertEquals((await pattern("c*")).lines.map((line) => line.split("\t").length), [8]);
  const terminal = await list(folder, [folder.join("root")], { isOutTerminal: true });
  assertMatch(terminal.lines[0]!, /^series +index$/);
});

Deno.test("without words the kept indices are listed, and one that is damaged is said", async () => {
  await using folder = await temporaryFolder();
  const none = await list(folder, []);
  assertEquals([none.lines, none.stderr], [[], [
    `note: no index is kept in ${folder.join("cache")}`,
  ]]);
  const series = await folder.write("in", sampleSeries(2, { frames: 2, modality: "MR" }));
  await list(folder, [series]);
  const [file] = await folder.names("cache/indices");
  await Deno.writeTextFile(folder.join("cache/indices/bad_index.parquet"), "no index");
  const { status, lines, stderr } = await list(folder, []);
  assertEquals(status, 0);
  const size = (await Deno.stat(folder.join("cache/indices", file!))).size;
  assertEquals(lines.map((line) => line.split("\t")), [
    ["-", "-", "-", "-", "8", "bad"],
    [`file://${series}/`, "MR", "2", "4", `${size}`, file!.replace("_index.parquet", "")],
  ]);
  assertEquals(stderr, [
    "warning: the index bad cannot be read, and will be made anew when it is needed",
  ]);
  const { indices } = JSON.parse((await list(folder, ["--json", "--quiet"])).text);
  assertEquals(indices.map(({ name }: { name: string }) => name).length, 2);
});

Deno.test("control characters in headers and names never reach the terminal or break a table", async () => {
  await using folder = await temporaryFolder();
  const name = "a\x1b[2J\tb\n.dcm";
  const uid = "1.2\t3\x07";
  const series = await folder.write(
    "in",
    new Map([[name, sampleSlice({ number: 1, seriesUID: uid })]]),
  );
  for (const isOutTerminal of [false, true]) {
    const { status, text } = await list(folder, [series], { isOutTerminal });
    assertEquals(status, 0);
    // deno-lint-ignore no-control-regex -- these are what is looked for
    assertEquals(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/.exec(text), null);
    assertEquals(text.trimEnd().split("\n").length, isOutTerminal ? 2 : 1);
    if (!isOutTerminal) assertEquals(text.split("\t").length, 8);
  }
});

Deno.test("instances that could not be read are named, and the exit status tells of them", async () => {
  await using folder = await temporaryFolder();
  const objects = sampleSeries(2);
  objects.set("cut.dcm", sampleSlice({ number: 8 }).slice(0, 300));
  const { status, stderr, lines } = await list(folder, [await folder.write("in", objects)]);
  assertEquals([status, lines.length, stderr.length], [3, 2, 1]);
  assertMatch(stderr[0]!, /^failed: file:.*\/cut\.dcm: /);
});

Deno.test("what cannot be listed is refused", async () => {
  await using folder = await temporaryFolder();
  await folder.write("empty", new Map());
  const refuse = (words: readonly string[], status: number, says: string) =>
    assertRefused(folder, ["list", ...words, "--no-cache"], { status, says });
  await refuse([folder.join("missing")], 1, "there is no file or folder");
  await refuse([folder.join("empty")], 1, "nothing is in file://");
  await refuse(["zz*", "--root", folder.path], 1, "starts with 'zz'; check the digits or the root");
  await refuse([], 2, "--no-cache leaves list no cache to look at");
  await refuse(["no:where"], 2, "'no:' addresses are not known");
  await refuse(["a", "b"], 2, "list does not take 'b'; usage: series-preview list [ROOT|SERIES]");
});
