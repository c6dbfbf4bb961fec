import { SeriesIndex } from "@dicom/series-preview";
import { parseContrast } from "@dicom/series-preview/contrast";
import { MemoryIndexCache } from "@dicom/series-preview/index-cache";
import { assertEquals } from "@std/assert";
import { sampleName, sampleSeries, sampleSlice } from "../cli/sample_series.ts";
import { slidePicture, writeSlide } from "../support/slide_fixtures.ts";
import { element } from "../support/dicom_fixtures.ts";
import { memoryFetch, type MemoryFetchOptions } from "./memory_fetch.ts";

const ADDRESS = "https://example.org/series/";
const contrast = parseContrast("1500/-300");
const description = "longer than it was";

/** A series whose index is kept, opened by that index; its objects may change. */
async function openKept(objects: Map<string, Uint8Array>, options: MemoryFetchOptions = {}) {
  const cache = new MemoryIndexCache();
  await SeriesIndex.open(ADDRESS, { cache, fetch: memoryFetch(objects).fetch });
  const { fetch, requests } = memoryFetch(objects, options);
  const index = await SeriesIndex.open(ADDRESS, { cache, fetch, concurrency: 1 });
  assertEquals([index.source, requests.length], ["hit", 0]);
  /** The names that were asked for since the last call. */
  const asked = () => requests.splice(0).map(({ pathname }) => pathname.split("/").at(-1)!);
  return { index, asked };
}

/** The series as it is now, no index kept. */
async function openAnew(objects: ReadonlyMap<string, Uint8Array>): Promise<SeriesIndex> {
  return await SeriesIndex.open(ADDRESS, { cache: false, fetch: memoryFetch(objects).fetch });
}

/** The names of samples, the highest first, as they are shown. */
const shown = (...numbers: readonly number[]) => numbers.map(sampleName);

for (const words of ["1500/-300", "auto", "embedded"]) {
  Deno.test(`of a mosaic by ${words} only the slice that has changed is read again`, async () => {
    const objects = sampleSeries(6);
    const { index, asked } = await openKept(objects);
    objects.set(sampleName(2), sampleSlice({ number: 2, instance: 7, description }));
    const options = { contrast: parseContrast(words), samples: 6 };
    const steps: string[] = [];
    const onProgress = (...step: readonly number[]) => void steps.push(step.join("/"));
    const { image, failed } = await index.renderMosaic({ ...options, onProgress });
    assertEquals(failed, []);
    assertEquals(asked(), [...shown(5, 4, 3, 2, 1, 0), sampleName(2), sampleName(2)]);
    assertEquals(steps.slice(5), ["6/6", "6/6"]);
    assertEquals(image, (await (await openAnew(objects)).renderMosaic(options)).image);
  });
}

Deno.test("slices are read that are chosen only since another one has moved", async () => {
  const objects = sampleSeries(10);
  const { index, asked } = await openKept(objects);
  const options = { contrast, samples: 4 };
  // The highest becomes the lowest.
  objects.set(sampleName(9), sampleSlice({ number: -1, instance: 9, description }));
  const { image } = await index.renderMosaic(options);
  const [before, changed, after] = [shown(9, 6, 3, 0), sampleName(9), shown(8, 5, 2)];
  assertEquals(asked(), [...before, changed, ...after, changed]);
  assertEquals(image, (await (await openAnew(objects)).renderMosaic(options)).image);
});

Deno.test("tiles are drawn again where they are to be of another size", async () => {
  const objects = sampleSeries(3);
  const { index } = await openKept(objects);
  const options = { contrast, samples: 3, width: 90 };
  objects.set(sampleName(2), sampleSlice({ number: 2, rows: 12, columns: 40, description }));
  const { image } = await index.renderMosaic(options);
  assertEquals(image, (await (await openAnew(objects)).renderMosaic(options)).image);
});

Deno.test("of an object that changes while its frames are read none of the old ones stays", async () => {
  const object = (number: number, more = {}) => sampleSlice({ number, frames: 4, ...more });
  const objects = new Map([["a.dcm", object(0)]]);
  let reads = 0;
  const gate = async () => {
    await Promise.resolve();
    if (++reads === 3) objects.set("a.dcm", object(5, { instance: 0, description }));
  };
  const { index, asked } = await openKept(objects, { gate });
  const { image } = await index.renderMosaic({ contrast, samples: 4 });
  assertEquals(asked().length, 4 + 1 + 4);
  const anew = await openAnew(objects);
  assertEquals(image, (await anew.renderMosaic({ contrast, samples: 4 })).image);
});

Deno.test("pictures of their own, and those of several contrasts, are kept as well", async () => {
  const objects = sampleSeries(4);
  const { index, asked } = await openKept(objects);
  const change = (number: number, text: string) =>
    objects.set(sampleName(number), sampleSlice({ number, description: text }));
  change(1, "longer than it was");
  const sliceNumbers = [0, 1, 2, 3, 2];
  const images = await index.getImages({ contrast, sliceNumbers });
  assertEquals(asked(), [...shown(3, 2, 1, 0), ...shown(1, 1)]);
  change(3, "even longer than that was");
  const contrasts = [contrast, parseContrast("auto")];
  const { image } = await index.renderContrastMosaic({ contrasts, samples: 4 });
  assertEquals(asked(), [...shown(3, 2, 1, 0), ...shown(3, 3)]);
  const anew = await openAnew(objects);
  assertEquals(
    images.map(({ value }) => value),
    (await anew.getImages({ contrast, sliceNumbers })).map(({ value }) => value),
  );
  assertEquals(image, (await anew.renderContrastMosaic({ contrasts, samples: 4 })).image);
});

Deno.test("the level of a slide that has changed is the instance that is read again", async () => {
  const spacing = (size: number) => [size, size] as const;
  const level = (columns: number, more = {}) =>
    writeSlide(slidePicture(columns, columns), {
      tile: [16, 16],
      number: columns,
      spacing: spacing(1 / columns),
      ...more,
    });
  const objects = new Map([["large.dcm", level(64)], ["small.dcm", level(32)]]);
  const { index, asked } = await openKept(objects);
  const extra = [element(0x0008103e, "LO", description)];
  objects.set("small.dcm", level(32, { extra }));
  const options = { contrast, width: 32, columns: 2 };
  const { image, failed } = await index.renderMosaic(options);
  assertEquals(failed, []);
  const names = asked();
  assertEquals(new Set(names), new Set(["small.dcm"]), names.join(" "));
  assertEquals(image, (await (await openAnew(objects)).renderMosaic(options)).image);
});
