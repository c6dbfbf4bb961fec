import {
  DecodeError,
  NoImageError,
  NotFoundError,
  SeriesIndex,
  type SeriesIndexOptions,
  UsageError,
} from "@dicom/series-preview";
import { MemoryIndexCache, readIndex } from "@dicom/series-preview/index-cache";
import { assert, assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { nextTurn } from "../../runtime/next_turn.ts";
import { sampleName, sampleSeries, sampleSlice, sampleUID } from "../cli/sample_series.ts";
import { memoryFetch } from "./memory_fetch.ts";

const ADDRESS = "https://example.org/series/";

/** Opens objects of memory as a web folder; answers the requests that come after, too. */
async function open(
  objects: ReadonlyMap<string, Uint8Array>,
  options: SeriesIndexOptions = {},
) {
  const { fetch, requests } = memoryFetch(objects);
  const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch, ...options });
  requests.length = 0;
  return { index, requests };
}

Deno.test("instances come one a position, in the order asked for, each slice read once", async () => {
  const { index, requests } = await open(sampleSeries(5));
  const positions = [1, 0, 0.49, 0.5];
  const all = await index.getInstances({ positions });
  assertEquals(all.map(({ value }) => value?.slice.index), [4, 0, 2, 2]);
  assertEquals(all.map(({ url }) => url), [1, 5, 3, 3].map((n) => `${ADDRESS}000${n}.dcm`));
  assertEquals(requests.length, 3);
  const once = await index.getInstances({ positions, removeDuplicates: true });
  assertEquals(once.map(({ value }) => value?.slice.index), [4, 0, 2]);
  const numbered = await index.getInstances({ sliceNumbers: [3, 1], headersOnly: true });
  assertEquals(
    numbered.map(({ value }) => value?.slice),
    [3, 1].map((index) => ({
      index,
      position: index / 4,
      uid: sampleUID(4 - index),
      url: `${ADDRESS}${sampleName(4 - index)}`,
      frame: null,
    })),
  );
});

Deno.test("progress counts each slice once, the one that fails among them", async () => {
  const objects = new Map(sampleSeries(3));
  const { index } = await open(objects);
  objects.delete(sampleName(1));
  const told: number[][] = [];
  const outcomes = await index.getInstances({
    positions: [0, 0.5, 0.5, 1],
    onProgress: (...counts) => told.push(counts),
  });
  assertEquals(outcomes.map(({ error }) => error === undefined), [true, false, false, true]);
  assertEquals(told, [[1, 3], [2, 3], [3, 3]]);
});

Deno.test("pixels are stored values, fetched with the instance unless headers are all", async () => {
  const { index, requests } = await open(sampleSeries(3));
  const expected = Array.from(
    { length: 16 * 12 },
    (_, at) => (at % 12 * 37 + Math.floor(at / 12) * 101 + 211) % 2000,
  );
  for (const headersOnly of [false, true]) {
    requests.length = 0;
    const instance = await index.getInstance({ headersOnly });
    assertEquals(requests.length, headersOnly ? 0 : 1);
    const { rows, columns, data } = await instance.getPixels();
    assertEquals([rows, columns, [...data]], [16, 12, expected]);
    await instance.getPixels();
    assertEquals(requests.length, 1);
  }
});

Deno.test("a dataset from the index is the one from the instance", async () => {
  const { index, requests } = await open(sampleSeries(3, { padding: 40, window: [400, 40] }));
  const [kept, fresh] = [
    await index.getInstance({ position: 0, headersOnly: true }),
    await index.getInstance({ position: 0, headersOnly: true, freshHeaders: true }),
  ];
  assertEquals(requests.length, 1);
  assertEquals(kept.dataset, fresh.dataset);
  assertEquals(kept.dataset.ImagePositionPatient, [-50, -40, 4]);
  assertEquals(kept.dataset["00091001_Size"], 40);
});

Deno.test("an index for drawing has no datasets, but reads them afresh", async () => {
  const cache = new MemoryIndexCache();
  await open(sampleSeries(3), { cache });
  const { index } = await open(sampleSeries(3), { cache, imagingOnly: true });
  const bare = await index.getInstance();
  assertEquals((await bare.getPixels()).rows, 16);
  assertThrows(() => bare.dataset, UsageError, "freshHeaders");
  const fresh = await index.getInstance({ headersOnly: true, freshHeaders: true });
  assertEquals(fresh.dataset.SeriesDescription, "sample");
});

Deno.test("one slice is chosen by position, location or number, and moved from there", async () => {
  const { index } = await open(sampleSeries(5));
  const chosen = async (choice: Parameters<typeof index.getInstance>[0]) => {
    return (await index.getInstance({ ...choice, headersOnly: true })).slice.index;
  };
  assertEquals(await chosen({}), 2);
  assertEquals(await chosen({ position: 1 }), 4);
  assertEquals(await chosen({ location: 5.2 }), 1);
  assertEquals(await chosen({ sliceNumber: 3, sliceOffset: -2 }), 1);
  for (
    const choice of [
      { position: 1.1 },
      { position: 0, location: 0 },
      { location: NaN },
      { sliceNumber: 5 },
      { sliceNumber: -1 },
      { position: 1, sliceOffset: 1 },
      { sliceOffset: 0.5 },
      { stack: 3 },
    ]
  ) {
    await assertRejects(() => chosen(choice), UsageError);
  }
  await assertRejects(() => index.getInstances({}), UsageError);
  await assertRejects(() => index.getInstances({ positions: [0], sliceNumbers: [0] }), UsageError);
});

