import { assert, assertEquals, assertGreater, assertLess, assertMatch } from "@std/assert";
import { findProgram } from "../../cli/find_program.ts";
import { startRangeServer } from "../support/range_server.ts";
import { decodeBaseline, type DecodedFrame } from "../video/decode_baseline.ts";
import { decodeWithFfmpeg } from "../video/decode_with_ffmpeg.ts";
import { discPlace } from "../video/disc_place.ts";
import { discColumn, discSeries, type DiscSeriesForm } from "../video/disc_series.ts";
import { readVideo } from "../video/read_video.ts";
import { assertRefused } from "./assert_refused.ts";
import { runCli, type RunCliOptions } from "./run_cli.ts";
import { sampleName, sampleSeries } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

const systemEnv = (name: string) => name === "PATH" ? Deno.env.get(name) : undefined;
const ffmpeg = await findProgram("ffmpeg", systemEnv);

/** An encoder, and what decodes every frame of what it writes. */
interface Way {
  readonly name: string;
  readonly options: RunCliOptions;
  readonly decode: (video: Uint8Array<ArrayBuffer>) => Promise<DecodedFrame[]>;
}

const alone: Way = {
  name: "h264-mp4-encoder",
  options: {},
  async decode(video) {
    const frames = decodeBaseline(video);
    if (ffmpeg !== null) assertEquals(await decodeWithFfmpeg(ffmpeg, video), frames);
    return frames;
  },
};

/** What libx264 writes takes ffmpeg to decode; where there is none, nothing was written either. */
const byFfmpeg: Way = {
  name: "ffmpeg",
  options: { env: systemEnv },
  decode: (video) => decodeWithFfmpeg(ffmpeg!, video),
};

/** The encoders that are here. */
const ways = ffmpeg === null ? [alone] : [alone, byFfmpeg];

/** Registers a test of an encoder; where it is not here, it says so and passes. */
function test(way: Way, name: string, body: () => Promise<void>): void {
  Deno.test(`${way.name}: ${name}`, async () => {
    if (ways.includes(way)) await body();
    else await Deno.stdout.write(new TextEncoder().encode(`skipped, no ${way.name}: ${name}\n`));
  });
}

/** Makes a video of a series of discs. */
async function film(way: Way, count: number, form: DiscSeriesForm, words: readonly string[] = []) {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", discSeries(count, form));
  const output = folder.join("out.mp4");
  const call = ["video", series, output, "--no-cache", "--json", ...words];
  const { status, stderr, json } = await runCli(call, way.options);
  assertEquals([status, stderr], [0, []], words.join(" "));
  assertEquals(await folder.names(), ["in", "out.mp4"]);
  return { video: await Deno.readFile(output), report: json() };
}

