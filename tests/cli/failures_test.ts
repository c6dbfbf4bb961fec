import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { parseHeader } from "../../dicom/parse_header.ts";
import { randomBytes } from "../support/random.ts";
import type { FaultRule } from "../support/fault.ts";
import { type RangeServer, startRangeServer } from "../support/range_server.ts";
import { decodePng } from "./decode_png.ts";
import { type CliResult, runCli } from "./run_cli.ts";
import { headerLength, sampleName, sampleSeries, sampleSlice } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

const COUNT = 6;
const ADDRESS = "s3://idc-open-data/series/";
/** The slice that things happen to, the third from the top, and its object. */
const BAD = COUNT - 3;
const KEY = `series/${sampleName(BAD)}`;
const URL_OF_BAD = `${ADDRESS}${sampleName(BAD)}`;

/** Draws all slices of the server's series, a row of tiles of 12 × 16 pixels. */
async function draw(
  server: RangeServer,
  folder: TemporaryFolder,
  words: readonly string[] = [],
): Promise<CliResult> {
  const size = ["-n", `${COUNT}`, "--rows", "1", "--columns", `${COUNT}`, "-w", `${12 * COUNT}`];
  const cache = ["--cache-dir", folder.join("cache")];
  const call = ["mosaic", ADDRESS, folder.join("out.png"), ...size, ...cache, "--json", ...words];
  return await runCli(call, { env: server.env });
}

/** The grey values of one tile of the picture. */
async function tile(folder: TemporaryFolder, number: number): Promise<number[]> {
  const { pixels, width } = decodePng(await Deno.readFile(folder.join("out.png")));
  return Array.from({ length: 12 * 16 }, (_, at) => {
    const [x, y] = [number * 12 + at % 12, Math.floor(at / 12)];
    return pixels[(y * width + x) * 4]!;
  });
}

/** Makes sure that a run was done but for one instance, which is named with its cause. */
function assertOneFailed({ status, stderr, json }: CliResult, cause: RegExp, url = URL_OF_BAD) {
  assertEquals([status, stderr.length], [3, 1], stderr.join("\n"));
  const [failed, ...others] = json().failed;
  assertEquals([failed?.url, others], [url, []]);
  assertMatch(failed!.error, cause);
  assertEquals(stderr[0], `failed: ${url}: ${failed!.error}`);
}

/** Every object listed is a slice or a failure. */
function assertAccounted({ json }: CliResult, objects: ReadonlyMap<string, Uint8Array>) {
  const { slices, failed } = json();
  const named = new Set([...slices, ...failed].map(({ url }) => url));
  assertEquals(
    [...named].toSorted(),
    [...objects.keys()].map((key) => `s3://idc-open-data/${key}`).toSorted(),
  );
}

const good = sampleSlice({ number: BAD });

const unreadable: readonly (readonly [what: string, bytes: Uint8Array, cause: RegExp])[] = [
  ["cut in its header", good.slice(0, 400), /claims \d+ bytes at byte \d+, where \d+ are left/],
  ["cut in its file meta", good.slice(0, 150), /claims|ends|cut/],
  // Between two elements, before the Series Instance UID.
  [
    "cut where an element ends",
    good.slice(0, 390),
    /no Series Instance UID; the object may be cut/,
  ],
  ["empty", new Uint8Array(0), /empty|no DICOM|not DICOM|not a DICOM/i],
  ["random bytes", randomBytes(2000, 7), /no DICOM|not DICOM|not a DICOM/i],
];

for (const [what, bytes, cause] of unreadable) {
  Deno.test(`an instance that is ${what} is a failure among good ones, tried again until it is mended`, async () => {
    const objects = sampleSeries(COUNT, { folder: "series/" });
    objects.set(KEY, new Uint8Array(bytes));
    await using server = startRangeServer({ objects });
    await using folder = await temporaryFolder();
    const first = await draw(server, folder);
    assertOneFailed(first, cause);
    assertEquals(first.json().slices.length, COUNT - 1);
    assertEquals(first.json().slices.some(({ url }) => url === URL_OF_BAD), false);
    assertAccounted(first, objects);

    server.log.length = 0;
    const second = await draw(server, folder);
    assertOneFailed(second, cause);
    assertEquals(second.json().stats.cache, "hit");
    const [retry, ...pictures] = server.log;
    assertEquals([retry!.key, retry!.range], [KEY, "bytes=0-5119"]);
    assertEquals(pictures.length, COUNT - 1);

    objects.set(KEY, good);
    const third = await draw(server, folder);
    assertEquals([third.status, third.stderr, third.json().failed], [0, [], []]);
    assertEquals(third.json().slices.length, COUNT);
    assertAccounted(third, objects);

    server.log.length = 0;
    assertEquals((await draw(server, folder)).status, 0);
    assertEquals(server.log.length, COUNT);
    const whole = await Deno.readFile(folder.join("out.png"));
    assertEquals((await draw(server, folder, ["--no-cache"])).status, 0);
    assertEquals(await Deno.readFile(folder.join("out.png")), whole);
  });
}

