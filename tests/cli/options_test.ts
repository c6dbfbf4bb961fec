import {
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertMatch,
  assertNotEquals,
} from "@std/assert";
import decodeJpeg from "@jsquash/jpeg/decode.js";
import decodeWebp from "@jsquash/webp/decode.js";
import { SeriesIndex } from "@dicom/series-preview";
import { decodePng } from "./decode_png.ts";
import { type JsonReport, runCli } from "./run_cli.ts";
import { sampleName, sampleSeries, sampleSlice, sampleUID } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

/** Draws a local series; answers what was reported, the file, and its pixels where it is a PNG. */
async function draw(folder: TemporaryFolder, words: readonly string[], name = "out.png") {
  const output = folder.join(name);
  const call = ["mosaic", folder.join("series"), output, "--no-cache", "--json", ...words];
  const { status, stderr, json } = await runCli(call);
  assertEquals([status, stderr.filter((line) => !line.startsWith("note:"))], [0, []]);
  const bytes = await Deno.readFile(output);
  const png = bytes[1] === 0x50 ? decodePng(bytes) : { width: 0, height: 0, pixels: bytes };
  return { report: json(), bytes, png };
}

/** For pictures whose size does not matter. */
const small = ["-w", "60"];

/** A folder with a series of samples. */
async function folderOf(count: number, options: Parameters<typeof sampleSeries>[1] = {}) {
  const folder = await temporaryFolder();
  await folder.write("series", sampleSeries(count, options));
  return folder;
}

function numbers({ slices }: JsonReport): number[] {
  return slices.map(({ index }) => index);
}

/** The grey values of a picture; they are the same in red, green and blue. */
function greys({ pixels }: { pixels: Uint8Array }): number[] {
  return Array.from({ length: pixels.length / 4 }, (_, i) => pixels[i * 4]!);
}

Deno.test("samples are spread over the series, none twice, a single one from the middle", async () => {
  await using folder = await folderOf(7);
  const asked = async (...words: string[]) => {
    return numbers((await draw(folder, [...words, ...small])).report);
  };
  assertEquals(await asked(), [0, 1, 2, 3, 4, 5, 6]);
  assertEquals(await asked("-n", "3"), [0, 3, 6]);
  assertEquals(await asked("--samples=1"), [3]);
  assertEquals(await asked("-n", "100"), [0, 1, 2, 3, 4, 5, 6]);
  assertEquals(await asked("-n", "2", "-s", "0.5"), [3, 6]);
  assertEquals(await asked("-n", "3", "--start", "0.3", "--end", "0.7"), [2, 3, 4]);
  assertEquals(await asked("-n", "1", "-s", "1", "-e", "1"), [6]);
  assertEquals(await asked("--columns", "2", "--rows", "2"), [0, 2, 4, 6]);
});

Deno.test("columns and rows make the grid, and a short series shrinks it", async () => {
  await using folder = await folderOf(7);
  const grid = async (...words: string[]) => {
    const { columns, rows } = (await draw(folder, [...words, ...small])).report;
    return [columns, rows];
  };
  assertEquals(await grid(), [3, 3]);
  assertEquals(await grid("-n", "5"), [3, 2]);
  assertEquals(await grid("--columns", "5"), [5, 2]);
  assertEquals(await grid("--rows", "1", "-n", "4"), [4, 1]);
  assertEquals(await grid("--columns", "3", "--rows", "4", "-n", "2"), [3, 4]);
  assertEquals(await grid("--columns", "8", "--rows", "2"), [7, 1]);
});

Deno.test("width and height are those of the whole picture", async () => {
  await using folder = await folderOf(4);
  const size = async (...words: string[]) => {
    const { png, report } = await draw(folder, words);
    assertEquals([report.width, report.height], [png.width, png.height]);
    return [png.width, png.height];
  };
  // Slices are 12 wide and 16 high.
  assertEquals(await size(), [768, 1024]);
  assertEquals(await size("-w", "120"), [120, 160]);
  assertEquals(await size("-h", "160"), [120, 160]);
  assertEquals(await size("--width", "101", "--height", "37"), [101, 37]);
  assertEquals(await size("-w", "300", "-h", "160", "--shrink-to-fit"), [120, 160]);
  assertEquals(await size("-w", "90", "-n", "2", "--columns", "3"), [90, 40]);
  assertEquals(await size("-w", "90", "-n", "2", "--columns", "3", "--shrink-to-fit"), [60, 40]);
});