for (const way of [alone, byFfmpeg]) {
  test(way, "every frame is its slice, head first", async () => {
    const count = 50;
    const { video, report } = await film(way, count, {}, ["-q", "90"]);
    const frames = await way.decode(video);
    assertEquals([frames.length, report.frames, report.fps], [count, count, 24]);
    frames.forEach((frame, number) => {
      const { x, y } = discPlace(frame);
      const expected = discColumn(count - 1 - number, count);
      assertLess(Math.abs(x - expected), 0.5, `frame ${number}: ${x}, not ${expected}`);
      assertLess(Math.abs(y - 24), 1, `frame ${number}`);
    });
    const file = readVideo(video);
    assert(file.isFastStart);
    assertMatch(file.codec, /^avc1\./);
    assertLess(Math.abs(file.duration - count / 24), 0.001);
    const jumps = file.samples.filter(({ isSync }) => isSync).length;
    assert(jumps >= 2 && jumps <= 6, `${jumps} frames to jump to in two seconds`);
  });

  test(way, "brightness is that of the picture", async () => {
    const { video } = await film(way, 3, {}, ["-c", "1000/500", "-q", "100"]);
    for (const frame of await way.decode(video)) {
      const { planes: [luma, ...chroma] } = frame;
      const { x, y } = discPlace(frame);
      // Air is 50 of 1000, the disc 900, in 219 steps from 16.
      assertLess(Math.abs(luma[0]! - 27), 2);
      assertLess(Math.abs(luma[Math.round(y) * 64 + Math.round(x)]! - 213), 3);
      for (const plane of chroma) assertEquals(new Set(plane), new Set([128]));
    }
  });

  test(way, "color stays color", async () => {
    const { video } = await film(way, 10, { isColor: true }, ["-q", "90"]);
    for (const { planes: [luma, blue, red], width } of await way.decode(video)) {
      // By ITU-R BT.709, (10, 10, 90) and (220, 20, 20).
      assertLess(Math.abs(luma[0]! - 29), 3);
      assertLess(Math.abs(blue[0]! - 166), 4);
      assertLess(Math.abs(red[0]! - 124), 4);
      const middle = red.indexOf(Math.max(...red));
      assertGreater(red[middle]!, 205);
      assertLess(Math.abs(Math.floor(middle / (width / 2)) - 12), 4, "in the middle");
    }
  });

  test(way, "odd sides, pixels that are not square, and a width", async () => {
    const form = { rows: 25, columns: 63, spacing: [2, 1] } as const;
    const own = await film(way, 4, form, ["--fps", "7.5"]);
    assertEquals([own.report.width, own.report.height, own.report.fps], [64, 50, 7.5]);
    const [frame, ...others] = await way.decode(own.video);
    assertEquals([frame!.width, frame!.height, others.length], [64, 50, 3]);
    assertLess(Math.abs(discPlace(frame!).x - discColumn(3, 4, 63)), 0.5);
    assertLess(Math.abs(readVideo(own.video).duration - 4 / 7.5), 0.01);
    const narrow = await film(way, 4, form, ["-w", "31"]);
    assertEquals([narrow.report.width, narrow.report.height], [32, 26]);
    assertEquals((await way.decode(narrow.video)).length, 4);
  });

  test(way, "frames are of the range that is asked for", async () => {
    const { video, report } = await film(way, 6, {}, ["-n", "3", "-s", "0.4", "-e", "1"]);
    assertEquals(report.slices.map(({ index }) => index), [2, 4, 5]);
    const places = (await way.decode(video)).map((frame) => discPlace(frame).x);
    [3, 1, 0].forEach((number, i) => {
      assertLess(Math.abs(places[i]! - discColumn(number, 6)), 0.5);
    });
  });
}

Deno.test("the video goes to standard output, and nothing else", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", discSeries(5));
  for (const way of ways) {
    const call = ["video", series, "-", "--no-cache"];
    const { status, stderr, stdout } = await runCli(call, way.options);
    assertEquals([status, stderr], [0, []]);
    assertEquals((await way.decode(stdout)).length, 5);
    assert(readVideo(stdout).isFastStart);
  }
  await assertRefused(
    folder,
    ["video", series, "-", "--json"],
    { status: 2, says: "--json and an output of -" },
  );
});

Deno.test("a slice that fails is named, and its frame is the marked one", async () => {
  await using server = startRangeServer({ objects: discSeries(8, { folder: "series/" }) });
  await using folder = await temporaryFolder();
  server.misbehave({
    status: 404,
    // Headers are read from the start, pixels are not.
    when: ({ key, range }) => key === "series/0005.dcm" && !range?.startsWith("bytes=0-"),
  });
  const output = folder.join("out.mp4");
  const call = ["video", `${server.url}/series/`, output, "--no-cache", "--json", "-q", "90"];
  const { status, stderr, json } = await runCli(call);
  const url = `${server.url}/series/0005.dcm`;
  assertEquals([status, stderr.length], [3, 1]);
  assert(stderr[0]!.startsWith(`failed: ${url}: `), stderr[0]);
  const { failed, frames, slices } = json();
  assertEquals([failed.length, failed[0]!.url, frames, slices.length], [1, url, 8, 8]);
  const decoded = decodeBaseline(await Deno.readFile(output));
  assertEquals(decoded.length, 8);
  decoded.forEach(({ planes: [luma], width, height }, number) => {
    const isMarked = luma[0]! > 100 && luma[width * height - 1]! > 100;
    assertEquals(isMarked, number === 3, `frame ${number}`);
  });
});