/** What may happen to an instance between its index and its picture. */
interface Mishap {
  readonly what: string;
  readonly bytes?: Uint8Array<ArrayBuffer> | null;
  readonly fault?: FaultRule;
  readonly cause: RegExp;
}

const mishaps: readonly Mishap[] = [
  { what: "vanished", bytes: null, cause: /^nothing at .*\(404 NoSuchKey\)/ },
  {
    what: "is refused",
    fault: { status: 403 },
    cause: /^no access to .*\(403\)/,
  },
  {
    what: "fails for good",
    fault: { status: 503, headers: { "retry-after": "3600" } },
    cause: /answered 503/,
  },
  {
    what: "comes with other bytes than asked for",
    fault: { headers: { "content-range": "bytes 0-383/1000" } },
    cause: /not the range asked for/,
  },
];

for (const { what, bytes, fault, cause } of mishaps) {
  Deno.test(`an instance that ${what} after the index was made is a marked tile and a failure`, async () => {
    const objects = sampleSeries(COUNT, { folder: "series/" });
    await using server = startRangeServer({ objects });
    await using folder = await temporaryFolder();
    assertEquals((await draw(server, folder)).status, 0);
    const before = await Promise.all([1, 2, 3].map((number) => tile(folder, number)));
    const listed = new Map(objects);

    if (bytes === null) objects.delete(KEY);
    else if (bytes !== undefined) objects.set(KEY, bytes);
    if (fault !== undefined) server.misbehave({ ...fault, when: ({ key }) => key === KEY });
    const result = await draw(server, folder, ["-c", "1500/0"]);
    assertOneFailed(result, cause);
    assertEquals(result.json().slices.length, COUNT);
    assertAccounted(result, listed);
    await assertMarked(folder);
    assertNotEquals(await tile(folder, 1), before[1]);
  });
}

/** The bad slice's tile has a border and a cross, the ones beside it have not. */
async function assertMarked(folder: TemporaryFolder): Promise<void> {
  const marked = await tile(folder, 2);
  assertEquals(new Set(marked).size, 2);
  const [corner, , , , , , middleOfTop] = marked;
  assertEquals(corner, middleOfTop);
  assert(corner! > 0 && marked.every((value) => value > 0), "as black as an empty cell");
  for (const beside of [1, 3]) assert(new Set(await tile(folder, beside)).size > 2);
}

Deno.test("an instance that is cut in its pixels is a row, a marked tile and a failure", async () => {
  const objects = sampleSeries(COUNT, { folder: "series/" });
  objects.set(KEY, good.slice(0, headerLength(good) + 50));
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  for (const cache of ["miss", "hit"]) {
    const result = await draw(server, folder);
    assertOneFailed(
      result,
      /^the object is cut: its pixel data takes \d+ bytes, the object has \d+/,
    );
    assertEquals([result.json().slices.length, result.json().stats.cache], [COUNT, cache]);
    assertAccounted(result, objects);
    await assertMarked(folder);
  }
});

Deno.test("several failures of several kinds are named, each with its own cause, and counted", async () => {
  const objects = sampleSeries(COUNT, { folder: "series/" });
  objects.set(`series/${sampleName(0)}`, good.slice(0, 300));
  objects.set(`series/${sampleName(1)}`, randomBytes(500, 3));
  const third = objects.get(`series/${sampleName(2)}`)!;
  objects.set(`series/${sampleName(2)}`, third.slice(0, headerLength(third)));
  objects.set("series/notes.txt", new TextEncoder().encode("notes"));
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  const { status, stderr, json } = await draw(server, folder);
  assertEquals(status, 3);
  const { slices, failed } = json();
  assertEquals(stderr[0], "note: 1 skipped: notes.txt (not DICOM)");
  assertEquals(stderr.slice(1), failed.map(({ url, error }) => `failed: ${url}: ${error}`));
  assertEquals(failed.map(({ url }) => url), [0, 1, 2].map((n) => ADDRESS + sampleName(n)));
  assertEquals(new Set(failed.map(({ error }) => error)).size, 3);
  const drawn = slices.filter(({ url }) => !failed.some((each) => each.url === url));
  assertEquals(drawn.length + failed.length + 1, objects.size);

  const quiet = await draw(server, folder, ["--quiet"]);
  assertEquals([quiet.status, quiet.stderr], [3, stderr.slice(1)]);
});