Deno.test("a window maps real values to brightness, a preset is the window of its name", async () => {
  await using folder = await folderOf(1, { window: [400, -300] });
  const shown = async (contrast: string) => {
    return greys((await draw(folder, ["-w", "12", "-c", contrast])).png);
  };
  const real = Array.from(
    { length: 16 * 12 },
    (_, at) => (at % 12 * 37 + Math.floor(at / 12) * 101) % 2000 - 1024,
  );
  const window = (width: number, level: number) =>
    real.map((value) => {
      const share = (value - level) / width + 0.5;
      return Math.round(255 * Math.min(1, Math.max(0, share)));
    });
  assertEquals(await shown("900/-200"), window(900, -200));
  assertEquals(await shown("900,-200"), window(900, -200));
  assertEquals(await shown("lung"), window(1500, -500));
  assertEquals(await shown("ct-lung"), window(1500, -500));
  assertEquals(await shown("media"), window(350, 50));
  // LINEAR of PS3.3 C.11.2.1.2.1.2, as a window of the file is applied.
  const embedded = real.map((value) => {
    const share = (value - (-300 - 0.5)) / (400 - 1) + 0.5;
    return Math.round(255 * Math.min(1, Math.max(0, share)));
  });
  assertEquals(await shown("embedded"), embedded);
  assertEquals(greys((await draw(folder, ["-w", "12"])).png), embedded);

  const auto = await shown("auto");
  const sorted = real.toSorted((a, b) => a - b);
  assertEquals([Math.min(...auto), Math.max(...auto)], [0, 255]);
  const saturated = auto.filter((value) => value === 0 || value === 255).length / auto.length;
  assertAlmostEquals(saturated, 0.04, 0.02);
  const order = (values: readonly number[]) => values.toSorted((a, b) => a - b);
  assertEquals(
    auto.toSorted((a, b) => a - b),
    order(sorted.map((value) => auto[real.indexOf(value)]!)),
  );
});

Deno.test("without a window in the file, what it embeds is what auto measures over all tiles", async () => {
  await using folder = await folderOf(4);
  const [embedded, auto, none] = [
    await draw(folder, ["-c", "embedded", ...small]),
    await draw(folder, ["-c", "auto", ...small]),
    await draw(folder, small),
  ];
  assertEquals(embedded.bytes, auto.bytes);
  assertEquals(none.bytes, auto.bytes);
});

Deno.test("every suffix gets its format, of the right size and likeness", async () => {
  await using folder = await folderOf(4);
  const exact = (await draw(folder, ["-w", "120"])).png;
  const likeness = ({ data }: ImageData) => {
    assertEquals(data.length, exact.pixels.length);
    const off = exact.pixels.reduce((sum, value, i) => sum + Math.abs(value - data[i]!), 0);
    return off / data.length;
  };
  const upper = await draw(folder, ["-w", "120"], "OUT.PNG");
  assertEquals(upper.png.pixels, exact.pixels);
  for (const name of ["out.jpg", "out.jpeg", "out.JPG"]) {
    const { bytes } = await draw(folder, ["-w", "120", "-q", "95"], name);
    assertLess(likeness(await decodeJpeg(bytes.buffer)), 6);
  }
  const { bytes } = await draw(folder, ["-w", "120", "-q", "95"], "out.webp");
  assertLess(likeness(await decodeWebp(bytes.buffer)), 6);
});

Deno.test("a PNG has the pixels that the library draws", async () => {
  await using folder = await folderOf(5);
  const index = await SeriesIndex.open(folder.join("series"), { cache: false });
  const { image } = await index.renderMosaic({ samples: 5, width: 90 });
  const { png } = await draw(folder, ["-n", "5", "-w", "90"]);
  assertEquals([png.width, png.height], [image.width, image.height]);
  assertEquals(greys(png), [...image.data]);
});

Deno.test("quality trades size for likeness, and a PNG takes no notice", async () => {
  await using folder = await folderOf(4);
  const size = async (quality: string, name: string) => {
    return (await draw(folder, ["-q", quality, "-w", "240"], name)).bytes.length;
  };
  for (const name of ["out.webp", "out.jpg"]) {
    assertLess(await size("5", name), await size("60", name));
    assertLess(await size("60", name), await size("100", name));
    assertEquals(await size("60", name), (await draw(folder, ["-w", "240"], name)).bytes.length);
  }
  assertEquals(await size("0", "out.png"), await size("100", "out.png"));
});

