import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import decodeWebp from "@jsquash/webp/decode.js";
import { samplePicture } from "../series_index/sample_picture.ts";
import { startRangeServer } from "../support/range_server.ts";
import { assertRefused } from "./assert_refused.ts";
import { decodePng } from "./decode_png.ts";
import { runCli } from "./run_cli.ts";
import { sampleName, sampleSeries, sampleSlice, sampleUID } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

const window = ["-c", "1500/-300"];

/** Draws a slice of the local series; answers what was reported, and the picture's grey values. */
async function draw(folder: TemporaryFolder, ...words: string[]) {
  const output = folder.join("out.png");
  const call = ["image", folder.join("series"), output, "--no-cache", "--json", ...words];
  const { status, stderr, json } = await runCli(call);
  assertEquals(status, 0, stderr.join());
  const { width, height, pixels } = decodePng(await Deno.readFile(output));
  const greys = Array.from({ length: width * height }, (_, at) => pixels[at * 4]!);
  return { report: json(), stderr, width, height, greys };
}

async function folderOf(...series: Parameters<typeof sampleSeries>): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  await folder.write("series", sampleSeries(...series));
  return folder;
}

Deno.test("image draws the middle slice in its own pixels, and reports it", async () => {
  await using folder = await folderOf(5);
  const { report, stderr, width, height, greys } = await draw(folder, ...window);
  assertEquals([width, height, stderr], [12, 16, []]);
  assertEquals(greys, samplePicture(2, 1500, -300));
  const { command, slices, failed } = report;
  assertEquals([command, report.width, report.height], ["image", 12, 16]);
  assertEquals([report.columns, report.rows, failed], [1, 1, []]);
  const [slice, ...others] = slices;
  assertEquals([slice!.index, slice!.position, slice!.frame, others], [2, 0.5, null, []]);
  assertEquals(slice!.uid, sampleUID(2));
  assertEquals(report.stats.bytesDecoded, 16 * 12 * 2);
  assertEquals(await folder.names(), ["out.png", "series"]);
});

Deno.test("the slice is chosen by position, location and offset", async () => {
  await using folder = await folderOf(5);
  const shown = async (...words: string[]) => {
    const { report, greys } = await draw(folder, ...words, ...window);
    const number = 4 - report.slices[0]!.index;
    assertEquals(greys, samplePicture(number, 1500, -300));
    return report.slices[0]!.index;
  };
  assertEquals(await shown("-p", "0"), 0);
  assertEquals(await shown("--position", "1"), 4);
  assertEquals(await shown("--location", "5.9"), 1);
  assertEquals(await shown("--location", "-20", "--slice-offset", "-1"), 3);
});

Deno.test("width and height are the picture's; its aspect stays", async () => {
  await using folder = await folderOf(1);
  const sizeOf = async (...words: string[]) => {
    const { width, height, report } = await draw(folder, ...words);
    assertEquals([report.width, report.height], [width, height]);
    return [width, height];
  };
  assertEquals(await sizeOf("-w", "6"), [6, 8]);
  assertEquals(await sizeOf("-h", "32"), [24, 32]);
  assertEquals(await sizeOf("-w", "90", "-h", "32"), [24, 32]);
});

Deno.test("with a kept index an image costs one range request", async () => {
  const objects = sampleSeries(6, { folder: "series/" });
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  const cache = ["--cache-dir", folder.join("cache")];
  const call = ["image", "s3://idc-open-data/series/", folder.join("out.png"), ...cache, "-p", "0"];
  assertEquals((await runCli(call, { env: server.env })).status, 0);
  server.log.length = 0;
  assertEquals((await runCli(call, { env: server.env })).status, 0);
  assertEquals(server.log.map(({ key }) => key), [`series/${sampleName(5)}`]);
});

Deno.test("a frame of a multi-frame object is a slice, and says which", async () => {
  await using folder = await folderOf(1, { frames: 4 });
  const { report } = await draw(folder, "-p", "1");
  assertEquals(report.slices.map(({ index, frame }) => [index, frame]), [[3, 3]]);
});

Deno.test("an image on standard output is WebP, and nothing else is there", async () => {
  await using folder = await folderOf(2);
  const { status, stdout, stderr } = await runCli([
    "image",
    folder.join("series"),
    "-",
    "--no-cache",
    "-w",
    "24",
  ]);
  assertEquals([status, stderr], [0, []]);
  const { width, height } = await decodeWebp(stdout.buffer);
  assertEquals([width, height], [24, 32]);
});

