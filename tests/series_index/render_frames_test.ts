import {
  type FramesOptions,
  NetworkError,
  NoImageError,
  type PixelImage,
  SeriesIndex,
  type SeriesIndexOptions,
  SeriesPreviewError,
  UsageError,
} from "@dicom/series-preview";
import { parseContrast } from "@dicom/series-preview/contrast";
import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
import {
  assert,
  assertEquals,
  assertLess,
  assertLessOrEqual,
  assertNotEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { sampleName, sampleSeries, sampleSlice } from "../cli/sample_series.ts";
import { fakeClock } from "../support/fake_clock.ts";
import { discColumn, discSeries } from "../video/disc_series.ts";
import { memoryFetch } from "./memory_fetch.ts";

const ADDRESS = "https://example.org/series/";

function open(
  objects: ReadonlyMap<string, Uint8Array>,
  options: SeriesIndexOptions = {},
): Promise<SeriesIndex> {
  return SeriesIndex.open(ADDRESS, { cache: false, fetch: memoryFetch(objects).fetch, ...options });
}

async function collect(frames: AsyncIterable<PixelImage>): Promise<PixelImage[]> {
  const images: PixelImage[] = [];
  for await (const image of frames) images.push(image);
  return images;
}

/** Across which column what is bright in a picture lies. */
function brightColumn({ width, channels, data }: PixelImage): number {
  let [sum, count] = [0, 0];
  data.forEach((value, at) => {
    if (value < 128) return;
    sum += Math.floor(at / channels) % width;
    count++;
  });
  return sum / count;
}

Deno.test("frames are the slices in display order, head first, as large as they are", async () => {
  const count = 30;
  const index = await open(discSeries(count));
  const seen: (readonly [number, number])[] = [];
  const { result, slices, failed, ...size } = await index.renderFrames(
    { onProgress: (done, total) => seen.push([done, total]) },
    collect,
  );
  assertEquals(size, { width: 64, height: 48 });
  assertEquals([result.length, failed], [count, []]);
  assertEquals(slices.map(({ index }) => index), Array.from({ length: count }, (_, i) => i));
  assertEquals(seen, Array.from({ length: count }, (_, i) => [i + 1, count] as const));
  result.forEach((image, i) => {
    assertEquals([image.width, image.height, image.channels], [64, 48, 1]);
    assertLess(Math.abs(brightColumn(image) - discColumn(count - 1 - i, count)), 0.5, `${i}`);
  });
});

Deno.test("frames are spread over a range, each slice at most once", async () => {
  const index = await open(sampleSeries(40));
  const numbers = async (options: FramesOptions) => {
    const { slices } = await index.renderFrames(options, collect);
    return slices.map(({ index }) => index);
  };
  assertEquals(await numbers({ samples: 5 }), [0, 10, 20, 29, 39]);
  assertEquals(await numbers({ samples: 3, start: 0.5, end: 0.6 }), [20, 21, 23]);
  assertEquals(await numbers({ samples: 90, end: 0.1 }), [0, 1, 2, 3, 4]);
  assertEquals((await numbers({})).length, 40);
  assertEquals(await numbers({ samples: 1 }), [20]);
});

Deno.test("as many slices are in memory as there may be reads under way, and no more", async () => {
  const objects = sampleSeries(60);
  for (const [concurrency, contrast] of [[1, "embedded"], [4, "400/40"], [4, "auto"]] as const) {
    const { fetch, requests, peak } = memoryFetch(objects, { slow: true });
    const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch, concurrency });
    const before = requests.length;
    // What is measured on is read once more, and none of it kept.
    const measured = contrast === "400/40" ? 0 : 16;
    let taken = 0;
    let most = 0;
    const options = { contrast: parseContrast(contrast), concurrency };
    await index.renderFrames(options, async (frames) => {
      for await (const _ of frames) {
        // All that can be read ahead has time to be.
        for (let turn = 0; turn < 1000; turn++) await Promise.resolve();
        most = Math.max(most, requests.length - before - measured - taken++);
      }
    });
    assertEquals([taken, requests.length - before], [60, 60 + measured], contrast);
    assertLessOrEqual(most, concurrency + 1);
    assertLessOrEqual(peak(), concurrency);
  }
});

