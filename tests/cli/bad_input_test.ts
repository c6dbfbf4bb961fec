import { assertEquals, assertLessOrEqual, assertStringIncludes } from "@std/assert";
import { assertRefused } from "./assert_refused.ts";
import { runCli } from "./run_cli.ts";
import { sampleSeries } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

const usage = "usage: series-preview mosaic SERIES OUTPUT [options]";

/** Calls that are wrong in their words, and what is said of them. */
const wrongWords: readonly (readonly [words: string, says: string])[] = [
  ["moasic IN OUT", "there is no command moasic; did you mean mosaic?"],
  ["frobnicate IN OUT", "there is no command frobnicate; see series-preview --help"],
  ["clear IN", "there is no command clear; did you mean clear-index?"],
  ["./ct OUT", "there is no command ./ct; a series comes after the command, as in series-preview"],
  ["contrast-mosaic IN OUT -c lung,bone", "--contrast takes one at a time, not 'lung,bone'; write"],
  ["contrast-mosaic IN OUT -c lung,bon", 'unknown contrast "lung,bon"'],
  ["mosaic IN OUT --shrink", "mosaic has no option --shrink; did you mean --shrink-to-fit?"],
  [
    "headers IN --format jason",
    "--format takes json, jsonl or parquet, not 'jason'; did you mean json?",
  ],
  ["headers IN --format xml", "--format takes json, jsonl or parquet, not 'xml'"],
  ["completions fihs", "SHELL is bash, zsh or fish, not 'fihs'"],
  ["completions", "SHELL is missing; usage: series-preview completions SHELL [options]"],
  ["image IN OUT --position 1.01", "error: --position is 1.01; it must be from 0 to 1"],
  ["image IN OUT --window -1", "the view of the file is -1; its views are counted from 0"],
  ["--versoin", "there is no option --versoin; did you mean --version?"],
  ["--json mosaic IN OUT", "--json comes before the command; write series-preview COMMAND"],
  ["mosaic", `SERIES is missing; ${usage}`],
  ["mosaic IN", `OUTPUT is missing; ${usage}`],
  ["mosaic IN -h 9", `OUTPUT is missing; ${usage}`],
  ["mosaic IN OUT more", `mosaic does not take 'more'; ${usage}`],
  ["mosaic IN OUT --sample 3", "mosaic has no option --sample; did you mean --samples?"],
  ["mosaic IN OUT --colums=3", "mosaic has no option --colums=3; did you mean --columns?"],
  ["mosaic IN OUT --frobnicate", "no option --frobnicate; see series-preview mosaic --help"],
  ["mosaic IN -o -", "mosaic has no option -o; OUTPUT is the word after SERIES, - for standard"],
  ["headers IN --output=x.json", "--output=x.json; OUTPUT is the word after SERIES"],
  ["list IN -o x", "list has no option -o; see series-preview list --help"],
  ["mosaic IN OUT -x", "mosaic has no option -x"],
  ["mosaic IN OUT -5", "mosaic has no option -5"],
  ["mosaic IN OUT --no-json", "mosaic has no option --no-json"],
  ["mosaic IN OUT -n", "--samples needs a value"],
  ["mosaic IN OUT -n --json", "--samples needs a value"],
  ["mosaic IN OUT -n=", "--samples needs a value"],
  ["mosaic IN OUT -n abc", "--samples takes a whole number, not 'abc'"],
  ["mosaic IN OUT -n 2.5", "--samples takes a whole number, not '2.5'"],
  ["mosaic IN OUT -n 0x10", "--samples takes a whole number, not '0x10'"],
  ["mosaic IN OUT -n 3 -n 4", "--samples is given more than once"],
  ["mosaic IN OUT --samples 0", "error: --samples is 0"],
  ["mosaic IN OUT -n -3", "error: --samples is -3"],
  ["mosaic IN OUT --start 0.8 --end 0.2", "--start is 0.8 and --end 0.2; --start must not be"],
  ["mosaic IN OUT --start -1", "error: --start is -1; it must be from 0 to 1"],
  ["mosaic IN OUT -s -.5", "error: --start is -0.5; it must be from 0 to 1"],
  ["mosaic IN OUT --end 1.5", "error: --end is 1.5; it must be from 0 to 1"],
  ["mosaic IN OUT --start half", "--start takes a number, not 'half'"],
  ["mosaic IN OUT --start NaN", "--start takes a number, not 'NaN'"],
  ["mosaic IN OUT --columns 0", "error: --columns is 0"],
  ["mosaic IN OUT --rows -2", "error: --rows is -2"],
  ["mosaic IN OUT --columns 3 --rows 3 -n 10", "10 samples do not fit in 3 columns × 3 rows"],
  ["mosaic IN OUT -w 0", "error: --width is 0"],
  ["mosaic IN OUT -w 2", "error: --width is 2"],
  ["mosaic IN OUT -h 99999", "error: --height is 99999"],
  ["mosaic IN OUT -c lungs", 'unknown contrast "lungs", did you mean "lung"?'],
  ["mosaic IN OUT -c 400", 'unknown contrast "400"'],
  ["mosaic IN OUT -c 0/40", "width above 0"],
  ["mosaic IN OUT -c -1/40", "width above 0"],
  ["mosaic IN OUT --_=5", "mosaic has no option --_=5"],
  [
    "mosaic IN OUT -n 100000000",
    "error: --samples is 100000000: it must be a whole number from 1 to 65536",
  ],
  ["mosaic IN OUT -q 101", "error: --quality is 101: it must be a whole number from 0 to 100"],
  ["mosaic IN OUT -q -1", "error: --quality is -1: it must be a whole number from 0 to 100"],
  ["mosaic IN OUT --stack one", "--stack takes a number from 0, or all, not 'one'"],
  ["mosaic IN OUT --stack -1", "--stack takes a number from 0, or all, not '-1'"],
  ["mosaic IN OUT --stack 1", "error: --stack is 1; the series has only stack 0"],
  ["mosaic IN OUT --concurrency 0", "--concurrency is 0; it goes from 1 to 1024"],
  ["mosaic IN OUT --timeout 0", "--timeout is 0 seconds; it must be above 0"],
  ["mosaic IN DIR/out.gif", '/out.gif" ends in ".gif": a picture is .webp, .jpg, .jpeg, .png'],
  ["mosaic IN DIR/out", '/out" has no suffix: a picture is .webp, .jpg, .jpeg, .png'],
  ["mosaic IN - --json", "--json and an output of - would both write to stdout; name a file"],
  ["mosaic e083f6fd-37d3-537c-a757 OUT", "has 20 of 32 hex digits; give all of it, or end it in *"],
  ["mosaic e083f6fd37d3537ca757670ab03dd8712 OUT", "has 33 hex digits where 32 are right"],
  ["mosaic e083f6fd37d3537ca757670ab03dd87g OUT", "'g' is no hex digit"],
  ["mosaic ftp://example.org/ OUT", "'ftp:' addresses are not known; use s3://"],
  ["mosaic s3:// OUT", "names no bucket"],
  ["mosaic demo:mr OUT", "there is no 'demo:mr'; the one demo is demo:ct"],
];

