import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SeriesIndex } from "@dicom/series-preview";
import { element, type ElementSpec, writeInstance } from "../support/dicom_fixtures.ts";
import { assertRefused } from "./assert_refused.ts";
import { decodePng } from "./decode_png.ts";
import { runCli } from "./run_cli.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

/** Columns of a sample; its pixels rise by 10 from 0, column by column. */
const columns = 20;

/** An axial slice of one row, with what else is given of its image. */
function slice(number: number, image: readonly ElementSpec[]): Uint8Array<ArrayBuffer> {
  return writeInstance([
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.2"),
    element(0x00080018, "UI", `1.2.3.${number + 1}`),
    element(0x0020000e, "UI", "1.2.3"),
    element(0x00200032, "DS", `0\\0\\${-number}`),
    element(0x00200037, "DS", "1\\0\\0\\0\\1\\0"),
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", "MONOCHROME2"),
    element(0x00280010, "US", [1]),
    element(0x00280011, "US", [columns]),
    element(0x00280100, "US", [16]),
    element(0x00280103, "US", [0]),
    ...image,
    element(0x7fe00010, "OW", Array.from({ length: columns }, (_, x) => x * 10)),
  ], {});
}

/** Two windows, of 0 to 102 and of 102 to 204. */
const windows = [
  element(0x00281050, "DS", "51\\153"),
  element(0x00281051, "DS", "102\\102"),
  element(0x00281055, "LO", "LOW\\HIGH"),
  element(0x00281056, "CS", "LINEAR_EXACT"),
];

async function folderOf(...slices: (readonly ElementSpec[])[]): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  const files = slices.map((image, number) => [`${number}.dcm`, slice(number, image)] as const);
  await folder.write("series", new Map(files));
  return folder;
}

/** Draws the slices above each other in their own size; answers the grey values of each. */
async function draw(folder: TemporaryFolder, ...words: string[]): Promise<number[][]> {
  const output = folder.join("out.png");
  const call = ["mosaic", folder.join("series"), output, "--no-cache", "--columns", "1"];
  const { status, stderr } = await runCli([...call, "-w", `${columns}`, ...words]);
  assertEquals([status, stderr], [0, []], words.join(" "));
  const { width, height, pixels } = decodePng(await Deno.readFile(output));
  assertEquals(width, columns);
  return Array.from(
    { length: height },
    (_, y) => Array.from({ length: columns }, (_, x) => pixels[(y * columns + x) * 4]!),
  );
}

/** The sample by a window that is exact. */
function ramp(low: number, high: number): number[] {
  return Array.from(
    { length: columns },
    (_, x) => Math.round(255 * Math.min(1, Math.max(0, (x * 10 - low) / (high - low)))),
  );
}

Deno.test("--window picks one of the file's own views, the first by default", async () => {
  await using folder = await folderOf(windows);
  assertEquals(await draw(folder), [ramp(0, 102)]);
  assertEquals(await draw(folder, "--window", "0"), [ramp(0, 102)]);
  assertEquals(await draw(folder, "--window", "1"), [ramp(102, 204)]);
  assertEquals(await draw(folder, "--window=1", "-c", "embedded"), [ramp(102, 204)]);
  const index = await SeriesIndex.open(folder.join("series"), { cache: false });
  const contrast = { kind: "embedded", window: 1 } as const;
  const { image } = await index.renderMosaic({ contrast, width: columns });
  assertEquals([...image.data], ramp(102, 204));
});

Deno.test("slices without the view take the window measured on them", async () => {
  await using folder = await folderOf(windows, [], []);
  const [first, ...others] = await draw(folder, "--window", "1");
  assertEquals(first, ramp(102, 204));
  // From the 2nd to the 98th percentile of 0 to 190, each value as often as the others.
  for (const other of others) assertEquals(other, ramp(0, 190));
});

