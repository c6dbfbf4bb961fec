import {
  assertEquals,
  assertGreater,
  assertLessOrEqual,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { assertRefused } from "../cli/assert_refused.ts";
import { decodePng } from "../cli/decode_png.ts";
import { type CliResult, runCli } from "../cli/run_cli.ts";
import { sampleName, sampleSeries } from "../cli/sample_series.ts";
import { type TemporaryFolder, temporaryFolder } from "../cli/temporary_folder.ts";
import { FaultProxy, type ProxiedRequest, type SocketFault } from "../support/fault_proxy.ts";
import { startRangeServer } from "../support/range_server.ts";
import * as faults from "../support/socket_faults.ts";

const COUNT = 12;
const [WIDTH, HEIGHT] = [12, 16];
const CREDENTIALS = { accessKeyId: "ada", secretAccessKey: "hunter2", region: "us-east-1" };
/** What stands for a patient or a secret in objects, replies and requests. */
const SECRETS = /Secretus|Nemo|SECRET-4711|hunter2|hush|\bada\b/;

/** The shortest wait between two tries, which all of them are without chance. */
const SHORTEST_WAIT = 100;

// The tool has no clock to be told another time by: waits between tries, and only those, take none.
Math.random = () => 0;
const { setTimeout: startTimer } = globalThis;
globalThis.setTimeout =
  ((callback: () => void, milliseconds: number) =>
    startTimer(callback, milliseconds === SHORTEST_WAIT ? 0 : milliseconds)) as typeof setTimeout;

/** A series behind a proxy, and the ways to it. */
class Scene implements AsyncDisposable {
  readonly #stack: AsyncDisposableStack;
  readonly proxy: FaultProxy;
  readonly folder: TemporaryFolder;

  private constructor(stack: AsyncDisposableStack, proxy: FaultProxy, folder: TemporaryFolder) {
    this.#stack = stack;
    this.proxy = proxy;
    this.folder = folder;
  }

  static async open(count = COUNT): Promise<Scene> {
    const stack = new AsyncDisposableStack();
    const objects = sampleSeries(count, { folder: "series/" });
    const server = stack.use(startRangeServer({ objects, credentials: CREDENTIALS, maxKeys: 5 }));
    const proxy = stack.use(await FaultProxy.start(server.url));
    return new Scene(stack, proxy, stack.use(await temporaryFolder()));
  }

  /** The series as a web folder and in a bucket. */
  get addresses(): readonly { readonly call: string; readonly shown: string }[] {
    const web = `${this.proxy.url}/series/`;
    return [
      { call: `${web.replace("//", "//ada:hunter2@")}?token=hush`, shown: web },
      { call: "s3://idc-open-data/series/", shown: "s3://idc-open-data/series/" },
    ];
  }

  /** The words of a call that draws all slices in a row. */
  call(series: string, words: readonly string[] = []): string[] {
    const size = ["-n", `${COUNT}`, "--rows", "1", "-w", `${WIDTH * COUNT}`, "-c", "2000/0"];
    return ["mosaic", series, this.folder.join("out.png"), ...size, "-v", ...words];
  }

  /** The environment that leads S3 to the proxy, with credentials. */
  readonly env = (name: string): string | undefined => {
    const { accessKeyId, secretAccessKey, region } = CREDENTIALS;
    return {
      AWS_ENDPOINT_URL: this.proxy.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_REGION: region,
    }[name];
  };

  async draw(series: string, words: readonly string[] = []): Promise<CliResult> {
    const result = await runCli(this.call(series, [...words, "--json"]), { env: this.env });
    const said = new TextDecoder().decode(result.stdout) + result.stderr.join("\n");
    assertEquals(SECRETS.exec(said)?.[0], undefined, said);
    return result;
  }

  async picture(): Promise<Uint8Array> {
    return await Deno.readFile(this.folder.join("out.png"));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stack.disposeAsync();
  }
}

/** The gray values of each tile of a picture. */
function tilesOf(png: Uint8Array): number[][] {
  const { pixels, width } = decodePng(png);
  return Array.from(
    { length: COUNT },
    (_, tile) =>
      Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
        const [x, y] = [tile * WIDTH + at % WIDTH, Math.floor(at / WIDTH)];
        return pixels[(y * width + x) * 4]!;
      }),
  );
}

