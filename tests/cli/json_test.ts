import { assert, assertEquals, assertGreater } from "@std/assert";
import { startRangeServer } from "../support/range_server.ts";
import { runCli } from "./run_cli.ts";
import { sampleSeries, sampleUID } from "./sample_series.ts";
import { temporaryFolder } from "./temporary_folder.ts";

const keys = (object: object) => Object.keys(object);

Deno.test("--json prints one object with the promised keys, in their order, of the right types", async () => {
  await using folder = await temporaryFolder();
  const objects = sampleSeries(3, { folder: "series/" });
  await using server = startRangeServer({ objects });
  const output = folder.join("out.png");
  const call = ["mosaic", "s3://idc-open-data/series/", output, "--cache-dir", folder.join("c")];
  const { status, stdout, json } = await runCli([...call, "--json"], { env: server.env });
  assertEquals(status, 0);
  const text = new TextDecoder().decode(stdout);
  assertEquals(text.indexOf("\n"), text.length - 1);

  const { slices, failed, stats, ...picture } = json();
  assertEquals(keys(json()), [
    "command",
    "series",
    "output",
    "width",
    "height",
    "columns",
    "rows",
    "slices",
    "failed",
    "skipped",
    "imageless",
    "stats",
  ]);
  assertEquals(picture, {
    command: "mosaic",
    series: "s3://idc-open-data/series/",
    output,
    width: 768,
    height: 1024,
    columns: 2,
    rows: 2,
    skipped: 0,
    imageless: 0,
  });
  assertEquals(
    slices,
    [3, 2, 1].map((number, index) => ({
      index,
      position: index / 2,
      uid: sampleUID(number - 1),
      url: `s3://idc-open-data/series/000${number}.dcm`,
      frame: null,
    })),
  );
  assertEquals(failed, []);
  const { milliseconds, ...counts } = stats;
  assertEquals(counts, {
    requests: server.log.length,
    retries: 0,
    bytesFetched: server.counts.bytes,
    bytesDecoded: 3 * 16 * 12 * 2,
    cache: "miss",
  });
  assertEquals(Object.values(milliseconds).every(Number.isInteger), true);
  assertGreater(keys(milliseconds).length, 2);
});

Deno.test("--json counts frames from 0 and tries that were made again", async () => {
  await using folder = await temporaryFolder();
  const objects = sampleSeries(1, { frames: 5, folder: "series/" });
  await using server = startRangeServer({ objects });
  server.misbehave({ status: 503, when: ({ key }) => key !== null, times: 1 });
  const call = ["mosaic", `${server.url}/series/`, folder.join("out.png"), "--no-cache", "--json"];
  const { status, json } = await runCli([...call, "-n", "3"], { env: server.env });
  assertEquals(status, 0);
  assertEquals(json().slices.map(({ index, frame }) => [index, frame]), [[0, 0], [2, 2], [4, 4]]);
  assertEquals(json().stats.retries, 1);
  assertEquals(json().stats.requests, server.log.length);
  assertEquals(json().stats.cache, "off");
});

Deno.test("--json tells of a run that failed what went wrong, and nothing of a picture", async () => {
  await using folder = await temporaryFolder();
  const empty = await folder.write("empty", new Map());
  const call = ["mosaic", empty, folder.join("out.png"), "--no-cache", "--json"];
  const { status, stderr, json } = await runCli(call);
  assertEquals(status, 1);
  assertEquals(stderr, [`error: ${json().error}`]);
  assertEquals(keys(json()), ["command", "series", "output", "error", "failed", "stats"]);
  assertEquals([json().failed, json().stats.cache], [[], "off"]);
  assert(json().error?.includes(empty));
});