Deno.test("a window that is measured is one for all frames", async () => {
  const index = await open(discSeries(40, { isWindowless: true }));
  const all = await index.renderFrames({}, collect);
  const greys = new Set(all.result.flatMap(({ data }) => [Math.min(...data), Math.max(...data)]));
  assertEquals(greys, new Set([0, 255]));
  // Slices that are brighter by their number: alone, each would look like the others.
  const ramp = await open(sampleSeries(40));
  const [{ result }, own] = await Promise.all([
    ramp.renderFrames({ samples: 2, contrast: parseContrast("auto") }, collect),
    ramp.renderFrames({ samples: 1, contrast: parseContrast("auto") }, collect),
  ]);
  assertEquals([result.length, own.result.length], [2, 1]);
  const mosaic = await ramp.renderMosaic({
    samples: 2,
    columns: 2,
    width: 24,
    contrast: parseContrast("auto"),
  });
  const row = (
    y: number,
  ) => [...result.flatMap(({ data }) => [...data.slice(y * 12, y * 12 + 12)])];
  assertEquals(Array.from({ length: 16 }, (_, y) => row(y)).flat(), [...mosaic.image.data]);
});

Deno.test("slices of other sizes and shapes are fitted in the middle of frames of one size", async () => {
  const objects = new Map([
    ["0.dcm", sampleSlice({ number: 0, rows: 40, columns: 20 })],
    ["1.dcm", sampleSlice({ number: 1, rows: 20, columns: 40 })],
    ["2.dcm", sampleSlice({ number: 2, rows: 10, columns: 10 })],
  ]);
  const index = await open(objects);
  const { result, width, height } = await index.renderFrames(
    { contrast: parseContrast("1/-5000") },
    collect,
  );
  assertEquals([width, height], [40, 40]);
  const boxes = result.map(({ data }) => {
    const white = [...data.keys()].filter((at) => data[at] === 255);
    const [xs, ys] = [white.map((at) => at % 40), white.map((at) => Math.floor(at / 40))];
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
  });
  assertEquals(boxes, [[0, 0, 39, 39], [0, 10, 39, 29], [10, 0, 29, 39]]);
});

Deno.test("pixels that are not square are shown by their shape", async () => {
  const index = await open(discSeries(2, { rows: 24, spacing: [2, 1] }));
  const { width, height } = await index.renderFrames({}, collect);
  assertEquals([width, height], [64, 48]);
  const narrow = await index.renderFrames({ width: 33 }, collect);
  assertEquals([narrow.width, narrow.height, narrow.result[0]!.width], [34, 26, 34]);
});

Deno.test("a slice that fails is named, and its frame marked", async () => {
  const objects = discSeries(12);
  const index = await open(objects, { fetch: memoryFetch(objects).fetch });
  objects.delete(sampleName(8));
  const { result, failed, slices } = await index.renderFrames({}, collect);
  assertEquals([result.length, slices.length], [12, 12]);
  assertEquals(failed.map(({ url }) => url), [`${ADDRESS}${sampleName(8)}`]);
  const [marked, other] = [result[3]!, result[4]!];
  assertEquals([marked.data[0], marked.data[65]], [160, 160], "a border and a cross");
  assertNotEquals(other.data[65], 160);
  for (const name of objects.keys()) objects.delete(name);
  await assertRejects(
    () => index.renderFrames({}, collect),
    SeriesPreviewError,
    "none of the 12 slices",
  );
});

