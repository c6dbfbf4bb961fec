import { assertEquals, assertLessOrEqual, assertMatch } from "@std/assert";
import { element, writeInstance } from "../support/dicom_fixtures.ts";
import { startRangeServer } from "../support/range_server.ts";
import { assertRefused } from "./assert_refused.ts";
import { runCli, type RunCliOptions } from "./run_cli.ts";
import { headerLength, sampleSeries, sampleSlice } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** The JSON that a call prints, and what it says. */
async function headerOf(words: readonly string[], options: RunCliOptions = {}) {
  const { status, stdout, stderr } = await runCli(["header", ...words, "--no-cache"], options);
  const text = new TextDecoder().decode(stdout);
  return { status, stderr, text, header: text === "" ? null : JSON.parse(text) };
}

Deno.test("header prints all of one instance's header, the middle one's by default", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(5, { padding: 10 }));
  const { status, stderr, text, header } = await headerOf([series]);
  assertEquals([status, stderr], [0, []]);
  assertEquals([header.InstanceNumber, header.Modality, header.Rows], [3, "CT", 16]);
  assertEquals(header.ImageOrientationPatient, [1, 0, 0, 0, 1, 0]);
  assertEquals(header.TransferSyntaxUID, "1.2.840.10008.1.2.1");
  assertEquals([header["00090010"], header["00091001_Size"]], ["SAMPLE", 10]);
  assertEquals("PixelData" in header, false);
  // Lists of plain values stay on one line, private elements come last.
  assertMatch(text, /^ {2}"ImageOrientationPatient": \[1, 0, 0, 0, 1, 0\],$/m);
  assertMatch(text, /"00091001_Hash": "[0-9a-f]{64}"\n\}\n$/);
});

Deno.test("a slice is chosen by position, location or offset", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(5));
  const number = async (...words: string[]) => {
    return (await headerOf([series, ...words])).header.InstanceNumber;
  };
  assertEquals(await number("-p", "0"), 5);
  assertEquals(await number("--position", "1"), 1);
  assertEquals(await number("--location", "5.9"), 4);
  assertEquals(await number("--location", "-20"), 1);
  assertEquals(await number("-p", "0", "--slice-offset", "1"), 4);
  assertEquals(await number("-p", "1", "--slice-offset", "-1"), 2);
});

Deno.test("tags are chosen by keyword, pattern and number; one that is absent is said", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(1, { padding: 10 }));
  const chosen = async (...tags: string[]) => {
    const { status, header, stderr } = await headerOf([series, ...tags.flatMap((t) => ["-t", t])]);
    assertEquals(status, 0);
    return [Object.keys(header), stderr];
  };
  assertEquals(await chosen("Modality"), [["Modality"], []]);
  assertEquals(await chosen("modality", "Rows"), [["Modality", "Rows"], []]);
  assertEquals(await chosen("Patient*"), [["PatientName", "PatientID"], []]);
  assertEquals(await chosen("?ows"), [["Rows"], []]);
  assertEquals(await chosen("0028,0010", "(0028,0011)", "00080060"), [
    ["Modality", "Rows", "Columns"],
    [],
  ]);
  assertEquals(await chosen("0009,1001"), [["00091001_Size", "00091001_Hash"], []]);
  assertEquals(await chosen("0009*"), [["00090010", "00091001_Size", "00091001_Hash"], []]);
  assertEquals(await chosen("Rows", "PatientWeight", "0019,1001"), [
    ["Rows"],
    ["note: the header has no PatientWeight", "note: the header has no 0019,1001"],
  ]);
});

Deno.test("indent 0 is one line, and a file is written whole in place of standard output", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(2));
  const tags = ["-t", "Modality", "-t", "Rows"];
  assertEquals(
    (await headerOf([series, ...tags, "--indent", "0"])).text,
    '{"Modality":"CT","Rows":16}\n',
  );
  assertEquals(
    (await headerOf([series, ...tags, "--indent", "1"])).text,
    '{\n "Modality": "CT",\n "Rows": 16\n}\n',
  );
  const output = folder.join("header.json");
  const call = ["header", series, ...tags, "-o", output, "--json", "--no-cache"];
  const { status, json } = await runCli(call);
  assertEquals([status, await Deno.readTextFile(output)], [
    0,
    '{\n  "Modality": "CT",\n  "Rows": 16\n}\n',
  ]);
  const { slices, stats: _, ...rest } = json();
  assertEquals({ ...rest, series: null }, {
    command: "header",
    series: null,
    output,
    failed: [],
    skipped: 0,
    imageless: 0,
  } as never);
  assertEquals(slices[0]!.index, 1);
  assertEquals(await folder.names(), ["header.json", "in"]);
});

