import {
  type ContrastMosaicOptions,
  NoImageError,
  type PixelImage,
  SeriesIndex,
  SeriesPreviewError,
  UsageError,
} from "@dicom/series-preview";
import { formatContrast, parseContrast } from "@dicom/series-preview/contrast";
import { labelTiles, planGrid, planMosaic } from "@dicom/series-preview/mosaic";
import { assertEquals, assertNotEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { sampleName, sampleSeries } from "../cli/sample_series.ts";
import { slidePicture, writeSlide } from "../support/slide_fixtures.ts";
import { memoryFetch } from "./memory_fetch.ts";
import { samplePicture } from "./sample_picture.ts";

const ADDRESS = "https://example.org/series/";
const windows = [[1500, -300], [400, 40], [90, -700]] as const;
const contrasts = windows.map(([width, level]) => parseContrast(`${width}/${level}`));

/** Opens objects of memory as a web folder; answers the requests that come after, too. */
async function open(objects: ReadonlyMap<string, Uint8Array>) {
  const { fetch, requests } = memoryFetch(objects);
  const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch });
  requests.length = 0;
  return { index, requests };
}

/** The tile of a mosaic of samples in their own pixels. */
function tileOf({ data, width }: PixelImage, column: number, row: number): number[] {
  return Array.from({ length: 16 * 12 }, (_, at) => {
    const [x, y] = [column * 12 + at % 12, row * 16 + Math.floor(at / 12)];
    return data[y * width + x]!;
  });
}

Deno.test("slices are rows, contrasts are columns, and each slice is read once", async () => {
  const { index, requests } = await open(sampleSeries(5));
  const options = { contrasts, samples: 3, width: 36, labels: false };
  const mosaic = await index.renderContrastMosaic(options);
  assertEquals([mosaic.columns, mosaic.rows, mosaic.contrasts], [3, 3, contrasts]);
  assertEquals([mosaic.image.width, mosaic.image.height], [36, 48]);
  assertEquals(mosaic.slices.map(({ index }) => index), [0, 2, 4]);
  for (const [row, number] of [4, 2, 0].entries()) {
    for (const [column, [width, level]] of windows.entries()) {
      assertEquals(tileOf(mosaic.image, column, row), samplePicture(number, width, level));
    }
  }
  assertEquals(requests.length, 3);
  assertEquals(index.bytesDecoded, 3 * 16 * 12 * 2);
});

Deno.test("a single slice is chosen as for an image, the middle one by default", async () => {
  const { index, requests } = await open(sampleSeries(5));
  const shown = async (options: ContrastMosaicOptions) => {
    const { slices, rows } = await index.renderContrastMosaic({ contrasts, width: 36, ...options });
    assertEquals(rows, 1);
    return slices.map(({ index }) => index);
  };
  assertEquals(await shown({}), [2]);
  assertEquals(await shown({ position: 1 }), [4]);
  assertEquals(await shown({ location: 5.9, sliceOffset: 1 }), [2]);
  assertEquals(requests.length, 3);
});

Deno.test("a measured window is one for all rows", async () => {
  const { index } = await open(sampleSeries(3, { rows: 2, window: [400, 40] }));
  const kinds = [parseContrast("auto"), parseContrast("embedded")];
  const { image } = await index.renderContrastMosaic({
    contrasts: kinds,
    samples: 3,
    width: 24,
    labels: false,
  });
  const column = (number: number) =>
    [...image.data].filter((_, at) => Math.floor(at % 24 / 12) === number);
  const auto = await index.renderMosaic({ columns: 1, width: 12, contrast: kinds[0]! });
  assertEquals(column(0), [...auto.image.data]);
  const own = await index.renderMosaic({ columns: 1, width: 12 });
  assertEquals(column(1), [...own.image.data]);
});

