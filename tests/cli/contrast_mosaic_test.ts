import { assert, assertEquals, assertMatch } from "@std/assert";
import { samplePicture } from "../series_index/sample_picture.ts";
import { startRangeServer } from "../support/range_server.ts";
import { assertRefused } from "./assert_refused.ts";
import { decodePng } from "./decode_png.ts";
import { runCli } from "./run_cli.ts";
import { sampleName, sampleSeries, sampleSlice } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

const contrasts = ["-c", "1500/-300", "-c", "400/40", "-c", "90/-700"];
const windows = [[1500, -300], [400, 40], [90, -700]] as const;
/** Tiles of three contrasts in their own pixels, nothing written on them. */
const bare = [...contrasts, "-w", "36", "--no-labels"];

/** Draws a local series; answers what was reported, and the grey values of each tile by row. */
async function draw(folder: TemporaryFolder, words: readonly string[]) {
  const output = folder.join("out.png");
  const call = ["contrast-mosaic", folder.join("series"), output, "--no-cache", "--json", ...words];
  const { status, stderr, json } = await runCli(call);
  assertEquals(stderr.filter((line) => line.startsWith("error")), []);
  const { width, pixels } = decodePng(await Deno.readFile(output));
  const tiles = Array.from(
    { length: json().rows },
    (_, row) =>
      Array.from(
        { length: json().columns },
        (_, column) =>
          Array.from({ length: 16 * 12 }, (_, at) => {
            const [x, y] = [column * 12 + at % 12, row * 16 + Math.floor(at / 12)];
            return pixels[(y * width + x) * 4]!;
          }),
      ),
  );
  return { status, stderr, report: json(), tiles };
}

async function folderOf(...series: Parameters<typeof sampleSeries>): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  await folder.write("series", sampleSeries(...series));
  return folder;
}

Deno.test("contrast-mosaic draws one slice by each contrast in their order", async () => {
  await using folder = await folderOf(5);
  const { status, stderr, report, tiles } = await draw(folder, bare);
  assertEquals([status, stderr], [0, []]);
  assertEquals([report.command, report.columns, report.rows], ["contrast-mosaic", 3, 1]);
  assertEquals([report.width, report.height], [36, 16]);
  assertEquals(report.slices.map(({ index }) => index), [2]);
  assertEquals(tiles, [windows.map(([width, level]) => samplePicture(2, width, level))]);
  const { report: first } = await draw(folder, [...bare, "-p", "0"]);
  assertEquals(first.slices.map(({ index }) => index), [0]);
  const { report: near } = await draw(folder, [...bare, "--location", "2", "--slice-offset", "1"]);
  assertEquals(near.slices.map(({ index }) => index), [4]);
});

Deno.test("samples are rows, spread over the range", async () => {
  await using folder = await folderOf(7);
  const shown = async (...words: string[]) => {
    const { report, tiles } = await draw(folder, [...bare, ...words]);
    const numbers = report.slices.map(({ index }) => index);
    const expected = numbers.map((index) =>
      windows.map(([width, level]) => samplePicture(6 - index, width, level))
    );
    assertEquals(tiles, expected);
    return numbers;
  };
  assertEquals(await shown("-n", "3"), [0, 3, 6]);
  assertEquals(await shown("-n", "2", "-s", "0.5"), [3, 6]);
  assertEquals(await shown("-s", "0.5"), [3, 5, 6]);
  assertEquals(await shown("-n", "99"), [0, 1, 2, 3, 4, 5, 6]);
});

Deno.test("each slice is fetched once for all its contrasts", async () => {
  const objects = sampleSeries(6, { folder: "series/" });
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  const output = folder.join("out.png");
  const cache = ["--cache-dir", folder.join("cache"), "--json"];
  const call = ["contrast-mosaic", "s3://idc-open-data/series/", output, ...cache, ...bare];
  const run = () => runCli([...call, "-n", "3", "-c", "auto"], { env: server.env });
  assertEquals((await run()).status, 0);
  server.log.length = 0;
  const { status, json } = await run();
  assertEquals([status, json().columns, json().rows], [0, 4, 3]);
  // Positions 0, 0.5 and 1 of six slices.
  assertEquals(
    server.log.map(({ key }) => key).sort(),
    [0, 2, 5].map((number) => {
      return `series/${sampleName(number)}`;
    }),
  );
  assertEquals(json().stats.bytesDecoded, 3 * 16 * 12 * 2);
});

