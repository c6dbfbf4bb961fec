import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startRangeServer } from "../support/range_server.ts";
import { runCli } from "./run_cli.ts";
import { PATIENT, PATIENT_ID, sampleSeries, sampleSlice } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

/** Clears the screen, sets a title, and turns the text around. */
const NASTY = "\x1b[2J\x1b]0;owned\x07\x9b31m\r\n\u2028\u202e";

// deno-lint-ignore no-control-regex -- these are what is looked for
const UNSAFE = /[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/;

function assertPrintable(lines: readonly string[]): void {
  for (const line of lines) assertEquals(UNSAFE.exec(line), null, JSON.stringify(line));
}

Deno.test("control characters in words never reach the terminal", async () => {
  await using folder = await temporaryFolder();
  const output = folder.join("out.png");
  const calls = [
    [NASTY],
    ["mosaic", NASTY, output],
    ["mosaic", "a", `${NASTY}.png`],
    ["mosaic", "a", `a.${NASTY}`],
    ["mosaic", "a", output, NASTY],
    ["mosaic", "a", output, `--${NASTY}`],
    ["mosaic", "a", output, "-c", NASTY],
    ["mosaic", "a", output, "-n", NASTY],
    ["mosaic", `https://${NASTY}/`, output],
    ["mosaic", `s3://${NASTY}/`, output],
    ["mosaic", `${NASTY}*`, output, "--root", folder.path],
    ["mosaic", folder.path, output, "--cache-dir", `${folder.path}/${NASTY}/\0`, "-v"],
  ];
  for (const call of calls) {
    const { status, stderr } = await runCli(call);
    assert(status === 1 || status === 2);
    assert(stderr.length > 0);
    assertPrintable(stderr);
  }
});

Deno.test("control characters in names and headers never reach the terminal", async () => {
  await using folder = await temporaryFolder();
  const nasty = NASTY.replaceAll("/", "");
  const files = new Map([
    ["1.dcm", sampleSlice({ number: 1 })],
    [`${nasty}.txt`, new TextEncoder().encode("text")],
    [`${nasty}.dcm`, sampleSlice({ number: 2 }).slice(0, 300)],
  ]);
  await using server = startRangeServer({
    objects: new Map([...files].map(([key, bytes]) => [`series/${key}`, bytes])),
  });
  for (const series of [await folder.write("in", files), "s3://idc-open-data/series/"]) {
    const call = ["mosaic", series, folder.join("out.png"), "--no-cache", "-v"];
    const { status, stderr } = await runCli(call, { env: server.env });
    assertEquals([status, stderr.length], [3, 3]);
    assertPrintable(stderr);
  }

  const [one, two] = [`1.2${NASTY}`, "1.2.4"];
  const several = await folder.write(
    "several",
    new Map([
      ["1.dcm", sampleSlice({ number: 1, seriesUID: one, modality: NASTY })],
      ["2.dcm", sampleSlice({ number: 2, seriesUID: two, modality: NASTY })],
    ]),
  );
  const { status, stderr } = await runCli([
    "mosaic",
    several,
    folder.join("out.png"),
    "--no-cache",
  ]);
  assertEquals([status, stderr.length], [1, 1]);
  assertPrintable(stderr);
});

Deno.test("no message tells who the patient is", async () => {
  await using folder = await temporaryFolder();
  const series = sampleSeries(4, { description: PATIENT });
  const cut = sampleSlice({ number: 5, description: PATIENT });
  const cuts = [250, 300, 350, 380, 400, 450, 500, 600, 700, 800].map((length, i) =>
    [`cut${i}.dcm`, cut.slice(0, length)] as const
  );
  const other = sampleSlice({ number: 6, seriesUID: "1.2.3" });
  const path = await folder.write("in", new Map([...series, ...cuts, ["z.dcm", other]]));
  for (const words of [[], ["--series", "1.2.3"], ["--series", "1.2.4"]]) {
    const call = ["mosaic", path, folder.join("out.png"), "--no-cache", "-v", "--json", ...words];
    const { stdout, stderr } = await runCli(call);
    const said = new TextDecoder().decode(stdout) + stderr.join("\n");
    assert(said.length > 0);
    assertEquals([said.includes(PATIENT), said.includes(PATIENT_ID)], [false, false], said);
  }
});

Deno.test("a failure has no stack trace, verbose or not, and verbose tells its causes", async () => {
  await using folder = await temporaryFolder();
  const call = ["mosaic", "s3://bucket/series/", folder.join("out.png"), "--no-cache"];
  const fetch = () => {
    return Promise.reject(new TypeError("sending failed", { cause: new Error("wire is cut") }));
  };
  const plain = await runCli([...call, "--timeout", "0.1"], { fetch });
  const verbose = await runCli([...call, "--timeout", "0.1", "-v"], { fetch });
  assertEquals([plain.status, plain.stderr.length], [1, 1]);
  assertEquals(verbose.stderr[0], plain.stderr[0]);
  assertStringIncludes(verbose.stderr.slice(1).join("\n"), "  caused by: wire is cut");
  for (const line of verbose.stderr) assertEquals(/\bat .*\.ts\b/.test(line), false, line);
});

Deno.test("a mistake of the tool's own is one line too", async () => {
  await using folder = await temporaryFolder();
  const call = ["mosaic", "s3://bucket/series/", folder.join("out.png"), "--no-cache"];
  const fetch = () => Promise.resolve(null as unknown as Response);
  const { status, stderr } = await runCli([...call, "--timeout", "0.1"], { fetch });
  assertEquals([status, stderr.length], [1, 1]);
  assertMatch(stderr[0]!, /^error: /);
});