Deno.test("a host that keeps failing ends the frames", async () => {
  const objects = sampleSeries(60);
  const good = memoryFetch(objects).fetch;
  let isDown = false;
  const fetch: typeof globalThis.fetch = (input, init) =>
    isDown ? Promise.resolve(new Response("", { status: 503 })) : good(input, init);
  const { now, sleep } = fakeClock();
  for (const contrast of ["400/40", "auto"]) {
    isDown = false;
    const index = await open(objects, { fetch, now, sleep, concurrency: 4 });
    let taken = 0;
    const error = await assertRejects(
      () =>
        index.renderFrames({ contrast: parseContrast(contrast) }, async (frames) => {
          isDown ||= contrast === "auto";
          for await (const _ of frames) if (++taken === 10) isDown = true;
        }),
      NetworkError,
      "keeps failing",
    );
    assertLess(taken, 30);
    assert(error.failed.length > 0);
  }
});

Deno.test("a kept index that proves outdated is made anew, and all frames drawn again", async () => {
  const cache = new MemoryIndexCache();
  const objects = discSeries(10);
  await open(objects, { cache });
  // One of them is longer now.
  const longer = sampleSlice({
    number: 4,
    seriesUID: "1.2.3",
    rows: 48,
    columns: 64,
    padding: 900,
  });
  objects.set(sampleName(4), longer);
  const notices: string[] = [];
  const index = await open(objects, { cache, onNotice: (line) => notices.push(line) });
  assertEquals(index.source, "hit");
  let calls = 0;
  const { result, failed } = await index.renderFrames({}, (frames) => {
    calls++;
    return collect(frames);
  });
  assertEquals([calls, result.length, failed], [2, 10, []]);
  assertEquals(notices.length, 1);
});

Deno.test("what the user of the frames throws is thrown, and nothing more is read", async () => {
  const objects = sampleSeries(50);
  const { fetch, requests } = memoryFetch(objects);
  const index = await open(objects, { fetch, concurrency: 2 });
  const before = requests.length;
  const reason = new Error("no more, please");
  const error = await index.renderFrames({ contrast: parseContrast("400/40") }, async (frames) => {
    for await (const _ of frames) throw reason;
  }).catch((error) => error);
  assertStrictEquals(error, reason);
  assertLessOrEqual(requests.length - before, 4);
});

Deno.test("an abort ends the frames", async () => {
  const index = await open(sampleSeries(50));
  for (const contrast of ["400/40", "auto"]) {
    const controller = new AbortController();
    const reason = new Error("the user has seen enough");
    let taken = 0;
    const { signal } = controller;
    const options = { contrast: parseContrast(contrast), signal };
    const error = await index.renderFrames(options, async (frames) => {
      for await (const _ of frames) if (++taken === 5) controller.abort(reason);
    }).catch((error) => error);
    assertStrictEquals(error, reason);
    assertEquals(taken, 5);
  }
});

Deno.test("frames that cannot be are refused before anything is read", async () => {
  const { fetch, requests } = memoryFetch(sampleSeries(5));
  const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch });
  const before = requests.length;
  const refused: FramesOptions[] = [
    { samples: 0 },
    { samples: 1.5 },
    { samples: 65_537 },
    { start: -0.1 },
    { start: 0.6, end: 0.5 },
    { width: 0 },
    { width: 4097 },
    { window: 3 },
    { stack: 7 },
  ];
  for (const options of refused) {
    await assertRejects(() => index.renderFrames(options, collect), UsageError);
  }
  const imageless = await open(sampleSeries(3, { imageless: true }));
  await assertRejects(() => imageless.renderFrames({}, collect), NoImageError);
  assertEquals(requests.length, before);
});

Deno.test("frames that are not taken are not drawn once the call is over", async () => {
  const index = await open(discSeries(20));
  for (const error of [null, new Error("enough")]) {
    let frames: AsyncIterator<PixelImage> | null = null;
    const rendering = index.renderFrames({}, async (given) => {
      frames = given[Symbol.asyncIterator]();
      const { done } = await frames.next();
      if (error !== null) throw error;
      return done;
    });
    if (error === null) assertEquals((await rendering).result, false);
    else assertStrictEquals(await rendering.catch((thrown) => thrown), error);
    assertEquals((await frames!.next()).done, true);
  }
});
