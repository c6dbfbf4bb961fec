import { readIndex } from "@dicom/series-preview/index-cache";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { element, writeInstance } from "../support/dicom_fixtures.ts";
import { assertRefused } from "./assert_refused.ts";
import { runCli, type RunCliOptions } from "./run_cli.ts";
import { sampleSeries, sampleSlice, sampleUID } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

type Row = Readonly<Record<string, unknown>>;

/** The text that a call prints. */
async function print(words: readonly string[], options: RunCliOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await runCli(["headers", ...words, "--no-cache"], options);
  assertEquals([status, stderr], [0, []]);
  return new TextDecoder().decode(stdout);
}

Deno.test("headers are the rows of the index, keyed by column, as JSON by default", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(3, { padding: 20 }));
  const text = await print([series]);
  const rows = JSON.parse(text) as Row[];
  assertEquals(rows.map((row) => row._index), [0, 1, 2]);
  assertEquals(rows.map((row) => row.SOPInstanceUID), [2, 1, 0].map((n) => sampleUID(n)));
  assertEquals(rows[0]!.ImagePositionPatient, [-50, -40, 4]);
  assertEquals([rows[0]!["00091001_Size"], rows[0]!._etag === null], [20, false]);
  // A row a line, so that it can be read piece by piece.
  assertEquals(text.split("\n").length, 3 + 3);
});

Deno.test("the format is told by a suffix, by a word before the path, or by --format", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(3));
  const rows = JSON.parse(await print([series])) as Row[];
  const lines = (text: string) => text.trimEnd().split("\n").map((line) => JSON.parse(line));
  const written = async (...words: string[]) => {
    assertEquals(await print([series, ...words]), "");
    const [name] = (await folder.names()).filter((name) => name !== "in");
    const bytes = await Deno.readFile(folder.join(name!));
    await Deno.remove(folder.join(name!));
    return { name, bytes, text: new TextDecoder().decode(bytes) };
  };
  assertEquals(JSON.parse((await written(folder.join("a.json"))).text), rows);
  assertEquals(lines((await written(folder.join("a.jsonl"))).text), rows);
  assertEquals(lines((await written(folder.join("a.NDJSON"))).text), rows);
  const named = await written(`jsonl:${folder.join("a.txt")}`);
  assertEquals([named.name, lines(named.text)], ["a.txt", rows]);
  assertEquals(lines((await written(folder.join("a.json"), "--format", "jsonl")).text), rows);
  const { bytes } = await written(folder.join("a.parquet"));
  const table = await readIndex(bytes);
  assertEquals(rows.map((_, row) => table.row(row, ["SOPInstanceUID", "_index"])), [
    ...rows.map(({ SOPInstanceUID, _index }) => ({ SOPInstanceUID, _index })),
  ] as never);
  assertEquals(lines(await print([series, "-", "--format", "jsonl"])), rows);
  assertEquals(lines(await print([series, "jsonl:-"])), rows);
  const { stdout } = await runCli(["headers", series, "--format", "parquet", "--no-cache"]);
  assertEquals((await readIndex(stdout)).instanceCount, 3);
});

Deno.test("--split-constant puts apart what all instances share, and loses nothing", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(3));
  const rows = JSON.parse(await print([series])) as Row[];
  const split = JSON.parse(await print([series, "--split-constant"]));
  assertEquals(Object.keys(split), ["constant", "per_instance"]);
  assertEquals([split.constant.Modality, split.constant.Rows], ["CT", 16]);
  assertEquals(split.per_instance.length, 3);
  for (const [i, row] of rows.entries()) {
    assertEquals({ ...split.constant, ...split.per_instance[i] }, row);
  }
  for (const name of Object.keys(split.constant)) {
    assertEquals(new Set(rows.map((row) => JSON.stringify(row[name]))).size, 1, name);
  }
  for (const name of Object.keys(split.per_instance[0])) {
    assertEquals(new Set(rows.map((row) => JSON.stringify(row[name]))).size > 1, true, name);
  }
});