Deno.test("one stack of a series that repeats its positions can be shown alone", async () => {
  await using folder = await temporaryFolder();
  const first = sampleSeries(3);
  const again = [0, 1, 2].map((number) =>
    [`b${sampleName(number)}`, sampleSlice({ number, instance: number + 6 })] as const
  );
  await folder.write("series", new Map([...first, ...again]));
  const uids = async (...words: string[]) => {
    const { slices } = (await draw(folder, [...words, ...small])).report;
    return slices.map(({ uid }) => Number(uid.split(".").at(-1)));
  };
  const all = [3, 9, 2, 8, 1, 7];
  assertEquals(await uids(), all);
  assertEquals(await uids("--stack", "all"), all);
  assertEquals(await uids("--stack", "0"), [3, 2, 1]);
  assertEquals(await uids("--stack", "1"), [9, 8, 7]);
  const call = ["mosaic", folder.join("series"), folder.join("out.png"), "--no-cache", ...small];
  assertEquals((await runCli(call)).stderr, [
    "note: 2 repeats of 3 slices; --stack 0…1 picks one",
  ]);
  assertEquals((await runCli([...call, "--stack", "1"])).stderr, []);
});

Deno.test("one of several series in a folder is taken by its UID", async () => {
  await using folder = await temporaryFolder();
  const [one, two] = ["1.2.3.1", "1.2.3.2"];
  await folder.write("series/a", sampleSeries(2, { seriesUID: one }));
  await folder.write("series/b", sampleSeries(3, { seriesUID: two, modality: "MR" }));
  for (const [uid, count] of [[one, 2], [two, 3]] as const) {
    const { report } = await draw(folder, ["--series", uid, ...small]);
    assertEquals(report.slices.map((slice) => slice.uid).toSorted(), [
      ...Array.from({ length: count }, (_, number) => sampleUID(number, uid)),
    ]);
  }
});

Deno.test("a dash writes WebP to standard output and nothing else", async () => {
  await using folder = await folderOf(3);
  const file = await draw(folder, small, "out.webp");
  const call = ["mosaic", folder.join("series"), "-", "--no-cache", ...small];
  const { status, stdout, stderr } = await runCli(call);
  assertEquals([status, stderr], [0, []]);
  assertEquals(stdout, file.bytes);
  assertEquals((await folder.names()).includes("-"), false);
});

Deno.test("an output that is there is replaced, whole", async () => {
  await using folder = await folderOf(3);
  await Deno.writeFile(folder.join("out.png"), new Uint8Array(1_000_000));
  const { png } = await draw(folder, ["-w", "60"]);
  assertEquals(png.width, 60);
  assertEquals(await folder.names(), ["out.png", "series"]);
});

Deno.test("options are quiet, and verbose adds how long things took", async () => {
  await using folder = await folderOf(3);
  await Deno.writeTextFile(folder.join("series", "notes.txt"), "notes");
  const call = ["mosaic", folder.join("series"), folder.join("out.png"), "--no-cache", ...small];
  assertEquals((await runCli([...call, "--quiet"])).stderr, []);
  assertEquals((await runCli(call)).stderr, ["note: 1 skipped: notes.txt (not DICOM)"]);
  const { stderr } = await runCli([...call, "-v"]);
  assertEquals(stderr.length, 2);
  assertMatch(stderr[1]!, /^ {2}index off; \d+ requests, \d+ bytes; milliseconds: \{.*"draw":\d+/);
});

Deno.test("options mean the same joined or apart, long or short, before or after operands", async () => {
  await using folder = await folderOf(5);
  const { bytes } = await draw(folder, ["-n", "2", "-w", "90"]);
  assertEquals((await draw(folder, ["-n2", "-w=90"])).bytes, bytes);
  assertEquals((await draw(folder, ["--samples", "2", "--width=90"])).bytes, bytes);
  const output = folder.join("first.png");
  const call = ["mosaic", "--no-cache", "-n", "2", folder.join("series"), "-w", "90", output];
  assertEquals((await runCli(call)).status, 0);
  assertEquals(await Deno.readFile(output), bytes);
  assertNotEquals((await draw(folder, ["-n", "3", "-w", "90"])).bytes, bytes);
  const last = ["mosaic", "--no-cache", ...small, "--", folder.join("series"), output];
  assertEquals((await runCli(last)).status, 0);
});
