import { SeriesPreviewError } from "@dicom/series-preview";
import { parseContrast } from "@dicom/series-preview/contrast";
import { assert, assertEquals, assertInstanceOf, assertLess, assertMatch } from "@std/assert";
import { runCli } from "../cli/run_cli.ts";
import { sampleSlice } from "../cli/sample_series.ts";
import { temporaryFolder } from "../cli/temporary_folder.ts";
import { assertTellsNoSecret } from "../support/assert_tells_no_secret.ts";
import type { HostileCost } from "./cost_child.ts";
import { ADDRESS, drawSeries, HOSTILE, openSeries, sound } from "./draw_series.ts";
import { hostileSlices } from "./hostile_slices.ts";

const expected = (await drawSeries(sound)).drawn;

for (const { name, make, rule } of hostileSlices) {
  Deno.test(`a series with ${name}: its other slices are drawn as ever`, async () => {
    const objects = new Map([...sound, [HOSTILE, make()]]);
    const { drawn, errors, unread } = await drawSeries(objects);
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

/** What hostile instances cost, one after the other, in a process of their own. */
async function costOf(numbers: readonly number[]): Promise<HostileCost[]> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", "--quiet", "--v8-flags=--expose-gc"],
      new URL("cost_child.ts", import.meta.url).href,
      ...numbers.map(String),
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert(success, decoder.decode(stderr));
  const costs = decoder.decode(stdout).trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(costs.map(({ number }) => number), [...numbers]);
  return costs;
}

Deno.test({
  name: "no class takes a second or 300 MB",
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    // What a large object has left behind must not count for the next.
    const [large, small] = [true, false].map((isLarge) =>
      [...hostileSlices.keys()].filter((number) =>
        hostileSlices[number]!.make().length > 1_000_000 === isLarge
      )
    );
    for (const numbers of [small!, ...large!.map((number) => [number])]) {
      for (const { number, milliseconds, peak } of await costOf(numbers)) {
        const { name } = hostileSlices[number]!;
        assertLess(milliseconds, 1000, name);
        assertLess(peak, 300_000_000, name);
      }
    }
  },
});

Deno.test("an instance of one column does not make strips of the pictures of others", async () => {
  for (const [rows, columns] of [[65_535, 1], [1, 65_535]] as const) {
    // The highest comes first.
    const strip = sampleSlice({ number: 99, rows, columns });
    const index = await openSeries(new Map([...sound, [HOSTILE, strip]]));
    const contrast = parseContrast("1500/-300");
    const { image, failed } = await index.renderMosaic({ contrast, columns: 1, width: 60 });
    assertEquals([image.width, image.height, failed], [60, 4 * 80, []]);
    const { width, height } = await index.renderFrames({ contrast }, async (frames) => {
      for await (const _ of frames);
    });
    assertEquals([width, height], [12, 16]);
  }
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