Deno.test("integers beyond what doubles hold are exact, as text", async () => {
  await using folder = await temporaryFolder();
  const instance = (uid: string, value: bigint) =>
    writeInstance([
      element(0x00080018, "UI", uid),
      element(0x0020000e, "UI", "1.2"),
      element(0x00291001, "SV", [value]),
    ]);
  const series = await folder.write(
    "in",
    new Map([["a.dcm", instance("1.2.1", 2n ** 53n + 1n)], ["b.dcm", instance("1.2.2", -7n)]]),
  );
  const rows = JSON.parse(await print([series])) as Row[];
  assertEquals(rows.map((row) => row["00291001"]), ["9007199254740993", -7]);
});

Deno.test("one note names the columns of values that their own cannot hold", async () => {
  await using folder = await temporaryFolder();
  const odd = writeInstance([
    element(0x00080018, "UI", "1.2.1"),
    element(0x00081161, "UL", Uint8Array.of(1, 0, 0, 0, 2, 0)),
    element(0x00180050, "DS", "about 5"),
    element(0x00189073, "FD", [-0]),
    element(0x0020000e, "UI", "1.2"),
  ]);
  const series = await folder.write("in", new Map([["a.dcm", odd]]));
  const call = ["headers", series, "--no-cache"];
  const { status, stdout, stderr } = await runCli(call);
  assertEquals([status, stderr], [
    0,
    ["note: values that their column cannot hold are in SimpleFrameList_Bytes, SliceThickness_Text"],
  ]);
  const text = new TextDecoder().decode(stdout);
  assertStringIncludes(text, '"SliceThickness":null,"SliceThickness_Text":"about 5"');
  assertStringIncludes(text, '"AcquisitionDuration":-0,');
  const { json } = await runCli([...call, folder.join("out.json"), "--json", "--quiet"]);
  const { untyped, imageless } = json() as unknown as Row;
  assertEquals([untyped, imageless], [{ SimpleFrameList_Bytes: 1, SliceThickness_Text: 1 }, 1]);
});

Deno.test("--json tells what was written, and failed instances give exit status 3", async () => {
  await using folder = await temporaryFolder();
  const objects = sampleSeries(2);
  objects.set("cut.dcm", sampleSlice({ number: 8 }).slice(0, 300));
  const series = await folder.write("in", objects);
  const output = folder.join("out.jsonl");
  const { status, json, stderr } = await runCli([
    "headers",
    series,
    output,
    "--json",
    "--no-cache",
  ]);
  assertEquals([status, stderr.length], [3, 1]);
  const { command, failed, stats, ...rest } = json() as unknown as Row & { failed: Row[] };
  assertEquals([command, failed.length, typeof stats], ["headers", 1, "object"]);
  assertStringIncludes(String(failed[0]!.url), "/cut.dcm");
  assertEquals({ ...rest, series: null }, {
    series: null,
    output,
    format: "jsonl",
    instances: 2,
    untyped: {},
    skipped: 0,
    imageless: 0,
  });
});

Deno.test("an output that cannot be is refused before anything is read", async () => {
  await using folder = await temporaryFolder();
  const refuse = (call: string, status: number, says: string, options: RunCliOptions = {}) => {
    const words = call.split(" ").map((word) => word.replace("DIR", folder.path));
    const given = ["headers", "s3://never/asked/", ...words];
    return assertRefused(folder, given, { status, says }, {
      fetch: () => Promise.reject(new Error("asked")),
      ...options,
    });
  };
  await refuse("DIR/a.csv", 2, '/a.csv" ends in ".csv": headers are .json, .jsonl, .ndjson');
  await refuse("DIR/a", 2, '/a" has no suffix: headers are');
  await refuse("csv:DIR/a.json", 2, "'csv:' is no format of headers: write json, jsonl or parquet");
  await refuse("jsonl:", 2, "'jsonl:' names no file");
  await refuse("- --format xml", 2, "--format takes json, jsonl or parquet, not 'xml'");
  await refuse("json:DIR/a --format parquet", 2, "are two formats; give one of them");
  await refuse("DIR/a.parquet --split-constant", 2, "--split-constant writes json, not parquet");
  await refuse("- --json", 2, "--json and the headers would both write to stdout");
  await refuse("DIR/no/a.json", 1, "there is no folder");
  await refuse("--format parquet", 2, "parquet is not for a terminal", { isOutTerminal: true });
});
