import { assertEquals, assertMatch, assertRejects, assertStrictEquals } from "@std/assert";
import { dirname, fromFileUrl, join } from "@std/path";
import type { PixelImage } from "@dicom/series-preview";
import { encodeWithFfmpeg } from "../../cli/encode_with_ffmpeg.ts";
import { FfmpegError } from "../../cli/ffmpeg_error.ts";
import { findProgram } from "../../cli/find_program.ts";
import { toYuv } from "../../mosaic/video/to_yuv.ts";
import { fakeFfmpeg } from "../video/fake_ffmpeg.ts";
import { readVideo } from "../video/read_video.ts";
import { runCli } from "./run_cli.ts";
import { sampleSeries } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

const CLI = fromFileUrl(new URL("../../cli.ts", import.meta.url));

const images: readonly PixelImage[] = [10, 200, 90].map((grey) => {
  return { width: 4, height: 2, channels: 1, data: new Uint8Array(8).fill(grey) };
});

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** Tests with programs for sh, which Windows has not. */
function test(name: string, run: () => Promise<void>): void {
  Deno.test({ name, ignore: Deno.build.os === "windows", fn: run });
}

test("ffmpeg is told all there is to tell, and handed the frames", async () => {
  await using folder = await temporaryFolder();
  const log = folder.join("log");
  const { path } = await fakeFfmpeg(folder.path, `echo "$@" > ${log}; cat > "$file"`);
  const bytes = await encodeWithFfmpeg(images, { program: path, fps: 12.5, quality: 50 });
  assertEquals([...bytes], images.flatMap((image) => [...toYuv(image)]));
  const words = (await Deno.readTextFile(log)).trim().split(" ");
  const file = words.at(-1)!;
  assertEquals(await exists(dirname(file)), false, "its folder is removed");
  assertEquals(
    words.slice(0, -1).join(" "),
    "-hide_banner -loglevel error -nostdin -y -f rawvideo -pix_fmt yuv420p -s 4x2 " +
      "-framerate 12.5 -i pipe:0 -c:v libx264 -crf 25.0 -g 13 -pix_fmt yuv420p " +
      "-x264-params colorprim=bt709:transfer=bt709:colormatrix=bt709:range=tv " +
      "-movflags +faststart -f mp4",
  );
});

test("quality is a rate factor from 40 to 10", async () => {
  await using folder = await temporaryFolder();
  const { path } = await fakeFfmpeg(folder.path, `cat > "$file"; echo "$@" >> "$file"`);
  for (
    const [quality, factor] of [[0, "40.0"], [60, "22.0"], [61, "21.7"], [100, "10.0"]] as const
  ) {
    const bytes = await encodeWithFfmpeg(images.slice(1), { program: path, quality });
    const words = new TextDecoder().decode(bytes).split(" ");
    assertEquals(words[words.indexOf("-crf") + 1], factor);
  }
});

const failing: [what: string, script: string, says: string][] = [
  ["has no libx264", `echo "Unknown encoder 'libx264'" >&2; exit 1`, "Unknown encoder 'libx264'"],
  [
    "complains in many lines",
    `cat > /dev/null; printf 'one\\ntwo\\r\\n\\033[31mthree\\n\\n' >&2; exit 1`,
    String.raw`\u001b[31mthree`,
  ],
  ["says nothing", "cat > /dev/null; exit 7", "status 7"],
  ["is killed", "kill -9 $$", "SIGKILL"],
  ["writes nothing", "cat > /dev/null", "it wrote no video"],
  ["wants no frames", "exec 0<&-; exit 0", "it took no more frames"],
];
for (const [what, script, says] of failing) {
  test(`an ffmpeg that ${what} is named, and done without`, async () => {
    await using folder = await temporaryFolder();
    const series = await folder.write("in", sampleSeries(30, { rows: 128, columns: 128 }));
    await Deno.mkdir(folder.join("bin"));
    const { env } = await fakeFfmpeg(folder.join("bin"), script);
    const output = folder.join("out.mp4");
    const { status, stderr, json } = await runCli(
      ["video", series, output, "--no-cache", "--json"],
      { env },
    );
    assertEquals(stderr, [`note: ffmpeg failed: ${says}; encoding without it`]);
    assertEquals([status, json().frames], [0, 30]);
    assertEquals(readVideo(await Deno.readFile(output)).samples.length, 30);
    assertEquals(await folder.names(), ["bin", "in", "out.mp4"]);
  });
}