Deno.test("a call that is wrong in its words is a usage error of one line that names the word", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("series", sampleSeries(2));
  const words: Record<string, string> = { IN: series, OUT: folder.join("out.png") };
  for (const [call, says] of wrongWords) {
    const given = call.split(" ")
      .map((word) => words[word] ?? word.replace(/^DIR/, folder.path));
    if (given.length > 2 && given[0] === "mosaic") given.splice(1, 0, "--no-cache");
    await assertRefused(folder, given, { status: 2, says });
  }
  await assertRefused(folder, ["mosaic", "", folder.join("out.png")], {
    status: 2,
    says: "no series is named; give a series UUID, an address, a folder or demo:ct",
  });
});

Deno.test("what is missing, empty or of another kind on the disk is refused by name", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("series", sampleSeries(2));
  const text = new TextEncoder().encode("Nothing to see here.\n");
  await folder.write("texts", new Map([["a.txt", text], ["b", text]]));
  await folder.write("one", new Map([["a.txt", text]]));
  await folder.write("empty", new Map());
  await folder.write("folder.png", new Map());
  await Deno.writeFile(folder.join("file"), text);
  const output = folder.join("out.png");
  const cases: readonly (readonly [series: string, output: string, says: string])[] = [
    [folder.join("missing"), output, `there is no file or folder '${folder.join("missing")}'`],
    [folder.join("empty"), output, `nothing is in file://${folder.join("empty")}/`],
    [folder.join("texts"), output, `no DICOM instance in file://${folder.join("texts")}/: none of`],
    [folder.join("one"), output, "the only object there is not DICOM; check the address"],
    [folder.join("one", "a.txt"), output, "/one/a.txt: the only object there is not DICOM"],
    [
      series,
      folder.join("no", "out.png"),
      `there is no folder ${folder.join("no")}; make it first`,
    ],
    [series, folder.join("file", "out.png"), `there is no folder ${folder.join("file")}`],
    [series, folder.join("folder.png"), "it is a folder; give a file name"],
    ["*", output, "matches 5 folders under"],
    ["zz*", output, "starts with 'zz'; check the digits or the root"],
    ["0000*", output, "starts with '0000'; check the digits or the root"],
  ];
  for (const [from, to, says] of cases) {
    const call = ["mosaic", from, to, "--root", folder.path, "--no-cache"];
    await assertRefused(folder, call, { status: 1, says });
  }
});

