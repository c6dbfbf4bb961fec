import { assertEquals, assertGreater, assertNotEquals, assertStringIncludes } from "@std/assert";
import { type RangeServerOptions, startRangeServer } from "../support/range_server.ts";
import { runCli, type RunCliOptions } from "./run_cli.ts";
import { sampleDirectory, sampleSlice, sampleUID } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

const UUID = "38902e14-b11f-4548-910e-771ee757dc82";
const COUNT = 6;
/** Superior to inferior: the highest slice first. */
const ORDER = Array.from({ length: COUNT }, (_, i) => sampleUID(COUNT - 1 - i));

/** A series as people keep it: names of all kinds, folders, and files that are no instances. */
const files: ReadonlyMap<string, Uint8Array> = new Map([
  ...["b.dcm", "IM0001", "nested/IM0001", "nested/deeper/A.DCM", "größe 1+1.dcm", "2"]
    .map((name, number) => [name, sampleSlice({ number })] as const),
  ["DICOMDIR", sampleDirectory()],
  ["readme.txt", new TextEncoder().encode("What these are, and whose.\n")],
  ["empty", new Uint8Array(0)],
]);

function below(folder: string): Map<string, Uint8Array> {
  return new Map([...files].map(([name, bytes]) => [`${folder}/${name}`, bytes]));
}

/** Draws a series; answers the picture and the slices' UIDs. */
async function draw(
  words: readonly string[],
  folder: TemporaryFolder,
  options: RunCliOptions = {},
): Promise<{ picture: Uint8Array; uids: string[] }> {
  const output = folder.join("out.png");
  const call = ["mosaic", ...words, output, "--no-cache", "--json", "-w", "72"];
  const { status, stderr, json } = await runCli(call, options);
  assertEquals([status, stderr.filter((line) => !line.startsWith("note: "))], [0, []]);
  return { picture: await Deno.readFile(output), uids: json().slices.map(({ uid }) => uid) };
}

let local: Promise<Uint8Array> | undefined;

/** The picture of the files in a local folder. */
async function drawLocal(): Promise<Uint8Array> {
  await using folder = await temporaryFolder();
  return (await draw([await folder.write("series", files)], folder)).picture;
}

/** Draws a series and makes sure that it is the picture of the same files in a local folder. */
async function assertSamePicture(words: readonly string[], options: RunCliOptions = {}) {
  await using folder = await temporaryFolder();
  const { picture, uids } = await draw(words, folder, options);
  assertEquals(uids, ORDER);
  assertEquals(picture, await (local ??= drawLocal()));
}

Deno.test("a local folder shows its instances, whatever they are called, and says what it skips", async () => {
  await using folder = await temporaryFolder();
  const series = await folder.write("series", files);
  const call = ["mosaic", series, folder.join("out.png"), "--no-cache", "--json"];
  const { status, stderr, json } = await runCli(call);
  assertEquals(status, 0);
  assertEquals(json().slices.map(({ uid }) => uid), ORDER);
  assertEquals(stderr, [
    "note: 3 skipped: DICOMDIR (a DICOMDIR), empty (not DICOM), readme.txt (not DICOM)",
  ]);
});

Deno.test("a picture depends on what is in the instances", async () => {
  await using folder = await temporaryFolder();
  const one = await draw([await folder.write("one", files)], folder);
  const others = new Map([...files, ["2", sampleSlice({ number: 40 })]]);
  const other = await draw([await folder.write("other", others)], folder);
  assertNotEquals(one.picture, other.picture);
});

Deno.test("a file address, and a path that goes up and down, show the picture of the folder", async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write("series", files);
  await assertSamePicture([`file://${path}`]);
  await assertSamePicture([`file://${path}/`]);
  await assertSamePicture([`${path}/../series/`]);
});

for (const style of ["nginx", "nginx-json", "caddy-json", "apache", "python", "deno"] as const) {
  Deno.test(`a web folder listed as ${style} does shows the picture of the local one`, async () => {
    await using server = startRangeServer({ objects: below("a b/series"), autoindex: style });
    await assertSamePicture([`${server.url}/a%20b/series/`]);
    await assertSamePicture([`${server.url}/a%20b/series`]);
  });
}

Deno.test("a web folder that is not listed shows the picture by its index.json", async () => {
  const names = [...files.keys()];
  const objects = below("series");
  objects.set("series/index.json", new TextEncoder().encode(JSON.stringify(names)));
  await using server = startRangeServer({ objects, autoindex: null });
  await assertSamePicture([`${server.url}/series/`]);
  await assertSamePicture([`${server.url}/series/index.json`]);
});

