import {
  type Outcome,
  SeriesIndex,
  SeriesPreviewError,
  type SliceImage,
} from "@dicom/series-preview";
import { parseContrast } from "@dicom/series-preview/contrast";
import { assert, assertEquals, assertInstanceOf, assertLess, assertMatch } from "@std/assert";
import { runCli } from "../cli/run_cli.ts";
import { sampleSeries } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";
import { memoryFetch } from "../series_index/memory_fetch.ts";
import { assertTellsNoSecret } from "../support/assert_tells_no_secret.ts";
import { hostileSlices } from "./hostile_slices.ts";

const mebibyte = 2 ** 20;

const ADDRESS = "https://example.org/series/";
const HOSTILE = "hostile.dcm";
const contrast = parseContrast("1500/-300");
const sound = sampleSeries(3);
/** Milliseconds for a whole series; the machine may be busy with other tests. */
const mostMilliseconds = 3000;

/** Draws all slices of a series; answers those that are drawn and all failures, by address. */
async function draw(objects: ReadonlyMap<string, Uint8Array>) {
  const ranges = memoryFetch(objects).fetch;
  const fetch = async (input: URL | Request | string, init?: RequestInit) => {
    const range = new Headers(init?.headers).get("range");
    if (!/^bytes=0-$/.test(range ?? "bytes=0-") || !String(input).endsWith(HOSTILE)) {
      return await ranges(input, init);
    }
    const bytes = objects.get(HOSTILE)!.slice();
    const { length } = bytes;
    const headers = { "content-range": `bytes 0-${length - 1}/${length}`, etag: '"1"' };
    return new Response(
      bytes,
      range === null ? { headers: { etag: '"1"' } } : { status: 206, headers },
    );
  };
  const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch });
  const sliceNumbers = Array.from({ length: index.sliceCount }, (_, i) => i);
  const outcomes: Outcome<SliceImage>[] = await index.getImages({
    sliceNumbers,
    contrast,
    width: 64,
  });
  const drawn = outcomes.flatMap(({ url, value }) => value ? [[url, value.data] as const] : []);
  const errors = outcomes.flatMap(({ error }) => error ? [error] : []);
  return { drawn, errors, unread: index.failed };
}

const expected = (await draw(sound)).drawn;

for (const { name, make, rule } of hostileSlices) {
  Deno.test(`a series with ${name}: its other slices are drawn as ever`, async () => {
    const objects = new Map([...sound, [HOSTILE, make()]]);
    const start = performance.now();
    const { drawn, errors, unread } = await draw(objects);
    assertLess(performance.now() - start, mostMilliseconds);
    const others = drawn.filter(([url]) => !url.endsWith(HOSTILE));
    assertEquals(others, expected);
    if (rule === null) {
      assertEquals([drawn.length, errors.length, unread.length], [4, 0, 0]);
      return;
    }
    assertEquals(drawn.length, 3);
    for (const error of errors) {
      assertInstanceOf(error, SeriesPreviewError);
      assertTellsNoSecret(error);
      assertEquals(error.address, ADDRESS + HOSTILE);
      assertMatch(error.message, rule);
    }
    for (const { url, error } of unread) {
      assertEquals(url, ADDRESS + HOSTILE);
      assertMatch(error, rule);
      assertTellsNoSecret(error);
    }
    assert(errors.length + unread.length > 0);
  });
}

/** The most memory of a process that decodes hostile instances one after the other. */
async function mostMemory(numbers: readonly number[]): Promise<number> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--quiet", "--v8-flags=--expose-gc"],
      new URL("memory_child.ts", import.meta.url).href,
      ...numbers.map(String),
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  return Number(decoder.decode(stdout)) * 1024;
}

Deno.test({
  name: "no class takes 300 MB of memory",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const numbers = [...hostileSlices.keys()];
    const [refused, drawn] = [false, true].map((isDrawn) =>
      numbers.filter((number) => (hostileSlices[number]!.rule === null) === isDrawn)
    );
    for (const some of [refused!, drawn!]) assertLess(await mostMemory(some), 300 * mebibyte);
  },
});

Deno.test("a mosaic names each hostile instance and its rule, and writes nothing else", async () => {
  await using folder = await temporaryFolder();
  const small = hostileSlices.map((each) => ({ ...each, bytes: each.make() }))
    .filter(({ bytes }) => bytes.length < 2 ** 16);
  const files = new Map(small.map(({ bytes }, i) => [`h${String(i).padStart(2, "0")}.dcm`, bytes]));
  const series = await folder.write("series", new Map([...sound, ...files]));
  const { status, stderr } = await runCli([
    ...["mosaic", series, folder.join("out.png"), "-n", "500", "-v"],
    ...["--cache-dir", folder.join("cache")],
  ]);
  assertEquals(status, 3);
  const told = stderr.join("\n");
  assertTellsNoSecret(told);
  for (const [i, { name, rule }] of small.entries()) {
    const lines = stderr.filter((line) => line.includes(`h${String(i).padStart(2, "0")}.dcm`));
    if (rule === null) continue;
    assert(lines.some((line) => rule.test(line)), `${name}:\n${told}`);
  }
  assertEquals(await folder.names(), ["cache", "out.png", "series"]);
});

Deno.test("no control character of a header or a file name reaches the terminal", async () => {
  await using folder = await temporaryFolder();
  const hostile = hostileSlices.find(({ name }) => name.startsWith("a UID that is a path"))!.make();
  const broken = hostileSlices.find(({ name }) => name === "7 bits allocated")!.make();
  const series = await folder.write(
    "series",
    new Map([["\x1b[2Ja.dcm", hostile], ["\x07\x9b31mb.dcm", broken], ["\u202ec.dcm", hostile]]),
  );
  for (
    const words of [
      ["list", series],
      ["list", folder.path],
      ["header", series, "-p", "0"],
      ["header", series, "-p", "0", "--indent", "0"],
      ["headers", series],
      ["headers", series, "--format", "jsonl"],
      ["mosaic", series, folder.join("out.png"), "-v"],
      ["mosaic", series, folder.join("out.png"), "--json"],
      ["build-index", series, "--json"],
      ["image", series, folder.join("out.png"), "-p", "0", "-v"],
      ["header", folder.join("no\x1b[2Jthing")],
    ]
  ) {
    const { stdout, stderr } = await runCli([...words, "--no-cache"], {
      isTerminal: true,
      isOutTerminal: true,
    });
    const text = new TextDecoder().decode(stdout);
    // deno-lint-ignore no-control-regex
    const raw = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/u;
    assertEquals(raw.exec(text + stderr.join("\n"))?.index, undefined, words.join(" "));
    assert(text.length + stderr.length > 0, words.join(" "));
  }
});