Deno.test("a folder of several series is refused with a list of them", async () => {
  await using folder = await temporaryFolder();
  await folder.write("in/a", sampleSeries(2, { seriesUID: "1.2.3.1" }));
  await folder.write("in/b", sampleSeries(3, { seriesUID: "1.2.3.2", modality: "MR" }));
  const address = `file://${folder.join("in")}/`;
  const call = ["mosaic", folder.join("in"), folder.join("out.png"), "--no-cache"];
  await assertRefused(folder, call, {
    status: 1,
    says: `error: ${address} holds 2 series, choose one with --series UID: ` +
      "1.2.3.1 (CT, 2), 1.2.3.2 (MR, 3)",
  });
  await assertRefused(folder, [...call, "--series", "1.2.3"], {
    status: 1,
    says: `error: no series 1.2.3 in ${address}; there are: 1.2.3.1 (CT, 2), 1.2.3.2 (MR, 3)`,
  });
});

Deno.test("a series without an image is refused with what there is instead", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(2, { imageless: true, modality: "SR" }));
  await assertRefused(folder, ["mosaic", series, folder.join("out.png"), "--no-cache"], {
    status: 1,
    says: `error: no image in file://${series}/: its 2 SR instances have no pixel data; ` +
      "only its headers can be read",
  });
});

Deno.test("pixels that cannot be decoded are refused by the name and UID of their transfer syntax", async () => {
  await using folder = await temporaryFolder();
  // JPIP Referenced: the pixels are at another place, which is never asked.
  const transferSyntaxUID = "1.2.840.10008.1.2.4.94";
  const series = await folder.write("in", sampleSeries(2, { transferSyntaxUID }));
  await assertRefused(folder, ["mosaic", series, folder.join("out.png"), "--no-cache"], {
    status: 1,
    says: /JPIP Referenced.*\(1\.2\.840\.10008\.1\.2\.4\.94\)/,
  });
});

Deno.test("help is on standard output when it is asked for, on standard error when it is needed", async () => {
  const shown = async (...words: string[]) => {
    const { status, stdout, stderr } = await runCli(words);
    return { status, stdout: new TextDecoder().decode(stdout), stderr: stderr.join("\n") };
  };
  const { stdout: help } = await shown("--help");
  const { stdout: mosaicHelp } = await shown("mosaic", "--help");
  assertStringIncludes(help, "Usage: series-preview COMMAND SERIES [OUTPUT] [options]");
  assertStringIncludes(mosaicHelp, "Usage: series-preview mosaic SERIES OUTPUT [options]");
  for (const words of [["help"], ["-h"]]) {
    assertEquals(await shown(...words), { status: 0, stdout: help, stderr: "" });
  }
  for (const words of [["help", "mosaic"], ["mosaic", "-h"], ["mosaic", "a", "b", "--help"]]) {
    assertEquals(await shown(...words), { status: 0, stdout: mosaicHelp, stderr: "" });
  }
  assertEquals(await shown(), { status: 2, stdout: "", stderr: help.trimEnd() });
  for (const line of `${help}\n${mosaicHelp}`.split("\n")) {
    assertLessOrEqual(line.length, 80, line);
  }
});
