import { assert, assertEquals, assertMatch } from "@std/assert";
import { startRangeServer } from "../support/range_server.ts";
import { runCli, type RunCliOptions } from "./run_cli.ts";
import { sampleSeries } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

const UUID = "38902e14-b11f-4548-910e-771ee757dc82";
const COUNT = 6;

/** A folder with a local series in it. */
async function folderWithSeries(): Promise<TemporaryFolder> {
  const folder = await temporaryFolder();
  await folder.write("series", sampleSeries(COUNT));
  return folder;
}

/** Draws the local series; answers where the index came from and what was said. */
async function draw(
  folder: TemporaryFolder,
  words: readonly string[] = ["--cache-dir", folder.join("cache")],
  options: RunCliOptions = {},
) {
  const call = ["mosaic", folder.join("series"), folder.join("out.png"), "--json", "-w", "60"];
  const { status, stderr, json } = await runCli([...call, ...words], options);
  assertEquals(status, 0, stderr.join("\n"));
  assertEquals(json().slices.length, COUNT);
  return { cache: json().stats.cache, stderr };
}

/** The path of the one file in the cache. */
async function cachedFile(folder: TemporaryFolder): Promise<string> {
  const [name, ...others] = await folder.names("cache/indices");
  assertEquals(others, []);
  return folder.join("cache", "indices", name!);
}

Deno.test("the first run builds the index, the next ones find it, and none does without a cache", async () => {
  await using folder = await folderWithSeries();
  assertEquals(await draw(folder), { cache: "miss", stderr: [] });
  assertEquals(await draw(folder), { cache: "hit", stderr: [] });
  assertEquals(await draw(folder, ["--no-cache"]), { cache: "off", stderr: [] });
  assertEquals(await draw(folder), { cache: "hit", stderr: [] });
});

Deno.test("the cache is the folder of the option, else of the variable, else the platform's", async () => {
  await using folder = await folderWithSeries();
  const variables: Record<string, string> = {
    IDC_SERIES_PREVIEW_CACHE_DIR: folder.join("variable"),
    XDG_CACHE_HOME: folder.join("xdg"),
    HOME: folder.join("home"),
    LOCALAPPDATA: folder.join("home"),
  };
  const env = (name: string) => variables[name];
  await draw(folder, ["--no-cache"], { env });
  assertEquals(await folder.names(), ["out.png", "series"]);
  await draw(folder, ["--cache-dir", folder.join("option")], { env });
  assertEquals(await folder.names(), ["option", "out.png", "series"]);
  await draw(folder, [], { env });
  assertEquals((await folder.names("variable/indices")).length, 1);
  delete variables.IDC_SERIES_PREVIEW_CACHE_DIR;
  await draw(folder, [], { env });
  const platform = Deno.build.os === "linux" ? "xdg" : "home";
  assert((await folder.names()).includes(platform));
});

Deno.test("without a folder for the cache there is one warning, and the picture", async () => {
  await using folder = await folderWithSeries();
  const { cache, stderr } = await draw(folder, []);
  assertEquals([cache, stderr.length], ["off", 1]);
  assertMatch(stderr[0]!, /^warning: going on without a cache: .* is not set .*--cache-dir/);
});

Deno.test("an index is named after the UUID under the default root, else after its address", async () => {
  await using folder = await folderWithSeries();
  await using server = startRangeServer({ objects: sampleSeries(2, { folder: `${UUID}/` }) });
  const { env, url } = server;
  for (const address of [UUID, `s3://idc-open-data/${UUID}/`, `${url}/${UUID}/`]) {
    const call = ["mosaic", address, folder.join("out.png"), "--cache-dir", folder.join("cache")];
    assertEquals((await runCli([...call, "-w", "60"], { env })).status, 0);
  }
  await draw(folder);
  const names = await folder.names("cache/indices");
  assertEquals(names.length, 3);
  assert(names.includes(`${UUID}_index.parquet`));
  assert(names.some((name) => new RegExp(`^${UUID}-[0-9a-f]{12}_index.parquet$`).test(name)));
  assert(names.some((name) => /^series-[0-9a-f]{12}_index.parquet$/.test(name)));
  if (Deno.build.os === "windows") return;
  const mode = async (path: string) => (await Deno.stat(folder.join("cache", path))).mode! & 0o777;
  assertEquals([await mode(""), await mode("indices")], [0o700, 0o700]);
  for (const name of names) assertEquals(await mode(`indices/${name}`), 0o600);
});