Deno.test("a video of slices none of which can be read is none", async () => {
  await using folder = await temporaryFolder();
  const objects = new Map([...sampleSeries(4)].map(([name, bytes]) => [name, bytes.slice(0, -20)]));
  const series = await folder.write("in", objects);
  const call = ["video", series, folder.join("out.mp4"), "--no-cache"];
  const { status, stderr } = await runCli(call);
  assertEquals(status, 1);
  assertMatch(stderr.at(-1)!, /^error: none of the 4 /);
  assertEquals(await folder.names(), ["in"]);
});

Deno.test("fewer slices than frames asked for are said, and shown once each", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(5));
  const output = folder.join("out.MP4");
  const call = ["video", series, output, "--no-cache"];
  const { status, stderr } = await runCli([...call, "-n", "7"]);
  assertEquals([status, stderr], [0, [
    "note: 5 frames, not 7: there are no more slices to show",
  ]]);
  assertEquals(readVideo(await Deno.readFile(output)).samples.length, 5);
  assertEquals((await runCli(call)).stderr, []);
});

Deno.test("which encoder it was is said when asked for", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(2));
  for (const way of ways) {
    const call = ["video", series, folder.join("out.mp4"), "--no-cache", "-v"];
    const { stderr } = await runCli(call, way.options);
    assertMatch(stderr[0]!, way === alone ? /no ffmpeg on PATH/ : /^ {2}encoded by \/.*ffmpeg$/);
  }
});

Deno.test("words that are wrong are refused before anything is read", async () => {
  await using folder = await temporaryFolder();
  const refused: [words: string[], says: string][] = [
    [["out.webm"], `"out.webm" ends in ".webm": a video is .mp4`],
    [["out"], `"out" has no suffix: a video is .mp4`],
    [[".mp4"], "a video is .mp4"],
    [["out.mp4", "--fps", "0"], "fps is 0: it must be from 0.1 to 120"],
    [["out.mp4", "--fps", "1000"], "fps is 1000"],
    [["out.mp4", "-q", "101"], "quality is 101"],
    [["out.mp4", "-n", "0"], "samples is 0"],
    [["out.mp4", "-s", "1.5"], "start is 1.5"],
    [["out.mp4", "-w", "5000"], "width is 5000: it must be a whole number from 1 to 4096"],
    [["out.mp4", "-c", "lnug"], "lnug"],
    [["out.mp4", "--stack", "x"], "--stack"],
  ];
  for (const [words, says] of refused) {
    await assertRefused(folder, ["video", folder.join("missing"), ...words], { status: 2, says });
  }
  const missing = ["video", folder.join("missing"), folder.join("none", "out.mp4")];
  await assertRefused(folder, missing, { status: 1, says: "there is no folder" });
});

Deno.test("a slice is one request, and those that a window is measured on two", async () => {
  await using server = startRangeServer({ objects: sampleSeries(40, { folder: "series/" }) });
  await using folder = await temporaryFolder();
  const call = ["video", `${server.url}/series/`, folder.join("out.mp4"), "--json"];
  const cache = ["--cache-dir", folder.join("cache")];
  await runCli([...call, ...cache]);
  for (const [contrast, requests] of [["400/40", 40], ["auto", 56]] as const) {
    const { json } = await runCli([...call, ...cache, "-c", contrast]);
    assertEquals([json().stats.cache, json().stats.requests], ["hit", requests]);
  }
  assertEquals(sampleName(0), "0001.dcm");
});
