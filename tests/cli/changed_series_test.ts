import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import {
  type RangeServer,
  type RangeServerOptions,
  startRangeServer,
} from "../support/range_server.ts";
import { runCli } from "./run_cli.ts";
import { sampleName, sampleSeries, sampleSlice } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

const COUNT = 6;
const ADDRESS = "s3://idc-open-data/series/";
const LISTING = "listing";
const SAID = "warning: the series has changed since its index was kept";
const keyOf = (number: number) => `series/${sampleName(number)}`;
const keys = Array.from({ length: COUNT }, (_, number) => keyOf(number));

/** What was asked of a server: a listing, or a key and whether its start, where the header is. */
function requestsOf(server: RangeServer): string[] {
  return server.log.splice(0).map(({ key, range }) =>
    key === null ? LISTING : range?.startsWith("bytes=0-") ? `header ${key}` : `picture ${key}`
  );
}

interface SeriesOptions extends Pick<RangeServerOptions, "autoindex"> {
  /** The address of the series, or its path at the server. */
  readonly address?: string;
}

/** A served series, its index kept. */
async function indexedSeries(
  folder: TemporaryFolder,
  { address = ADDRESS, autoindex }: SeriesOptions = {},
) {
  const objects = sampleSeries(COUNT, { folder: "series/" });
  const server = startRangeServer({ objects, ...(autoindex ? { autoindex } : {}) });
  const series = address.startsWith("/") ? server.url + address : address;
  const run = async (command: string, words: readonly string[] = []) => {
    const output = command === "mosaic" ? [folder.join("out.png"), "-w", "60", "-n", "100"] : [];
    const cache = ["--cache-dir", folder.join("cache")];
    const call = [command, series, ...output, ...cache, "--json", ...words];
    const { env } = server;
    const { status, stderr, json, stdout } = await runCli(call, { env });
    return { status, stderr, json: stdout.length > 0 ? json() : null, log: requestsOf(server) };
  };
  assertEquals((await run("mosaic")).status, 0);
  return { objects, server, run, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const pictures = (of: readonly string[]) => of.map((key) => `picture ${key}`).toSorted();

Deno.test("pictures of a kept index list nothing, whatever has come or gone", async () => {
  await using folder = await temporaryFolder();
  await using series = await indexedSeries(folder);
  series.objects.set(keyOf(20), sampleSlice({ number: 20 }));
  const { status, stderr, log } = await series.run("mosaic");
  assertEquals([status, stderr, log.toSorted()], [0, [], pictures(keys)]);
});

for (
  const [what, description] of [["ETag", "sbmple"], ["size", "another, and longer one"]] as const
) {
  Deno.test(`a picture's reply with another ${what} costs that instance's header and picture, and no listing`, async () => {
    await using folder = await temporaryFolder();
    await using series = await indexedSeries(folder);
    const changed = sampleSlice({ number: 2, description });
    const kept = series.objects.get(keyOf(2))!;
    assertEquals(changed.length === kept.length, what === "ETag");
    series.objects.set(keyOf(2), changed);
    if (what === "size") {
      // A server that neither compares nor tells ETags.
      series.server.misbehave({ headers: { etag: null } });
      assertEquals((await series.run("build-index", ["--rebuild"])).status, 0);
      series.objects.set(keyOf(2), kept);
    }
    const { status, stderr, log, json } = await series.run("mosaic");
    assertEquals([status, stderr, json!.failed], [0, [`${SAID}; reading it again`], []]);
    assertEquals(log.slice(0, COUNT).toSorted(), pictures(keys));
    assertEquals(log.slice(COUNT), [`header ${keyOf(2)}`, `picture ${keyOf(2)}`]);
    const next = await series.run("mosaic");
    assertEquals([next.stderr, next.log.toSorted()], [[], pictures(keys)]);
  });
}

Deno.test("an instance that moves is shown in its new place", async () => {
  await using folder = await temporaryFolder();
  await using series = await indexedSeries(folder);
  const before = await series.run("mosaic");
  series.objects.set(keyOf(0), sampleSlice({ number: 30, instance: 0 }));
  const after = await series.run("mosaic");
  const order = (run: typeof before) => run.json!.slices.map(({ url }) => url.slice(-8, -4));
  assertEquals(order(before), ["0006", "0005", "0004", "0003", "0002", "0001"]);
  assertEquals(order(after), ["0001", "0006", "0005", "0004", "0003", "0002"]);
});

Deno.test("--check costs one listing, and the headers of what is new or has changed", async () => {
  await using folder = await temporaryFolder();
  for (const options of [{}, { address: "/series/", autoindex: "caddy-json" }] as const) {
    await using series = await indexedSeries(folder, options);
    const same = await series.run("mosaic", ["--check"]);
    assertEquals([same.status, same.stderr, same.log[0]], [0, [], LISTING]);
    assertEquals(same.log.slice(1).toSorted(), pictures(keys));

    series.objects.delete(keyOf(1));
    series.objects.set(keyOf(3), sampleSlice({ number: 3, description: "longer than it was" }));
    series.objects.set(keyOf(20), sampleSlice({ number: 20 }));
    const { status, stderr, log, json } = await series.run("mosaic", ["--check"]);
    assertEquals([status, stderr], [0, [`${SAID}: 1 added, 1 changed, 1 removed`]]);
    assertEquals(log.slice(0, 3).toSorted(), [
      `header ${keyOf(3)}`,
      `header ${keyOf(20)}`,
      LISTING,
    ]);
    const now = [0, 2, 3, 4, 5, 20].map(keyOf);
    assertEquals(log.slice(3).toSorted(), pictures(now));
    assertEquals([json!.stats.cache, json!.slices.length], ["hit", now.length]);
    // It draws what reading all anew draws, and is kept.
    const drawn = await Deno.readFile(folder.join("out.png"));
    assertEquals((await series.run("mosaic", ["--no-cache"])).stderr, []);
    assertEquals(await Deno.readFile(folder.join("out.png")), drawn);
    const next = await series.run("mosaic");
    assertEquals([next.stderr, next.log.toSorted()], [[], pictures(now)]);
    await Deno.remove(folder.join("cache"), { recursive: true });
  }
});

Deno.test("what a listing without sizes does not tell is told by the picture", async () => {
  await using folder = await temporaryFolder();
  await using series = await indexedSeries(folder, { address: "/series/", autoindex: "nginx" });
  series.objects.set(keyOf(3), sampleSlice({ number: 3, description: "longer than it was" }));
  series.objects.delete(keyOf(1));
  const { status, stderr, json } = await series.run("mosaic", ["--check"]);
  assertEquals([status, stderr, json!.slices.length], [
    0,
    [`${SAID}: 1 removed`, `${SAID}; reading it again`],
    COUNT - 1,
  ]);
});

Deno.test("every command that reads an index takes --check, and says what has changed", async () => {
  await using folder = await temporaryFolder();
  for (const command of ["mosaic", "header", "headers", "list"]) {
    await using series = await indexedSeries(folder);
    const words = command === "headers" ? [folder.join("headers.json")] : [];
    if (command === "header") words.push("-o", folder.join("header.json"));
    series.objects.delete(keyOf(1));
    const { status, stderr } = await series.run(command, [...words, "--check"]);
    assertEquals([status, stderr[0]], [0, `${SAID}: 1 removed`], command);
    await Deno.remove(folder.join("cache"), { recursive: true });
  }
});

Deno.test("build-index notices what came and went, by one listing", async () => {
  await using folder = await temporaryFolder();
  await using series = await indexedSeries(folder);
  const same = await series.run("build-index");
  assertEquals([same.status, same.log], [0, [LISTING]]);
  assertMatch(same.stderr[0]!, /: there already, 6 instances, 6 slices$/);

  series.objects.delete(keyOf(0));
  series.objects.delete(keyOf(1));
  series.objects.set(keyOf(20), sampleSlice({ number: 20 }));
  series.objects.set(keyOf(21), sampleSlice({ number: 21 }).slice(0, 300));
  const { status, stderr, log, json } = await series.run("build-index");
  assertEquals([status, log], [3, [LISTING, `header ${keyOf(20)}`, `header ${keyOf(21)}`]]);
  assertMatch(stderr[0]!, /^failed: s3:.*\/0022\.dcm: /);
  assertEquals(stderr.slice(1), [
    `note: index of ${ADDRESS}: brought up to date (2 added, 2 removed), 5 instances, 5 slices`,
  ]);
  const { series: [built] } = json as unknown as { series: Record<string, unknown>[] };
  assertEquals([built!.cache, built!.changes], ["hit", { added: 2, changed: 0, removed: 2 }]);
});

Deno.test("--rebuild reads all anew, and so does build-index with it", async () => {
  await using folder = await temporaryFolder();
  await using series = await indexedSeries(folder);
  const headers = [LISTING, ...keys.map((key) => `header ${key}`)].toSorted();
  const drawn = await series.run("mosaic", ["--rebuild", "--check"]);
  assertEquals([drawn.stderr, drawn.log.slice(0, COUNT + 1).toSorted()], [[], headers]);
  const built = await series.run("build-index", ["--rebuild"]);
  assertEquals(built.log.toSorted(), headers);
});

Deno.test("a series that cannot be listed is a failure of --check, and the index stays", async () => {
  await using folder = await temporaryFolder();
  await using series = await indexedSeries(folder);
  series.server.misbehave({ status: 403, when: ({ key }) => key === null });
  for (const [command, words] of [["mosaic", ["--check"]], ["build-index", []]] as const) {
    const { status, stderr } = await series.run(command, words);
    assertEquals([status, stderr.length], [1, 1]);
    assertMatch(stderr[0]!, /^error: no access to /);
  }
  assertEquals((await series.run("mosaic")).status, 0);
});

Deno.test("files of a local folder that come, go or change are noticed", async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write("in", sampleSeries(3));
  const build = async () => {
    const call = ["build-index", path, "--cache-dir", folder.join("cache"), "--json"];
    const { status, stdout } = await runCli(call);
    assertEquals(status, 0);
    const { series, stats } = JSON.parse(new TextDecoder().decode(stdout));
    return { changes: series[0].changes, requests: stats.requests };
  };
  assertEquals((await build()).changes, null);
  assertEquals(await build(), { changes: null, requests: 1 });
  await Deno.remove(`${path}/${sampleName(0)}`);
  await folder.write("in", new Map([[sampleName(4), sampleSlice({ number: 4 })]]));
  // Of the same size, but of another time.
  const past = new Date(Date.now() - 3_600_000);
  await Deno.utime(`${path}/${sampleName(1)}`, past, past);
  const { changes, requests } = await build();
  assertEquals([changes, requests], [{ added: 1, changed: 1, removed: 1 }, 3]);
  assertNotEquals(await folder.names("cache/indices"), []);
  assert((await build()).changes === null);
});

Deno.test("a series of one file is read again to see whether it has changed", async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write("in", sampleSeries(1));
  const build = async () => {
    const words = [`${path}/${sampleName(0)}`, "--cache-dir", folder.join("cache"), "--json"];
    const { stdout } = await runCli(["build-index", ...words]);
    return JSON.parse(new TextDecoder().decode(stdout)).series[0].changes;
  };
  assertEquals([await build(), await build()], [null, null]);
  await folder.write("in", new Map([[sampleName(0), sampleSlice({ number: 3 })]]));
  const past = new Date(Date.now() - 3_600_000);
  await Deno.utime(`${path}/${sampleName(0)}`, past, past);
  assertEquals(await build(), { added: 0, changed: 1, removed: 0 });
});