Deno.test("with a kept index a header costs one range, little longer than it is", async () => {
  await using folder = await temporaryFolder();
  const objects = sampleSeries(6, { padding: 30_000, rows: 64, columns: 64, folder: "series/" });
  await using server = startRangeServer({ objects });
  const call = ["header", "s3://idc-open-data/series/", "--cache-dir", folder.join("cache")];
  const first = await runCli(call, { env: server.env });
  const before = server.log.length;
  const second = await runCli(call, { env: server.env });
  assertEquals(new TextDecoder().decode(second.stdout), new TextDecoder().decode(first.stdout));
  const requests = server.log.slice(before);
  assertEquals(requests.map(({ key }) => key), ["series/0003.dcm"]);
  assertLessOrEqual(requests[0]!.bytes, headerLength(objects.get("series/0003.dcm")!) * 1.1 + 12);
});

Deno.test("instances that could not be read are named, and the exit status tells of them", async () => {
  await using folder = await temporaryFolder();
  const objects = sampleSeries(3);
  objects.set("cut.dcm", sampleSlice({ number: 8 }).slice(0, 300));
  const series = await folder.write("in", objects);
  const { status, header, stderr } = await headerOf([series]);
  assertEquals([status, header.InstanceNumber, stderr.length], [3, 2, 1]);
  assertMatch(stderr[0]!, /^failed: file:.*\/cut\.dcm: /);
});

Deno.test("what has no image has a header all the same", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(2, { imageless: true }));
  const { status, header, stderr } = await headerOf([series, "-p", "1"]);
  assertEquals([status, header.InstanceNumber, stderr], [0, 1, []]);
});

Deno.test("numbers that JSON or its readers cannot hold are text, and no control character is left", async () => {
  await using folder = await temporaryFolder();
  const nasty = "\x1b[2J\x9b31m\x7f\u202ex";
  const instance = writeInstance([
    element(0x00080005, "CS", "ISO_IR 192"),
    element(0x00080060, "CS", "OT"),
    element(0x0008103e, "LO", new TextEncoder().encode(nasty)),
    element(0x00189073, "FD", [NaN]),
    element(0x0020000e, "UI", "1.2"),
    element(0x00291001, "SV", [2n ** 53n + 1n]),
    element(0x00291002, "SV", [5n]),
  ]);
  const series = await folder.write("in", new Map([["a.dcm", instance]]));
  const { header, text } = await headerOf([series]);
  assertEquals(header.SeriesDescription, nasty);
  assertEquals([header.AcquisitionDuration, header["00291001"], header["00291002"]], [
    "NaN",
    "9007199254740993",
    5,
  ]);
  // deno-lint-ignore no-control-regex -- these are what is looked for
  assertEquals(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e]/.exec(text), null);
});

Deno.test("a header that is asked for in wrong words, or cannot be had, is refused", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(2));
  const refuse = (call: string, status: number, says: string | RegExp) => {
    const words = call.split(" ").map((word) => word.replace("IN", series));
    return assertRefused(folder, ["header", ...words, "--no-cache"], { status, says });
  };
  await refuse("IN -p 1.5", 2, "error: --position is 1.5; it must be from 0 to 1");
  await refuse("IN -p 0 --location 3", 2, "error: --position and --location both choose a slice");
  await refuse("IN -p 1 --slice-offset 1", 2, "error: --slice-offset is 1; from slice 1 of 2");
  await refuse("IN --slice-offset 0.5", 2, "--slice-offset takes a whole number");
  await refuse("IN -t Modailty", 2, "Modailty is no keyword of DICOM; did you mean Modality?");
  await refuse("IN -t qqqqqqqq", 2, "give a keyword, a tag as in 0028,0010, or a pattern");
  await refuse("IN --indent 99", 2, "--indent is 99; it goes from 0");
  await refuse("IN --tags x", 2, "header has no option --tags; did you mean --tag?");
  await refuse("IN --json", 2, "--json and the header would both write to stdout; name a file");
  await refuse("IN extra", 2, "header does not take 'extra'; to write to it, say --output extra");
  await refuse("IN --stack 4", 2, "stack is 4; the series has only stack 0");
  await refuse("IN -o IN", 1, "it is a folder; give a file name");
  await refuse("IN -o IN/no/h.json", 1, "there is no folder");
  await refuse("INmissing", 1, "there is no file or folder");
});
