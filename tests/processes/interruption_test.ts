import { assertEquals, assertLess, assertMatch } from "@std/assert";
import { type RangeServer, startRangeServer } from "../support/range_server.ts";
import { type ChildResult, cliCommand, endOf } from "./child_process.ts";
import { sampleSeries } from "../cli/sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "../cli/temporary_folder.ts";

/** Requests that are answered before the server falls silent. */
const answered = 12;

/** Starts a call, waits until the server has let it hang, and sends it a signal. */
async function stop(
  words: readonly string[],
  folder: TemporaryFolder,
  { signal = "SIGINT", answers = answered }: { signal?: Deno.Signal; answers?: number } = {},
): Promise<ChildResult> {
  const objects = new Map([
    ...sampleSeries(40, { folder: "series/" }),
    ...sampleSeries(3, { folder: "small/", seriesUID: "1.2.3" }),
  ]);
  await using server: RangeServer = startRangeServer({ objects });
  const hanging = Promise.withResolvers<void>();
  let asked = 0;
  server.misbehave({
    gate: new Promise(() => {}),
    when: ({ key }) => {
      if (!key?.startsWith("series/") || ++asked <= answers) return false;
      hanging.resolve();
      return true;
    },
  });
  const env = { AWS_ENDPOINT_URL: server.url };
  const child = cliCommand(words, { cwd: folder.path, env }).spawn();
  await hanging.promise;
  const before = performance.now();
  child.kill(signal);
  const result = await endOf(child);
  assertLess(performance.now() - before, 2000, "it takes its time to stop");
  return result;
}

const series = "s3://idc-open-data/series/";

Deno.test({
  name: "Ctrl-C stops a call at once, says how far it came, and leaves nothing behind",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await temporaryFolder();
    const call = ["mosaic", series, "out.png", "--cache-dir", "cache", "--json"];
    const { code, stdout, stderr } = await stop(call, folder);
    assertEquals([code, stdout.length, stderr.length], [130, 0, 1], stderr.join("\n"));
    assertMatch(stderr[0]!, /^stopped by Ctrl-C after \d+ of 40 headers$/);
    assertEquals((await folder.names()).filter((name) => name !== "cache"), []);
    assertEquals(await folder.names("cache/indices"), []);
  },
});

Deno.test({
  name: "SIGTERM stops a call while it draws, and the index it has made stays",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await temporaryFolder();
    const call = [
      "mosaic",
      series,
      "out.png",
      "--cache-dir",
      "cache",
      "-n",
      "20",
      "--concurrency",
      "2",
    ];
    const { code, stderr } = await stop(call, folder, { signal: "SIGTERM", answers: 50 });
    assertEquals([code, stderr.length], [143, 1], stderr.join("\n"));
    assertMatch(stderr[0]!, /^stopped by SIGTERM after \d+ of 20 slices$/);
    assertEquals(await folder.names(), ["cache"]);
    const [index, ...others] = await folder.names("cache/indices");
    assertMatch(index!, /_index\.parquet$/);
    assertEquals(others, []);
  },
});

Deno.test({
  name: "Ctrl-C stops the making of indices, and says which there are",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using folder = await temporaryFolder();
    const two = ["s3://idc-open-data/small/", series];
    // One read at a time is one series at a time.
    const call = ["build-index", ...two, "--cache-dir", "cache", "--concurrency", "1"];
    const { code, stderr } = await stop(call, folder, { answers: 2 });
    assertEquals([code, stderr.length], [130, 2], stderr.join("\n"));
    assertMatch(stderr[0]!, /^note: index of s3:\/\/idc-open-data\/small\/: made, 3 instances/);
    assertMatch(stderr[1]!, /^stopped by Ctrl-C after 5 of 43 headers of 2 series$/);
    assertEquals((await folder.names("cache/indices")).length, 1);
  },
});