Deno.test("frames share their instance's header, and each has its own pixels", async () => {
  const { index, requests } = await open(sampleSeries(1, { frames: 4 }));
  const outcomes = await index.getInstances({ sliceNumbers: [0, 3], freshHeaders: true });
  // One header, two frames.
  assertEquals(requests.length, 3);
  assertEquals(outcomes.map(({ value }) => value?.slice.frame), [0, 3]);
  assertEquals(outcomes.map(({ value }) => value?.dataset.NumberOfFrames), [4, 4]);
  const [first, last] = await Promise.all(outcomes.map(({ value }) => value!.getPixels()));
  assert(first!.data[0] !== last!.data[0]);
});

Deno.test("what cannot be read is the outcome of its slice alone, named", async () => {
  const objects = sampleSeries(3);
  objects.set(sampleName(1), objects.get(sampleName(1))!.slice(0, -100));
  const { index } = await open(objects);
  const outcomes = await index.getInstances({ positions: [0, 0.5, 1] });
  assertEquals(outcomes.map(({ value }) => value?.slice.index), [0, undefined, 2]);
  assertInstanceOf(outcomes[1]!.error, DecodeError);
  assertEquals(outcomes[1]!.url, `${ADDRESS}${sampleName(1)}`);
  await assertRejects(() => index.getInstance(), DecodeError);
  const header = await index.getInstance({ headersOnly: true });
  assertEquals(header.slice.index, 1);
  await assertRejects(() => header.getPixels(), DecodeError);
});

Deno.test("headers of a series without images are read like slices", async () => {
  const { index } = await open(sampleSeries(3, { imageless: true }));
  const outcomes = await index.getInstances({ positions: [0, 1], headersOnly: true });
  assertEquals(outcomes.map(({ value }) => value?.dataset.InstanceNumber), [3, 1]);
  await assertRejects(() => outcomes[0]!.value!.getPixels(), NoImageError);
  await assertRejects(() => index.getInstance(), NoImageError);
});

Deno.test("an index that proves outdated is made anew, once, and read by again", async () => {
  const cache = new MemoryIndexCache();
  await open(sampleSeries(3), { cache });
  const renamed = new Map(
    [...sampleSeries(2)].map(([name, bytes]) => [`new${name}`, bytes] as const),
  );
  const notices: string[] = [];
  const onNotice = (line: string) => void notices.push(line);
  const { index } = await open(renamed, { cache, onNotice });
  assertEquals([index.source, index.sliceCount], ["hit", 3]);
  const { slice } = await index.getInstance({ position: 1, headersOnly: true, freshHeaders: true });
  assertEquals([slice.url, index.sliceCount], [`${ADDRESS}new0001.dcm`, 2]);
  assertEquals(notices, ["the series has changed since its index was kept; reading it again"]);

  const { index: gone } = await open(new Map([["x.dcm", sampleSlice({ number: 1 })]]), { cache });
  assertEquals(gone.sliceCount, 2);
  const one = await gone.getInstance({ freshHeaders: true, headersOnly: true });
  assertEquals(one.slice.url, `${ADDRESS}x.dcm`);
  await assertRejects(async () => {
    const { index } = await open(sampleSeries(1));
    const { fetch } = memoryFetch(new Map());
    await SeriesIndex.open(index.address, { cache: false, fetch });
  }, NotFoundError);
});

Deno.test("rows are the table's, and so are those of its Parquet file", async () => {
  const cache = new MemoryIndexCache();
  const { index } = await open(sampleSeries(3), { cache });
  const rows = [...index.rows(["_index", "InstanceNumber", "nothing"])];
  assertEquals(
    rows,
    [3, 2, 1].map((number, i) => ({
      _index: i,
      InstanceNumber: number,
      nothing: null,
    })),
  );
  const table = await readIndex(await index.toParquet());
  const whole = [...index.rows()];
  assertEquals(whole.map((_, row) => table.row(row)), whole);
  assertEquals((await open(sampleSeries(3), { cache })).index.source, "hit");
});

Deno.test("nothing more is asked for once a call for instances has failed", async () => {
  const { index, requests } = await open(sampleSeries(40), { concurrency: 1 });
  const enough = new Error("enough");
  const reading = index.getInstances({
    sliceNumbers: Array.from({ length: 40 }, (_, i) => i),
    onProgress() {
      throw enough;
    },
  });
  await assertRejects(() => reading, Error, "enough");
  const { length } = requests;
  for (let turn = 0; turn < 20; turn++) await nextTurn();
  assertEquals(requests.length, length);
});