Deno.test("without one slice that can be drawn there is no picture", async () => {
  const objects = sampleSeries(COUNT, { folder: "series/" });
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  assertEquals((await draw(server, folder)).status, 0);
  await Deno.remove(folder.join("out.png"));
  objects.clear();
  const { status, stderr, json } = await draw(server, folder);
  assertEquals([status, stderr.length], [1, 2]);
  assertMatch(stderr[0]!, /^warning: the series has changed since its index was kept/);
  assertMatch(stderr[1]!, /^error: nothing is in s3:/);
  assertEquals(json().slices, undefined);
  assertEquals(await folder.names(), ["cache"]);
});

Deno.test("headers without their pixels are no images, and are said to be cut", async () => {
  const objects = sampleSeries(2, { folder: "series/" });
  for (const [key, bytes] of objects) objects.set(key, bytes.slice(0, headerLength(bytes) - 12));
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  const { status, stderr } = await draw(server, folder);
  assertEquals([status, stderr.length], [1, 1]);
  assertMatch(stderr[0]!, /the object ends before its pixel data/);
});

Deno.test("what failed while indexing is named when drawing fails too", async () => {
  const objects = sampleSeries(2, {
    folder: "series/",
    transferSyntaxUID: "1.2.840.10008.1.2.4.94",
  });
  objects.set("series/bad.dcm", good.slice(0, 400));
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  const { status, stderr, json } = await draw(server, folder);
  assertEquals(status, 1);
  assertEquals(json().failed.map(({ url }) => url), [`${ADDRESS}bad.dcm`]);
  assert(stderr.some((line) => line.startsWith(`failed: ${ADDRESS}bad.dcm: `)));
});

Deno.test("a kept index of a series that has changed is made anew, with one line", async () => {
  const objects = sampleSeries(COUNT, { folder: "series/" });
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  assertEquals((await draw(server, folder)).status, 0);
  objects.set(KEY, sampleSlice({ number: BAD, description: "another" }));
  const { status, stderr, json } = await draw(server, folder);
  assertEquals([status, json().failed, json().slices.length], [0, [], COUNT]);
  const line = "warning: the series has changed since its index was kept; reading it again";
  assertEquals(stderr, [line]);
  assertEquals((await draw(server, folder)).stderr, []);
});

Deno.test("an instance cut between two elements, before its image, is no instance without one", async () => {
  const objects = sampleSeries(COUNT, { folder: "series/" });
  const result = parseHeader(good, { totalSize: good.length });
  assert(result.complete);
  const { offset, length } = result.header.dataset.get(0x00200013)!;
  objects.set(KEY, good.slice(0, offset + length));
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  // The second run tries it again, and must not take it for one without an image either.
  for (let run = 0; run < 2; run++) {
    const { status, json } = await draw(server, folder);
    assertEquals([status, json().slices.length], [3, COUNT - 1]);
    const { error } = json().failed[0]!;
    assertMatch(error, /^the object is cut: it ends at byte \d+, before its image/);
  }
});

Deno.test("an instance without an image is no failure", async () => {
  const objects = sampleSeries(COUNT, { folder: "series/" });
  objects.set("series/plan.dcm", sampleSlice({ number: 90, imageless: true }));
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  const { status, stderr, json } = await draw(server, folder);
  assertEquals([status, json().failed, json().slices.length], [0, [], COUNT]);
  assertEquals(stderr, ["note: without an image, not shown: 1 of 7"]);
});

Deno.test("a local file that is gone is named by its address, one that changed is read again", async () => {
  await using folder = await temporaryFolder();
  const path = await folder.write("in", sampleSeries(3));
  const call = [
    "mosaic",
    path,
    folder.join("out.png"),
    "--cache-dir",
    folder.join("c"),
    "-w",
    "60",
  ];
  assertEquals((await runCli(call)).status, 0);
  const file = `${path}/${sampleName(1)}`;
  await Deno.writeFile(file, sampleSlice({ number: 1, description: "changed, and longer" }));
  const changed = await runCli([...call, "--json"]);
  assertEquals([changed.status, changed.json().slices.length], [0, 3]);
  await Deno.remove(file);
  const gone = await runCli([...call, "--json"]);
  assertOneFailed(gone, /^nothing at /, `file://${file}`);
});
