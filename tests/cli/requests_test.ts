import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { type LoggedRequest, type RangeServer, startRangeServer } from "../support/range_server.ts";
import { sharedData, testShared } from "../support/shared_data.ts";
import { runCli } from "./run_cli.ts";
import { headerLength, sampleSeries } from "./sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "./temporary_folder.ts";

const UUID = "38902e14-b11f-4548-910e-771ee757dc82";

/** What one call asked the server for, in order. */
async function requestsOf(
  server: RangeServer,
  folder: TemporaryFolder,
  words: readonly string[],
): Promise<LoggedRequest[]> {
  const before = server.log.length;
  const output = folder.join("out.png");
  const call = ["mosaic", ...words, output, "--cache-dir", folder.join("cache"), "-w", "60"];
  const { status, stderr } = await runCli([...call, "--quiet"], { env: server.env });
  assertEquals([status, stderr], [0, []]);
  return server.log.slice(before);
}

function isListing({ key }: LoggedRequest): boolean {
  return key === null;
}

/** The bytes from start to before end that a request got. */
function rangeOf({ range, bytes }: LoggedRequest): [start: number, end: number] {
  const start = Number(/^bytes=(\d+)-\d+$/.exec(range ?? "")?.[1]);
  return [start, start + bytes];
}

/** Makes sure that no byte of an object is in two ranges. */
function assertDisjoint(requests: readonly LoggedRequest[]): void {
  const ends = new Map<string, number>();
  for (const request of requests) {
    const [start, end] = rangeOf(request);
    const fetched = ends.get(request.key!) ?? 0;
    assert(start >= fetched, `${request.key}: ${request.range} after ${fetched} bytes`);
    ends.set(request.key!, end);
  }
}

const series = [
  { title: "headers that the first range holds", padding: 2400, extra: 0 },
  { title: "headers of several ranges", padding: 30_000, extra: 3 },
  { title: "headers far beyond the ladder", padding: 250_000, extra: 4 },
];

for (const { title, padding, extra } of series) {
  Deno.test(`an index costs one request an instance, ${title} included`, async () => {
    const count = 24;
    const objects = sampleSeries(count, { padding, rows: 64, columns: 64, folder: `${UUID}/` });
    await using server = startRangeServer({ objects, maxKeys: 10 });
    await using folder = await temporaryFolder();

    const requests = await requestsOf(server, folder, [UUID, "-n", "4"]);
    assertEquals(requests.filter(({ method }) => method !== "GET"), []);
    const listings = requests.filter(isListing);
    assertEquals(listings.length, 3);
    assertEquals(new Set(listings.map(({ query }) => query.get("continuation-token"))).size, 3);

    const headers = requests.filter((request) => !isListing(request)).slice(0, -4);
    assertLessOrEqual(headers.length, count + extra);
    assertDisjoint(headers);
    assertEquals(new Set(headers.map(({ key }) => key)).size, count);
    const fetched = headers.reduce((sum, { bytes }) => sum + bytes, 0);
    const needed = [...objects.values()].reduce((sum, bytes) => sum + headerLength(bytes), 0);
    assertLessOrEqual(fetched, needed * 1.2);
  });
}

Deno.test("a picture of a series that is known costs one range a slice and nothing else", async () => {
  const objects = sampleSeries(24, { padding: 2400, rows: 64, columns: 64, folder: `${UUID}/` });
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  for (const address of [UUID, `${server.url}/${UUID}/`]) {
    await requestsOf(server, folder, [address]);
    const requests = await requestsOf(server, folder, [address, "-n", "5"]);
    assertEquals(requests.map(({ method, key }) => `${method} ${key}`).toSorted(), [
      `GET ${UUID}/0001.dcm`,
      `GET ${UUID}/0007.dcm`,
      `GET ${UUID}/0012.dcm`,
      `GET ${UUID}/0018.dcm`,
      `GET ${UUID}/0024.dcm`,
    ]);
    for (const request of requests) {
      const length = headerLength(objects.get(request.key!)!);
      assertEquals(rangeOf(request), [length, length + 64 * 64 * 2]);
      assert(request.headers.get("if-match"), "the instance must be the one of the index");
    }
  }
});

Deno.test("a frame of a multi-frame instance is read by its own range", async () => {
  const objects = sampleSeries(1, { frames: 40, folder: `${UUID}/` });
  await using server = startRangeServer({ objects });
  await using folder = await temporaryFolder();
  await requestsOf(server, folder, [UUID]);
  const requests = await requestsOf(server, folder, [UUID, "-n", "3"]);
  const frame = 16 * 12 * 2;
  const [instance] = [...objects.values()];
  const starts = requests.map((request) => rangeOf(request)[0] - headerLength(instance!));
  assertEquals(requests.map(({ bytes }) => bytes), [frame, frame, frame]);
  assertEquals(starts.map((start) => start / frame).toSorted((a, b) => a - b), [0, 20, 39]);
});

testShared(
  "headers of the shared data are read in little more than their own bytes",
  async (oracle) => {
    await using server = startRangeServer({ objects: sharedData.pathname });
    await using folder = await temporaryFolder();
    for (const [uuid, { instances }] of Object.entries(oracle.series)) {
      if (instances.length < 20 || instances[0]!.pixels == null) continue;
      const requests = await requestsOf(server, folder, [uuid, "-n", "1"]);
      const headers = requests.filter((request) => !isListing(request)).slice(0, -1);
      assertLessOrEqual(headers.length, instances.length + 4, uuid);
      assertDisjoint(headers);
      const fetched = headers.reduce((sum, { bytes }) => sum + bytes, 0);
      const needed = instances.reduce((sum, { headerBytes }) => sum + headerBytes!, 0);
      assertLessOrEqual(fetched, needed * 1.2, uuid);
    }
  },
);