Deno.test("a view that no slice has is refused, with the views there are", async () => {
  await using folder = await folderOf(windows, []);
  const call = ["mosaic", folder.join("series"), folder.join("out.png"), "--no-cache"];
  await assertRefused(folder, [...call, "--window", "2"], {
    status: 2,
    says: "--window is 2; no slice has that view: a file holds views 0 (LOW), 1 (HIGH)",
  });
  await assertRefused(folder, [...call, "--window", "1", "-s", "1"], {
    status: 2,
    says: "no slice has that view: a file holds none",
  });
});

Deno.test("--window goes with what the file holds alone, and is counted from 0", async () => {
  await using folder = await folderOf(windows);
  const call = ["mosaic", folder.join("series"), folder.join("out.png"), "--no-cache"];
  for (const contrast of ["auto", "lung", "400/40"]) {
    await assertRefused(folder, [...call, "--window", "1", "-c", contrast], {
      status: 2,
      says: `--window 1 picks one of the file's own views, which --contrast ${contrast} does not`,
    });
  }
  await assertRefused(folder, [...call, "--window", "-1"], { status: 2, says: "counted from 0" });
  await assertRefused(folder, [...call, "--window", "1.5"], { status: 2, says: "a whole number" });
});

/** A segmentation of two frames of 8 × 1 pixels: the left half is segment 1, the right half 2. */
function segmentation(): Uint8Array<ArrayBuffer> {
  const segment = (number: number, lab: readonly number[]) => [
    element(0x00620004, "US", [number]),
    element(0x0062000d, "US", lab),
  ];
  const groups = (number: number) => [
    element(0x0062000a, "SQ", [[element(0x0062000b, "US", [number])]]),
  ];
  return writeInstance(
    [
      element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.66.4"),
      element(0x00080018, "UI", "1.2.3.4"),
      element(0x0020000e, "UI", "1.2.3"),
      element(0x00280002, "US", [1]),
      element(0x00280004, "CS", "MONOCHROME2"),
      element(0x00280008, "IS", "2"),
      element(0x00280010, "US", [1]),
      element(0x00280011, "US", [8]),
      element(0x00280100, "US", [1]),
      element(0x00280101, "US", [1]),
      element(0x00280102, "US", [0]),
      element(0x00280103, "US", [0]),
      element(0x52009230, "SQ", [groups(1), groups(2)]),
      element(0x00620001, "CS", "BINARY"),
      // White, and red.
      element(0x00620002, "SQ", [
        segment(1, [65535, 0x8080, 0x8080]),
        segment(2, [35579, 53664, 50858]),
      ]),
      element(0x7fe00010, "OB", Uint8Array.of(0x0f, 0xf0)),
    ].sort((a, b) => a.tag - b.tag),
    {},
  );
}

Deno.test("segments are drawn in their colors, and in grey by any other contrast", async () => {
  await using folder = await temporaryFolder();
  await folder.write("series", new Map([["seg.dcm", segmentation()]]));
  const output = folder.join("out.png");
  const call = ["mosaic", folder.join("series"), output, "--no-cache", "--columns", "1", "-w", "8"];
  const rows = async (...words: string[]) => {
    const { status, stderr } = await runCli([...call, ...words]);
    assertEquals([status, stderr], [0, []]);
    const { width, height, pixels } = decodePng(await Deno.readFile(output));
    assertEquals([width, height], [8, 2]);
    return [0, 4, 8, 12].map((at) => [...pixels.subarray(at * 4, at * 4 + 3)]);
  };
  const [white, none, dark, color] = await rows();
  assertEquals([white, none, dark], [[255, 255, 255], [0, 0, 0], [0, 0, 0]]);
  const [red, green, blue] = color!;
  assert(red! > 250 && green! < 5 && blue! < 5, `${color} is not red`);
  const greys = [[255, 255, 255], [0, 0, 0], [0, 0, 0], [255, 255, 255]];
  assertEquals(await rows("-c", "auto"), greys);
  assertEquals(await rows("-c", "1/0.5"), greys);
  const { stderr } = await runCli([...call, "--window", "1"]);
  assertStringIncludes(stderr.join(), "0 (segment colors)");
});
