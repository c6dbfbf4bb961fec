import { assertEquals, assertStringIncludes } from "@std/assert";
import { element, type ElementSpec, writeInstance } from "../support/dicom_fixtures.ts";
import { runCli } from "./run_cli.ts";
import { temporaryFolder } from "./temporary_folder.ts";

const AXIAL = "1\\0\\0\\0\\1\\0";
const SAGITTAL = "0\\1\\0\\0\\0\\-1";

/** Writes an image of 2 × 2 pixels a frame. */
function writeImage(number: number, frames: number, more: readonly ElementSpec[]): Uint8Array {
  const elements = [
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4.1"),
    element(0x00080018, "UI", `1.2.3.${number}`),
    element(0x00080060, "CS", "MR"),
    element(0x0020000e, "UI", "1.2.3"),
    element(0x00200013, "IS", String(number)),
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", "MONOCHROME2"),
    element(0x00280008, "IS", String(frames)),
    element(0x00280010, "US", [2]),
    element(0x00280011, "US", [2]),
    element(0x00280100, "US", [16]),
    element(0x00280101, "US", [16]),
    element(0x00280102, "US", [15]),
    element(0x00280103, "US", [0]),
    element(0x7fe00010, "OW", Array.from({ length: 4 * frames }, (_, i) => i)),
    ...more,
  ];
  return writeInstance(elements.sort((a, b) => a.tag - b.tag));
}

/** A classic slice. */
function writeSlice(number: number, orientation: string, position: string): Uint8Array {
  return writeImage(number, 1, [
    element(0x00200032, "DS", position),
    element(0x00200037, "DS", orientation),
  ]);
}

/** An enhanced object of axial frames, each of a time and a height. */
function writeEnhanced(
  number: number,
  frames: readonly (readonly [time: number, z: number])[],
): Uint8Array {
  return writeImage(number, frames.length, [
    element(0x52009229, "SQ", [[
      element(0x00209116, "SQ", [[element(0x00200037, "DS", AXIAL)]]),
    ]]),
    element(
      0x52009230,
      "SQ",
      frames.map(([time, z]) => [
        element(0x00209111, "SQ", [[element(0x00209128, "UL", [time])]]),
        element(0x00209113, "SQ", [[element(0x00200032, "DS", `0\\0\\${z}`)]]),
      ]),
    ),
  ]);
}

async function draw(objects: readonly Uint8Array[], ...words: string[]) {
  await using folder = await temporaryFolder();
  const files = objects.map((bytes, i) => [`${i}.dcm`, bytes] as const);
  const series = await folder.write("series", new Map(files));
  const call = ["mosaic", series, folder.join("out.png"), "--json", "-w", "64", "-n", "99"];
  const { status, stderr, json } = await runCli([
    ...call,
    "--cache-dir",
    folder.join("cache"),
    ...words,
  ]);
  return { status, stderr, json: status === 0 ? json() : null };
}

Deno.test("frames of an object that repeats its positions are shown by time point", async () => {
  const objects = [writeEnhanced(1, [[1, 0], [1, 5], [2, 0], [2, 5], [3, 0], [3, 5]])];
  const all = await draw(objects);
  assertEquals(all.stderr, ["note: 3 time points of 2 slices; --stack 0…2 picks one"]);
  assertEquals(all.json!.slices.map(({ frame }) => frame), [1, 3, 5, 0, 2, 4]);
  const second = await draw(objects, "--stack", "1");
  assertEquals(second.stderr, []);
  assertEquals(second.json!.slices.map(({ index, position, frame }) => [index, position, frame]), [
    [0, 0, 3],
    [1, 1, 2],
  ]);
  const none = await draw(objects, "--stack", "3");
  assertEquals(none.status, 2);
  assertStringIncludes(none.stderr.join(), "stack is 3; the series has 0 to 2");
});

Deno.test("a series of volumes is shown by volume", async () => {
  const objects = [3, 1, 2].map((n) => writeEnhanced(n, [[n, 0], [n, 5]]));
  const all = await draw(objects);
  assertEquals(all.stderr, ["note: 3 time points of 2 slices; --stack 0…2 picks one"]);
  const last = await draw(objects, "--stack", "2");
  assertEquals(last.json!.slices.map(({ uid, frame }) => [uid, frame]), [
    ["1.2.3.3", 1],
    ["1.2.3.3", 0],
  ]);
});

Deno.test("a localizer's planes are told with how many slices each has", async () => {
  const objects = [
    writeSlice(1, AXIAL, "0\\0\\0"),
    writeSlice(2, AXIAL, "0\\0\\5"),
    writeSlice(3, SAGITTAL, "1\\0\\0"),
  ];
  assertEquals((await draw(objects)).stderr, [
    "note: 2 orientations: axial 2 and sagittal 1 slice; --stack 0…1 picks one",
  ]);
  const sagittal = await draw(objects, "--stack", "1");
  assertEquals(sagittal.json!.slices.map(({ uid }) => uid), ["1.2.3.3"]);
});

Deno.test("--json counts what is skipped and what has no image, and stderr says it", async () => {
  const report = writeInstance([
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.88.11"),
    element(0x00080018, "UI", "1.2.3.9"),
    element(0x00080060, "CS", "SR"),
    element(0x0020000e, "UI", "1.2.3"),
  ]);
  const foreign = writeInstance([
    element(0x0020000e, "UI", "1.2.4"),
    element(0x00200013, "IS", "1"),
  ]);
  const objects = [writeSlice(1, AXIAL, "0\\0\\0"), report, foreign];
  const { stderr, json } = await draw(objects, "--series", "1.2.3");
  assertEquals([json!.skipped, json!.imageless, json!.failed], [1, 1, []]);
  assertEquals(stderr, [
    "note: 1 skipped: 2.dcm (of another series, 1.2.4)",
    "note: without an image, not shown: 1 of 2",
  ]);
});