Deno.test("a bucket of S3 at an endpoint of one's own shows the picture, read anonymously", async () => {
  await using server = startRangeServer({ objects: below("a/series"), maxKeys: 4 });
  await assertSamePicture(["s3://idc-open-data/a/series/"], { env: server.env });
  await assertSamePicture(["s3://idc-open-data/a/series"], { env: server.env });
  assertEquals(server.log.some(({ headers }) => headers.has("authorization")), false);
});

Deno.test("a bucket of S3 that wants signatures shows the picture with credentials and refuses without", async () => {
  const credentials = { accessKeyId: "AKID", secretAccessKey: "top-secret", region: "eu-west-3" };
  await using server = startRangeServer({ objects: below("series"), credentials });
  await assertSamePicture(["s3://idc-open-data/series/"], { env: server.env });

  await using folder = await temporaryFolder();
  const call = ["mosaic", "s3://idc-open-data/series/", folder.join("out.png"), "--no-cache"];
  for (
    const [variable, value] of [
      ["AWS_ACCESS_KEY_ID", undefined],
      ["AWS_SECRET_ACCESS_KEY", "another-secret"],
    ]
  ) {
    const env = (name: string) => name === variable ? value : server.env(name);
    const { status, stderr } = await runCli(call, { env });
    assertEquals([status, stderr.length], [1, 1]);
    assertStringIncludes(stderr[0]!, "error: no access to s3://idc-open-data/series/ (403 ");
    assertEquals(/secret|AKID/.test(stderr[0]!), false);
  }
  assertEquals(await folder.names(), []);
});

Deno.test("a bucket of Google Cloud Storage shows the picture", async () => {
  await using server = startRangeServer({ objects: below("series"), bucket: "pictures" });
  const env = (name: string) => name === "STORAGE_EMULATOR_HOST" ? server.url : undefined;
  await assertSamePicture(["gs://pictures/series/"], { env });

  const hosts = new Set<string>();
  const rerouted: typeof fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    hosts.add(url.origin);
    return fetch(server.url + url.pathname + url.search, init);
  };
  await assertSamePicture(["gs://pictures/series/"], { fetch: rerouted });
  assertEquals([...hosts], ["https://storage.googleapis.com"]);
});

Deno.test("a UUID is looked for under the default root, with hyphens and without", async () => {
  await using server = startRangeServer({ objects: below(UUID) });
  for (const uuid of [UUID, UUID.replaceAll("-", ""), UUID.toUpperCase()]) {
    await assertSamePicture([uuid], { env: server.env });
  }
  assertGreater(server.log.length, 0);
});

Deno.test("a UUID and the start of one are looked for under the root that is named", async () => {
  await using folder = await temporaryFolder();
  const local = await folder.write(".", below(`root/${UUID}`));
  const options: RangeServerOptions = { objects: below(`root/${UUID}`), bucket: "mine" };
  await using server = startRangeServer(options);
  const roots = [`${local}/root`, `${server.url}/root`, "s3://mine/root", "s3://mine/root/"];
  for (const root of roots) {
    for (const name of [UUID, "38902E14B11F*", "3*"]) {
      await assertSamePicture([name, "--root", root], { env: server.env });
    }
  }
  await assertSamePicture(["s3://mine/root/38*"], { env: server.env });
});

Deno.test("one instance by itself is a series", async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write("series", files);
  await using server = startRangeServer({ objects: below("series") });
  const expected = await draw([`${path}/b.dcm`], folder);
  assertEquals(expected.uids, [sampleUID(0)]);
  for (const address of [`${server.url}/series/b.dcm`, "s3://idc-open-data/series/b.dcm"]) {
    assertEquals(await draw([address], folder, { env: server.env }), expected);
  }
});

Deno.test("the demo is drawn without network and data, the same from its index as before", async () => {
  await using folder = await temporaryFolder();
  const fetch = () => Promise.reject(new Error("no network here"));
  const pictures: Uint8Array[] = [];
  for (const cache of ["miss", "hit"]) {
    const output = folder.join("out.png");
    const call = ["mosaic", "demo:ct", output, "--cache-dir", folder.join("cache"), "--json"];
    const { status, stderr, json } = await runCli([...call, "-n", "2", "-w", "72"], { fetch });
    assertEquals([status, stderr, json().stats.cache], [0, [], cache]);
    assertEquals(json().slices.map(({ index }) => index), [0, 119]);
    pictures.push(await Deno.readFile(output));
  }
  assertEquals(pictures[1], pictures[0]);
});