Deno.test("the row of a slice that failed is marked, and the others are drawn", async () => {
  const objects = sampleSeries(3);
  objects.set(sampleName(1), objects.get(sampleName(1))!.slice(0, -100));
  const { index } = await open(objects);
  const options = { contrasts, width: 36, labels: false };
  const mosaic = await index.renderContrastMosaic({ ...options, samples: 3 });
  assertEquals(mosaic.failed.map(({ url }) => url), [`${ADDRESS}${sampleName(1)}`]);
  for (const [column, [width, level]] of windows.entries()) {
    assertEquals(new Set(tileOf(mosaic.image, column, 1)).size, 2);
    assertEquals(tileOf(mosaic.image, column, 2), samplePicture(0, width, level));
  }
  const error = await assertRejects(() => index.renderContrastMosaic(options), SeriesPreviewError);
  assertStringIncludes(error.message, "the object is cut");
});

Deno.test("labels tell contrast, number and location, and can be left out", async () => {
  const { index } = await open(sampleSeries(2));
  const options = { contrasts, samples: 2, width: 300 };
  const bare = await index.renderContrastMosaic({ ...options, labels: false });
  const labeled = await index.renderContrastMosaic(options);
  const grid = { columns: 3, rows: 2, samples: 6 };
  const layout = planMosaic(grid, { width: 300, tileAspect: 16 / 12 });
  const labels = ["#0  2 mm", "#1  0 mm"].flatMap((slice) =>
    ["1500/-300", "400/40", "90/-700"].map((contrast) => [contrast, slice])
  );
  assertEquals(labeled.image, labelTiles(bare.image, labels, layout));
});

Deno.test("labels of a mosaic tell number and location; no label is the default", async () => {
  const { index } = await open(sampleSeries(2));
  const options = { columns: 2, rows: 1, width: 200 };
  const bare = await index.renderMosaic(options);
  const layout = planMosaic(planGrid(options), { width: 200, tileAspect: 16 / 12 });
  const labeled = labelTiles(bare.image, [["#0  2 mm"], ["#1  0 mm"]], layout);
  assertNotEquals(labeled.data, bare.image.data);
  assertEquals((await index.renderMosaic({ ...options, labels: true })).image, labeled);
});

Deno.test("without contrasts there are those that fit the modality and what the file holds", async () => {
  const namesOf = async (modality: string, window?: readonly [number, number]) => {
    const { index } = await open(sampleSeries(1, { modality, ...(window && { window }) }));
    const { contrasts } = await index.renderContrastMosaic();
    return contrasts.map((contrast) => formatContrast(contrast).split(" ").slice(0, 2).join(" "));
  };
  assertEquals(await namesOf("CT", [400, 40]), ["embedded", "CT lung", "CT soft", "CT bone"]);
  assertEquals(await namesOf("CT"), ["auto", "CT lung", "CT soft", "CT bone"]);
  assertEquals(await namesOf("MR", [400, 40]), ["embedded", "auto", "MR T1", "MR T2"]);
  assertEquals(await namesOf("MR"), ["auto", "MR T1", "MR T2"]);
  assertEquals(await namesOf("PT", [400, 40]), ["embedded", "auto"]);
  assertEquals(await namesOf("constructor"), ["auto"]);
  const slide = writeSlide(slidePicture(20, 10), { tile: [10, 10] });
  const { index } = await open(new Map([["a.dcm", slide]]));
  assertEquals((await index.renderContrastMosaic()).contrasts.map(formatContrast), ["embedded"]);
});

Deno.test("what is wrong in the words is refused before anything is read", async () => {
  const { index, requests } = await open(sampleSeries(3));
  for (
    const options of [
      { contrasts: [] },
      { contrasts: [{ kind: "window", width: -1, center: 0, name: "" }] },
      { contrasts: [{ kind: "embedded", window: 2 }] },
      { samples: 0 },
      { samples: 1.5 },
      { samples: 2, position: 0.5 },
      { start: 0.2, location: 3 },
      { end: 0.2, sliceOffset: 3 },
      { start: 0.6, end: 0.5 },
      { position: 2 },
      { width: 3 },
      { height: 2.5 },
      { stack: 1 },
    ] satisfies ContrastMosaicOptions[]
  ) {
    await assertRejects(
      () => index.renderContrastMosaic(options),
      UsageError,
      "",
      JSON.stringify(options),
    );
  }
  assertEquals(requests, []);
  const imageless = await open(sampleSeries(1, { imageless: true }));
  await assertRejects(() => imageless.index.renderContrastMosaic(), NoImageError);
});