Deno.test("a slice that cannot be drawn is exit 1 with one line; another one is drawn", async () => {
  await using folder = await folderOf(3);
  const cut = sampleSlice({ number: 1 }).slice(0, -100);
  await Deno.writeFile(folder.join("series", sampleName(1)), cut);
  const call = ["image", folder.join("series"), folder.join("out.png"), "--no-cache"];
  await assertRefused(folder, call, {
    status: 1,
    says: /the object is cut: .*0002\.dcm|0002\.dcm.* cut/,
  });
  const { status, json } = await runCli([...call, "--json"]);
  assertEquals(status, 1);
  assertStringIncludes(json().error!, "cut");
  assertEquals((await runCli([...call, "-p", "0"])).status, 0);
});

Deno.test("instances that failed before the slice was chosen make it exit 3", async () => {
  await using folder = await folderOf(3);
  await Deno.writeFile(folder.join("series", "cut.dcm"), sampleSlice({ number: 9 }).slice(0, 300));
  const call = ["image", folder.join("series"), folder.join("out.png"), "--no-cache", "--json"];
  const { status, stderr, json } = await runCli(call);
  assertEquals([status, stderr.length, json().slices.length, json().failed.length], [3, 1, 1, 1]);
  assertMatch(stderr[0]!, /^failed: .*cut\.dcm: /);
});

Deno.test("an image that is asked for in wrong words, or cannot be had, is refused", async () => {
  await using folder = await folderOf(2);
  await folder.write("plans", sampleSeries(1, { imageless: true }));
  const refuse = (call: string, status: number, says: string | RegExp) => {
    const words = call.split(" ").map((word) =>
      word.replace("IN", folder.join("series")).replace("PLANS", folder.join("plans"))
        .replace("OUT", folder.join("out"))
    );
    return assertRefused(folder, ["image", ...words, "--no-cache"], { status, says });
  };
  await refuse("IN", 2, "OUTPUT is missing; usage: series-preview image SERIES OUTPUT");
  await refuse("IN OUT.gif", 2, 'ends in ".gif"');
  await refuse("IN OUT.png -p 1.5", 2, "--position is 1.5; it must be from 0 to 1");
  await refuse("IN OUT.png -p 0 --location 3", 2, "--position and --location both choose a slice");
  await refuse("IN OUT.png -p 1 --slice-offset 1", 2, "--slice-offset is 1; from slice 1 of 2");
  await refuse("IN OUT.png -w 0", 2, "--width is 0: it must be a whole number from 1 to 16384");
  await refuse("IN OUT.png -w 16000", 2, "the image would be 16000 × 21333 pixels");
  await refuse("IN OUT.webp -w 16384", 2, "16384 × … pixels do not fit in webp");
  await refuse("IN OUT.png -q 101", 2, "--quality is 101");
  await refuse("IN OUT.png -c lungs", 2, 'did you mean "lung"?');
  await refuse("IN OUT.png --window 1 -c lung", 2, "--window 1 picks one of the file's own views");
  await refuse("IN OUT.png --window 1", 2, "--window is 1; no slice has that view");
  await refuse("IN OUT.png --stack 2", 2, /stack is 2; the series has only .*stack 0/);
  await refuse("IN OUT.png -n 4", 2, "image has no option -n");
  await refuse("PLANS OUT.png", 1, "no image in");
  await refuse("IN OUT/no.png", 1, "there is no folder");
});

Deno.test("a location outside of the series is noted, one near its ends is not", async () => {
  await using folder = await temporaryFolder();
  // They lie at 0, 2, 4 and 6 mm.
  const series = await folder.write("series", sampleSeries(4));
  const notes = async (location: string) => {
    const call = ["image", series, folder.join("out.png"), "--no-cache", "--location", location];
    const { status, stderr } = await runCli(call);
    assertEquals(status, 0);
    return stderr;
  };
  for (const location of ["0", "3", "7.9", "-2"]) assertEquals(await notes(location), []);
  for (const location of ["8.1", "-500"]) {
    assertEquals(await notes(location), [
      `note: --location ${location} is outside of the series, 0 to 6 mm: the slice at that end is taken`,
    ]);
  }
});