Deno.test("series that one folder holds have an index each", async () => {
  await using folder = await temporaryFolder();
  await folder.write("in/a", sampleSeries(2, { seriesUID: "1.2.3.1" }));
  await folder.write("in/b", sampleSeries(3, { seriesUID: "1.2.3.2" }));
  const call = ["mosaic", folder.join("in"), folder.join("out.png"), "--json", "-w", "60"];
  for (const cache of ["miss", "hit"]) {
    for (const [uid, count] of [["1.2.3.1", 2], ["1.2.3.2", 3]] as const) {
      const words = ["--cache-dir", folder.join("c"), "--series", uid, "--quiet"];
      const { json } = await runCli([...call, ...words]);
      assertEquals([json().stats.cache, json().slices.length], [cache, count]);
    }
  }
});

Deno.test("a damaged index is built anew, with one line", async () => {
  await using folder = await folderWithSeries();
  await draw(folder);
  const path = await cachedFile(folder);
  const whole = await Deno.readFile(path);
  const flipped = whole.slice();
  flipped[whole.length >> 1]! ^= 1;
  const damages = [
    new Uint8Array(0),
    new TextEncoder().encode("no Parquet at all"),
    whole.slice(0, whole.length - 1),
    whole.slice(0, whole.length >> 1),
    flipped,
  ];
  for (const damage of damages) {
    await Deno.writeFile(path, damage);
    const { cache, stderr } = await draw(folder);
    assertEquals([cache, stderr.length], ["miss", 1], stderr.join("\n"));
    assertMatch(stderr[0]!, /^warning: the cached index series-[0-9a-f]{12} is built anew: /);
    assertEquals(await draw(folder), { cache: "hit", stderr: [] });
  }
});

Deno.test("an index of another series is not taken for this one's", async () => {
  await using folder = await folderWithSeries();
  await draw(folder);
  const path = await cachedFile(folder);
  await folder.write("other", sampleSeries(2, { seriesUID: "1.2.3" }));
  const call = ["mosaic", folder.join("other"), folder.join("out.png"), "-w", "60"];
  await runCli([...call, "--cache-dir", folder.join("elsewhere")]);
  const [other] = await folder.names("elsewhere/indices");
  await Deno.rename(folder.join("elsewhere", "indices", other!), path);
  const { cache, stderr } = await draw(folder);
  assertEquals([cache, stderr.length], ["miss", 1]);
});

Deno.test("a cache that cannot be used costs one warning and no picture", async () => {
  await using folder = await folderWithSeries();
  await Deno.writeTextFile(folder.join("file"), "a file, no folder");
  await Deno.mkdir(folder.join("real"));
  await Deno.symlink(folder.join("real"), folder.join("link"));
  await Deno.mkdir(folder.join("half"));
  await Deno.writeTextFile(folder.join("half", "indices"), "a file, no folder");
  for (const name of ["file", "file/cache", "link", "half"]) {
    const words = ["--cache-dir", folder.join(name)];
    const { cache, stderr } = await draw(folder, words);
    assertEquals([cache, stderr.length], ["off", 1], stderr.join("\n"));
    assertMatch(
      stderr[0]!,
      /^warning: going on without the cache: .*--cache-dir, or .*--no-cache$/,
    );
    assertEquals(await draw(folder, [...words, "--quiet"]), { cache: "off", stderr: [] });
  }
  assertEquals(await folder.names("real"), []);
});

Deno.test("runs that want the same index at once have it built by one of them", async () => {
  await using folder = await temporaryFolder();
  const objects = sampleSeries(COUNT, { folder: `${UUID}/` });
  await using server = startRangeServer({ objects });
  const results = await Promise.all(Array.from({ length: 4 }, (_, number) => {
    const call = [
      "mosaic",
      UUID,
      folder.join(`${number}.png`),
      "--cache-dir",
      folder.join("cache"),
    ];
    return runCli([...call, "-w", "60", "-n", "1", "--json"], { env: server.env });
  }));
  assertEquals(results.map(({ status }) => status), [0, 0, 0, 0]);
  const caches = results.map(({ json }) => json().stats.cache).toSorted();
  assertEquals(caches, ["hit", "hit", "hit", "miss"]);
  // One listing, a header each, and four pictures.
  assertEquals(server.log.length, 1 + COUNT + 4);
  const [first, ...others] = await Promise.all(
    [0, 1, 2, 3].map((number) => Deno.readFile(folder.join(`${number}.png`))),
  );
  for (const other of others) assertEquals(other, first);
  assertEquals(await folder.names("cache/indices"), [`${UUID}_index.parquet`]);
  const waited = results.flatMap(({ stderr }) => stderr);
  for (const line of waited) {
    assertEquals(line, `warning: another program builds the index ${UUID}; waiting for it`);
  }
});