test("only a program that may be run is found, in the folders of PATH in their order", async () => {
  await using folder = await temporaryFolder();
  const [first, second, third] = ["a", "b", "c"].map((name) => folder.join(name));
  for (const name of [first!, second!, third!]) await Deno.mkdir(name);
  const env = () => [first, "", ".", folder.join("missing"), second, third].join(":");
  assertEquals(await findProgram("ffmpeg", env), null);
  await Deno.mkdir(join(first!, "ffmpeg"));
  await fakeFfmpeg(second!, "exit 0", 0o644);
  assertEquals(await findProgram("ffmpeg", env), null);
  const { path } = await fakeFfmpeg(third!, "exit 0");
  assertEquals(await findProgram("ffmpeg", env), path);
  assertEquals(await findProgram("ffmpeg", () => undefined), null);
});

test("what goes wrong with a picture is thrown as it is, and ffmpeg ended", async () => {
  await using folder = await temporaryFolder();
  const log = folder.join("log");
  const { path } = await fakeFfmpeg(folder.path, `echo "$file" > ${log}; exec cat > "$file"`);
  const reason = new Error("the source is gone");
  function* broken() {
    yield images[0]!;
    throw reason;
  }
  const error = await encodeWithFfmpeg(broken(), { program: path }).catch((error) => error);
  assertStrictEquals(error, reason);
  await assertRejects(
    () => encodeWithFfmpeg(images, { program: folder.join("none") }),
    FfmpegError,
    "cannot run",
  );
});

test("an abort ends an ffmpeg that takes no more frames, and leaves nothing", async () => {
  await using folder = await temporaryFolder();
  const log = folder.join("log");
  const watcher = Deno.watchFs(folder.path);
  const { path } = await fakeFfmpeg(
    folder.path,
    `echo "$file" > ${log}.new; mv ${log}.new ${log}; exec sleep 600`,
  );
  const controller = new AbortController();
  const reason = new Error("the user has seen enough");
  function* endless() {
    for (;;) {
      yield { width: 512, height: 512, channels: 1, data: new Uint8Array(512 * 512) } as const;
    }
  }
  const { signal } = controller;
  const encoding = encodeWithFfmpeg(endless(), { program: path, signal }).catch((error) => error);
  for await (const _ of watcher) if (await exists(log)) break;
  controller.abort(reason);
  assertStrictEquals(await encoding, reason);
  assertEquals(await exists(dirname((await Deno.readTextFile(log)).trim())), false);
});

test("a signal ends ffmpeg with the tool, and leaves nothing", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("in", sampleSeries(2, { rows: 512, columns: 512 }));
  await Deno.mkdir(folder.join("bin"));
  for (
    const [signal, code, who] of [["SIGTERM", 143, "SIGTERM"], ["SIGINT", 130, "Ctrl-C"]] as const
  ) {
    const log = folder.join(signal);
    await fakeFfmpeg(
      folder.join("bin"),
      `echo "$file" > ${log}.new; mv ${log}.new ${log}; exec sleep 600`,
    );
    const watcher = Deno.watchFs(folder.path);
    const words = ["video", series, folder.join("out.mp4"), "--no-cache"];
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "--no-prompt", "-A", CLI, ...words],
      env: { PATH: folder.join("bin"), NO_COLOR: "1" },
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).spawn();
    for await (const _ of watcher) if (await exists(log)) break;
    child.kill(signal);
    // Standard error is at its end when all who hold it have ended, ffmpeg too.
    const { code: status, stderr } = await child.output();
    assertEquals(status, code);
    assertMatch(new TextDecoder().decode(stderr), new RegExp(`^stopped by ${who} after .*\\n$`));
    const file = (await Deno.readTextFile(log)).trim();
    assertMatch(file, /series-preview-\w+\/video\.mp4$/);
    assertEquals(await exists(dirname(file)), false);
    assertEquals(await exists(folder.join("out.mp4")), false);
  }
});