Deno.test("labels are there unless they are turned off", async () => {
  await using folder = await folderOf(1);
  const wide = [...contrasts, "-w", "360"];
  const picture = async (...words: string[]) => {
    await draw(folder, [...wide, ...words]);
    return decodePng(await Deno.readFile(folder.join("out.png")));
  };
  const [labeled, plain] = [await picture(), await picture("--no-labels")];
  const changed = labeled.pixels.filter((value, at) => value !== plain.pixels[at]);
  assert(changed.length > 500);
  // The lower half is as it was.
  const half = labeled.pixels.length / 2;
  assertEquals(labeled.pixels.subarray(half), plain.pixels.subarray(half));
});

Deno.test("the row of a slice that failed is marked: exit 3; when all failed: exit 1", async () => {
  await using folder = await folderOf(3);
  const cut = sampleSlice({ number: 1 }).slice(0, -100);
  await Deno.writeFile(folder.join("series", sampleName(1)), cut);
  const { status, stderr, report, tiles } = await draw(folder, [...bare, "-n", "3"]);
  assertEquals([status, stderr.length, report.failed.length], [3, 1, 1]);
  assertMatch(stderr[0]!, /^failed: .*0002\.dcm: /);
  assertEquals(tiles.map((row) => row.map((tile) => new Set(tile).size === 2)), [
    [false, false, false],
    [true, true, true],
    [false, false, false],
  ]);
  const output = folder.join("other.png");
  const call = ["contrast-mosaic", folder.join("series"), output, "--no-cache", ...bare];
  await assertRefused(folder, call, { status: 1, says: "the object is cut" });
});

Deno.test("--window is the view that embedded stands for, or a column by itself", async () => {
  await using folder = await folderOf(1, { window: [400, 40] });
  const columns = async (...words: string[]) => {
    return (await draw(folder, ["-w", "48", "--no-labels", ...words])).report.columns;
  };
  assertEquals(await columns(), 4);
  assertEquals(await columns("--window", "0"), 1);
  assertEquals(await columns("--window", "0", "-c", "embedded", "-c", "lung"), 2);
});

Deno.test("a contrast mosaic that is asked for in wrong words, or cannot be had, is refused", async () => {
  await using folder = await folderOf(2, { window: [400, 40] });
  const refuse = (words: string, status: number, says: string | RegExp) => {
    const call = ["contrast-mosaic", folder.join("series"), folder.join("out.png"), "--no-cache"];
    return assertRefused(folder, [...call, ...words.split(" ")], { status, says });
  };
  await refuse("-c lung -c bones", 2, 'unknown contrast "bones", did you mean "bone"?');
  await refuse("-p 0.5 -n 3", 2, "--position chooses one slice, and --samples, --start and --end");
  await refuse("--location 3 -s 0.5", 2, "--location chooses one slice");
  await refuse("--slice-offset 1 -e 0.5", 2, "--slice-offset chooses one slice");
  await refuse("-n 0", 2, "--samples is 0");
  await refuse("-s 0.6 -e 0.5", 2, "--start must not be above --end");
  await refuse("-w 1 -c lung -c bone", 2, "--width is 1: it must be a whole number from 2");
  await refuse("--window 0 -c lung", 2, "add -c embedded, or leave it out");
  await refuse("--window 1 -c embedded", 2, "--window is 1; no slice has that view");
  await refuse("--window -1", 2, "counted from 0");
  await refuse("--shrink-to-fit", 2, "contrast-mosaic has no option --shrink-to-fit");
});