/** Whether a request is for one of the instances. */
function isFor(number?: number): (request: ProxiedRequest) => boolean {
  const name = number === undefined ? ".dcm" : sampleName(number);
  return ({ path }) => path.split("?")[0]!.endsWith(name);
}

const isListing = (request: ProxiedRequest) => !isFor()(request);

const error = (code: string) =>
  `<Error><Code>${code}</Code><Message>Secretus^Nemo</Message></Error>`;

/** Faults that do not pass, on some of the instances, and what is said of each. */
const lasting: ReadonlyMap<number, { readonly fault: SocketFault; readonly says: RegExp }> =
  new Map([
    [1, { fault: faults.reset(40), says: /^cannot read .*: connection lost \(5 tries\)/ }],
    [3, { fault: faults.finish(40), says: /^cannot read .*: connection lost \(5 tries\)/ }],
    [4, { fault: faults.status(403), says: /^no access to .* \(403\)/ }],
    [6, {
      fault: faults.status(200, { body: error("SlowDown") }),
      says: /^cannot read .*: answered 200 with the error SlowDown \(5 tries\)/,
    }],
    [8, {
      fault: faults.withHeaders({ "content-range": "bytes 7-8/9" }),
      says: /which is not the range asked for/,
    }],
    [11, {
      fault: faults.status(302, { headers: { location: "http://169.254.169.254/?token=hush" } }),
      says: /redirects to 169\.254\.169\.254, an address of a link/,
    }],
  ]);

function breakSome(proxy: FaultProxy): void {
  for (const [number, { fault }] of lasting) proxy.misbehave({ fault, when: isFor(number) });
}

/** Makes sure that the instances that were broken are named with their causes, and no other. */
function assertNamed({ status, stderr, json }: CliResult, address: string): void {
  assertEquals(status, 3, stderr.join("\n"));
  const { failed } = json();
  assertEquals(
    failed.map(({ url }) => url).toSorted(),
    [...lasting.keys()].map((number) => address + sampleName(number)),
  );
  for (const [number, { says }] of lasting) {
    const url = address + sampleName(number);
    const { error } = failed.find((each) => each.url === url)!;
    assertMatch(error, says);
    assertEquals(stderr.includes(`failed: ${url}: ${error}`), true);
  }
}

Deno.test("a mosaic through faults that pass is the picture without them", async () => {
  await using scene = await Scene.open();
  const passing = [
    faults.reset(),
    faults.reset(30),
    faults.finish(),
    faults.finish(30),
    faults.cutChunk(30),
    faults.babble(),
    faults.status(408),
    faults.status(429, { headers: { "retry-after": "0" } }),
    faults.status(500),
    faults.status(502),
    faults.status(503, { body: error("SlowDown") }),
    faults.status(200, { body: error("InternalError") }),
  ];
  for (const { call } of scene.addresses) {
    scene.proxy.behave();
    assertEquals((await scene.draw(call, ["--no-cache"])).status, 0);
    const expected = await scene.picture();
    scene.proxy.misbehave({ fault: faults.reset(60), when: isListing, times: 1 });
    // Each instance fails twice, once before its header is known and once before its pixels are.
    for (const [number, fault] of passing.entries()) {
      const other = passing[(number + 1) % passing.length]!;
      scene.proxy.misbehave({ fault, when: isFor(number), times: 1 });
      scene.proxy.misbehave({ fault: other, when: isFor(number), times: 1 });
    }
    const { status, json } = await scene.draw(call, ["--no-cache"]);
    assertEquals([status, json().failed], [0, []]);
    assertGreater(json().stats.retries, COUNT);
    assertEquals(await scene.picture(), expected);
  }
});

