import {
  DecodeError,
  type GetImagesOptions,
  NoImageError,
  type Outcome,
  SeriesIndex,
  type SeriesIndexOptions,
  type SliceImage,
  UnsupportedTransferSyntaxError,
  UsageError,
} from "@dicom/series-preview";
import { parseContrast } from "@dicom/series-preview/contrast";
import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
import { planGrid, planMosaic, tileImages } from "@dicom/series-preview/mosaic";
import {
  assert,
  assertEquals,
  assertInstanceOf,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { sampleName, sampleSeries, sampleSlice } from "../cli/sample_series.ts";
import { element, writeInstance } from "../support/dicom_fixtures.ts";
import { memoryFetch } from "./memory_fetch.ts";
import { samplePicture } from "./sample_picture.ts";

const ADDRESS = "https://example.org/series/";
const contrast = parseContrast("1500/-300");

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

function valuesOf(outcomes: readonly Outcome<SliceImage>[]): SliceImage[] {
  return outcomes.map(({ value, error }) => {
    if (error !== undefined) throw error;
    return value;
  });
}

/** The lowest and the highest brightness of each picture. */
function spans(images: readonly SliceImage[]): [number, number][] {
  return images.map(({ data }) => [Math.min(...data), Math.max(...data)]);
}

Deno.test("an image is one slice in its own pixels, the middle one by default", async () => {
  const { index, requests } = await open(sampleSeries(5));
  const image = await index.getImage({ contrast });
  assertEquals([image.width, image.height, image.channels], [12, 16, 1]);
  assertEquals([...image.data], samplePicture(2, 1500, -300));
  assertEquals([image.slice.index, image.slice.url], [2, `${ADDRESS}${sampleName(2)}`]);
  assertEquals(image.location, 4);
  assertEquals(requests.length, 1);
  for (
    const [choice, number] of [
      [{ position: 1 }, 0],
      [{ location: 6.9 }, 3],
      [{ sliceNumber: 0, sliceOffset: 1 }, 3],
    ] as const
  ) {
    const { data } = await index.getImage({ ...choice, contrast });
    assertEquals([...data], samplePicture(number, 1500, -300));
  }
});

Deno.test("images come in the order asked for, each slice read once", async () => {
  const { index, requests } = await open(sampleSeries(5));
  const reports: number[] = [];
  const onProgress = (done: number) => void reports.push(done);
  const images = valuesOf(
    await index.getImages({ positions: [1, 0, 0.49, 0.5], contrast, onProgress }),
  );
  assertEquals(images.map(({ slice }) => slice.index), [4, 0, 2, 2]);
  assertEquals(
    images.map(({ data }) => [...data]),
    [0, 4, 2, 2].map((number) => {
      return samplePicture(number, 1500, -300);
    }),
  );
  assertEquals([requests.length, reports], [3, [1, 2, 3]]);
  const numbered = valuesOf(await index.getImages({ sliceNumbers: [3, 1], contrast }));
  assertEquals(numbered.map(({ location }) => location), [2, 6]);
  assertEquals(await index.getImages({ positions: [] }), []);
});

Deno.test("a measured window is one for all images of a call, and its own for a single one", async () => {
  const { index } = await open(sampleSeries(3, { rows: 2, columns: 12 }));
  const auto = parseContrast("auto");
  const own = await Promise.all(
    [0, 1, 2].map((sliceNumber) => index.getImage({ sliceNumber, contrast: auto })),
  );
  assertEquals(spans(own), [[0, 255], [0, 255], [0, 255]]);
  const shared = valuesOf(await index.getImages({ sliceNumbers: [0, 1, 2], contrast: auto }));
  // The slices rise from one to the next, so that only the ends of all reach the ends of the window.
  assertEquals(spans(shared).map(([low]) => low === 0), [false, false, true]);
  assertEquals(spans(shared).map(([, high]) => high === 255), [true, false, false]);
  const { image } = await index.renderMosaic({ columns: 1, rows: 3, width: 12, contrast: auto });
  assertEquals([...image.data], shared.flatMap(({ data }) => [...data]));
});

Deno.test("width and height are the picture's, its aspect kept", async () => {
  const { index } = await open(sampleSeries(1));
  const sizeOf = async (size: { width?: number; height?: number }) => {
    const { width, height, data } = await index.getImage(size);
    assertEquals(data.length, width * height);
    return [width, height];
  };
  assertEquals(await sizeOf({ width: 6 }), [6, 8]);
  assertEquals(await sizeOf({ height: 32 }), [24, 32]);
  assertEquals(await sizeOf({ width: 100, height: 32 }), [24, 32]);
});

Deno.test("one's own layout is made of images, and of marks for what failed", async () => {
  const objects = sampleSeries(4);
  const cut = objects.get(sampleName(2))!;
  objects.set(sampleName(2), cut.slice(0, -40));
  const { index } = await open(objects);
  const outcomes = await index.getImages({ positions: [0, 1 / 3, 2 / 3, 1], width: 24, contrast });
  const tiles = outcomes.map(({ value }) => value ?? null);
  const [{ width, height }] = [tiles[0]!];
  const grid = planGrid({ columns: 4, rows: 1 });
  const layout = planMosaic(grid, { width: 4 * width, tileAspect: height / width });
  const strip = tileImages(tiles, layout);
  assertEquals([strip.width, strip.height], [96, 32]);
  const { image } = await index.renderMosaic({ columns: 4, rows: 1, width: 96, contrast });
  assertEquals(strip, image);
  // Cells by hand, one of them left empty.
  const cells = [{ x: 0, y: 0, width: 24, height: 32 }, { x: 40, y: 10, width: 30, height: 32 }];
  const free = tileImages([tiles[0]!, tiles[3]!], { width: 80, height: 50, cells });
  assertEquals(free.data[45 * 80 + 60], 0);
});

Deno.test("what cannot be drawn is the outcome of its slice alone, named", async () => {
  const objects = sampleSeries(3);
  objects.set(sampleName(1), objects.get(sampleName(1))!.slice(0, -100));
  objects.set(
    sampleName(0),
    sampleSlice({ number: 0, transferSyntaxUID: "1.2.840.10008.1.2.4.94" }),
  );
  const { index, requests } = await open(objects);
  const outcomes = await index.getImages({ positions: [0, 0.5, 1, 0.5] });
  assertEquals(outcomes.map(({ value }) => value?.slice.index), [
    0,
    undefined,
    undefined,
    undefined,
  ]);
  assertInstanceOf(outcomes[1]!.error, DecodeError);
  assertInstanceOf(outcomes[2]!.error, UnsupportedTransferSyntaxError);
  assertEquals(outcomes[1], outcomes[3]);
  assertEquals(outcomes[2]!.url, `${ADDRESS}${sampleName(0)}`);
  // Neither the one that is known to be cut nor the one that nobody decodes is fetched.
  assertEquals(requests.map(({ pathname }) => pathname), [`/series/${sampleName(2)}`]);
  await assertRejects(() => index.getImage(), DecodeError);
  await assertRejects(() => index.getImage({ position: 1 }), UnsupportedTransferSyntaxError);
});

Deno.test("what is wrong in the words is refused before anything is read", async () => {
  const { index, requests } = await open(sampleSeries(3, { window: [400, 40] }));
  for (
    const options of [
      { positions: [0], sliceNumbers: [0] },
      {},
      { positions: [1.5] },
      { sliceNumbers: [3] },
      { positions: [0], window: 1 },
      { positions: [0], window: 0, contrast },
      { positions: [0], contrast: { kind: "window", width: 0, center: 1, name: "" } },
      { positions: [0], stack: 1 },
    ] satisfies GetImagesOptions[]
  ) {
    await assertRejects(() => index.getImages(options), UsageError, "", JSON.stringify(options));
  }
  for (const size of [{ width: 0 }, { height: 1.5 }, { width: 16_000 }]) {
    await assertRejects(() => index.getImage(size), UsageError);
  }
  assertEquals(requests, []);
  const imageless = await open(sampleSeries(2, { imageless: true }));
  await assertRejects(() => imageless.index.getImage(), NoImageError);
});

Deno.test("a view of the file is chosen by its number", async () => {
  const { index } = await open(sampleSeries(1, { window: [400, 40] }));
  const first = await index.getImage({ window: 0 });
  assertEquals(first.data, (await index.getImage()).data);
  const instance = await index.getInstance();
  assertEquals((await instance.getImage({ window: 0 })).data, first.data);
  await assertRejects(() => instance.getImage({ window: 1 }), UsageError, "no slice has that view");
  assertNotEquals(first.data, (await index.getImage({ contrast })).data);
});

Deno.test("pixels that are not square are shown in their shape", async () => {
  const wide = writeInstance([
    element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7"),
    element(0x00080018, "UI", "1.2.3.4"),
    element(0x0020000e, "UI", "1.2.3"),
    element(0x00280002, "US", [1]),
    element(0x00280004, "CS", "MONOCHROME2"),
    element(0x00280010, "US", [4]),
    element(0x00280011, "US", [4]),
    element(0x00280034, "IS", "2\\1"),
    element(0x00280100, "US", [8]),
    element(0x00280103, "US", [0]),
    element(0x7fe00010, "OB", Uint8Array.from({ length: 16 }, (_, i) => i * 16)),
  ], {});
  const { index } = await open(new Map([["a.dcm", wide]]));
  const native = await index.getImage();
  assertEquals([native.width, native.height, native.location], [4, 8, null]);
  const narrow = await index.getImage({ width: 2 });
  assertEquals([narrow.width, narrow.height], [2, 4]);
});

Deno.test("an index that proves outdated is made anew, and the image is drawn by it", async () => {
  const cache = new MemoryIndexCache();
  await open(sampleSeries(3), { cache });
  const renamed = new Map(
    [...sampleSeries(5)].map(([name, bytes]) => [`new${name}`, bytes] as const),
  );
  const notices: string[] = [];
  const onNotice = (line: string) => void notices.push(line);
  const { index } = await open(renamed, { cache, onNotice });
  const image = await index.getImage({ position: 0, contrast });
  assertEquals([...image.data], samplePicture(4, 1500, -300));
  assertEquals([index.sliceCount, notices.length], [5, 1]);
});

Deno.test("an abort ends the call", async () => {
  const { index } = await open(sampleSeries(3));
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  for (
    const call of [
      () => index.getImage({ signal }),
      () => index.getImages({ positions: [0], signal }),
      () => index.renderContrastMosaic({ signal }),
    ]
  ) {
    assert(await assertRejects(call) === reason);
  }
});
