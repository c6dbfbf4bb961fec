import { DecodeError, NoImageError, SeriesIndex, UsageError } from "@dicom/series-preview";
import { parseContrast } from "@dicom/series-preview/contrast";
import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { sampleName, sampleSeries } from "../cli/sample_series.ts";
import { memoryFetch, type MemoryFetchOptions } from "./memory_fetch.ts";
import { samplePicture } from "./sample_picture.ts";

const ADDRESS = "https://example.org/series/";

async function open(objects: ReadonlyMap<string, Uint8Array>, options: MemoryFetchOptions = {}) {
  const { fetch, requests } = memoryFetch(objects, options);
  const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch });
  requests.length = 0;
  return { index, requests };
}

for (const headersOnly of [false, true]) {
  Deno.test(`all pictures of an instance cost one request, ${headersOnly ? "made late" : "made at once"}`, async () => {
    const { index, requests } = await open(sampleSeries(3));
    const instance = await index.getInstance({ headersOnly });
    assertEquals(requests.length, headersOnly ? 0 : 1);
    for (const [width, level] of [[1500, -300], [80, 40]] as const) {
      const image = await instance.getImage({ contrast: parseContrast(`${width}/${level}`) });
      assertEquals([image.width, image.height], [12, 16]);
      assertEquals([...image.data], samplePicture(1, width, level));
    }
    await instance.getImage({ width: 6, contrast: parseContrast("auto") });
    await instance.getPixels();
    await instance.getContrastGrid();
    assertEquals(requests.length, 1);
    assertEquals(index.bytesDecoded, 16 * 12 * 2);
  });
}

Deno.test("pictures that are asked for at once share their read", async () => {
  const { index, requests } = await open(sampleSeries(1), { slow: true });
  const instance = await index.getInstance({ headersOnly: true });
  await Promise.all([instance.getImage(), instance.getContrastGrid(), instance.getPixels()]);
  assertEquals(requests.length, 1);
});

Deno.test("a grid shows the contrasts in their order, in one row or in several", async () => {
  const { index } = await open(sampleSeries(1));
  const instance = await index.getInstance();
  const windows = [[1500, -300], [400, 40], [90, -700]] as const;
  const contrasts = windows.map(([width, level]) => parseContrast(`${width}/${level}`));
  const row = await instance.getContrastGrid({ contrasts, width: 36, labels: false });
  assertEquals([row.width, row.height], [36, 16]);
  const column = await instance.getContrastGrid({
    contrasts,
    columns: 1,
    width: 12,
    labels: false,
  });
  assertEquals([column.width, column.height], [12, 48]);
  const expected = windows.flatMap(([width, level]) => samplePicture(0, width, level));
  assertEquals([...column.data], expected);
  const turned = Array.from(
    { length: 16 },
    (_, y) =>
      [0, 1, 2].flatMap((tile) => expected.slice(tile * 192 + y * 12, tile * 192 + y * 12 + 12)),
  );
  assertEquals([...row.data], turned.flat());
  const labeled = await instance.getContrastGrid({ contrasts, width: 300 });
  const bare = await instance.getContrastGrid({ contrasts, width: 300, labels: false });
  assertNotEquals(labeled.data, bare.data);
});

Deno.test("what cannot be drawn is told by the class of the error", async () => {
  const objects = sampleSeries(2);
  objects.set(sampleName(0), objects.get(sampleName(0))!.slice(0, -100));
  const { index } = await open(objects);
  const cut = await index.getInstance({ position: 1, headersOnly: true });
  await assertRejects(() => cut.getImage(), DecodeError);
  await assertRejects(() => cut.getContrastGrid(), DecodeError);
  const whole = await index.getInstance({ position: 0 });
  for (const options of [{ width: 0 }, { height: 1e5 }, { window: 3 }]) {
    await assertRejects(() => whole.getImage(options), UsageError);
  }
  for (const options of [{ contrasts: [] }, { columns: 0 }, { width: 2 }]) {
    await assertRejects(() => whole.getContrastGrid(options), UsageError);
  }
  const imageless = await open(sampleSeries(1, { imageless: true }));
  const plan = await imageless.index.getInstance({ headersOnly: true });
  await assertRejects(() => plan.getImage(), NoImageError);
  await assertRejects(() => plan.getContrastGrid(), NoImageError);
});

Deno.test("a read that one call gave up is done for the next, and a call that waits can be aborted", async () => {
  const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
  let gated = false;
  const gate = () => gated ? answered : Promise.resolve();
  const { index } = await open(sampleSeries(1), { gate });
  gated = true;
  const instance = await index.getInstance({ headersOnly: true });
  const [first, second] = [new AbortController(), new AbortController()];
  const reading = instance.getImage({ signal: first.signal });
  const waiting = instance.getImage({ signal: second.signal });
  const sharing = instance.getImage();
  second.abort(new Error("second"));
  await assertRejects(() => waiting, Error, "second");
  first.abort(new Error("first"));
  await assertRejects(() => reading, Error, "first");
  answer();
  assertEquals((await sharing).width, 12);
  await assertRejects(() => instance.getImage({ signal: first.signal }), Error, "first");
});