Deno.test("a mosaic of instances of which some cannot be read has the others, and names those", async () => {
  await using scene = await Scene.open();
  for (const { call, shown } of scene.addresses) {
    scene.proxy.behave();
    breakSome(scene.proxy);
    const result = await scene.draw(call, ["--no-cache"]);
    assertNamed(result, shown);
    const { slices, failed } = result.json();
    // All that is listed is drawn or named.
    assertEquals(
      [...slices, ...failed].map(({ url }) => url).toSorted(),
      Array.from({ length: COUNT }, (_, number) => shown + sampleName(number)),
    );
  }
});

Deno.test("a mosaic marks the tiles of instances that cannot be read after their index was made", async () => {
  await using scene = await Scene.open();
  for (const { call, shown } of scene.addresses) {
    scene.proxy.behave();
    const cache = ["--cache-dir", scene.folder.join("cache")];
    assertEquals((await scene.draw(call, cache)).status, 0);
    const whole = tilesOf(await scene.picture());
    breakSome(scene.proxy);
    const result = await scene.draw(call, cache);
    assertNamed(result, shown);
    assertEquals(result.json().slices.length, COUNT);
    const tiles = tilesOf(await scene.picture());
    for (const [at, tile] of tiles.entries()) {
      // The highest slice, which is the last instance, comes first.
      if (!lasting.has(COUNT - 1 - at)) assertEquals(tile, whole[at]);
      else assertEquals([new Set(tile).size, tile.every((value) => value > 0)], [2, true]);
    }
  }
});

const listings: readonly (readonly [name: string, fault: SocketFault, says: RegExp])[] = [
  ["is reset", faults.reset(), /connection lost \(5 tries\); try again later$/],
  ["is cut", faults.finish(50), /connection lost \(5 tries\); try again later$/],
  ["is cut and looks whole", faults.cutUnannounced(200), /a listing without its end \(3 tries\)/],
  ["is refused", faults.status(403), /^error: no access to .* \(403\)/],
  ["fails", faults.status(500), /answered 500 \(5 tries\); try again later$/],
  ["asks for patience", faults.status(429, { headers: { "retry-after": "3600" } }), /wait 3600 s/],
  [
    "is a page",
    faults.status(200, {
      headers: { "content-type": "text/html" },
      body: "<html>Log in, Secretus^Nemo</html>",
    }),
    /lists no files|a document of another kind came/,
  ],
  [
    "is led astray",
    faults.status(302, { headers: { location: "file:///etc/passwd" } }),
    /redirects to a file: address; only http and https are followed$/,
  ],
];

for (const [name, fault, says] of listings) {
  Deno.test(`a mosaic of a series whose listing ${name} is refused in one line`, async () => {
    await using scene = await Scene.open();
    scene.proxy.misbehave({ fault, when: isListing });
    for (const { call } of scene.addresses) {
      const words = scene.call(call, ["--no-cache"]).filter((word) => word !== "-v");
      const { stderr } = await assertRefused(
        scene.folder,
        words,
        { status: 1, says },
        { env: scene.env },
      );
      assertEquals(SECRETS.exec(stderr.join("\n"))?.[0], undefined);
      const { status } = await scene.draw(call, ["--no-cache"]);
      assertEquals(status, 1);
    }
  });
}

Deno.test("a host that goes down behind its listing is given up after eight instances", async () => {
  const count = 300;
  await using scene = await Scene.open(count);
  scene.proxy.misbehave({ fault: faults.reset(), when: isFor() });
  for (const { call, shown } of scene.addresses) {
    scene.proxy.log.length = 0;
    const { status, stderr, json } = await scene.draw(call, ["--no-cache", "--concurrency", "8"]);
    assertEquals(status, 1);
    assertStringIncludes(stderr.join("\n"), `error: the host of ${shown} keeps failing`);
    assertEquals(
      json().failed.map(({ url }) => url).toSorted(),
      Array.from({ length: count }, (_, number) => shown + sampleName(number)),
    );
    const asked = new Set(scene.proxy.log.filter(isFor()).map(({ path }) => path));
    assertLessOrEqual(asked.size, 1 + 7 + 8);
    assertLessOrEqual(scene.proxy.log.filter(isFor()).length, 5 * asked.size);
  }
});
