import {
  LimitError,
  type PixelImage,
  SeriesIndex,
  type SeriesIndexOptions,
} from "@dicom/series-preview";
import { parseContrast } from "@dicom/series-preview/contrast";
import { resizeImage } from "@dicom/series-preview/mosaic";
import {
  assert,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { element } from "../../support/dicom_fixtures.ts";
import {
  cutTile,
  type Picture,
  type SlideForm,
  slidePicture,
  writeSlide,
} from "../../support/slide_fixtures.ts";
import { memoryFetch } from "../memory_fetch.ts";

const ADDRESS = "https://example.org/slide/";
const WHITE = 255;
/** Shows bytes as they are. */
const contrast = parseContrast("255/127.5");

/** Opens objects of memory as the web folder they seem to be, without a cache. */
function open(
  objects: Readonly<Record<string, Uint8Array>>,
  options: SeriesIndexOptions = {},
): Promise<SeriesIndex> {
  const { fetch } = memoryFetch(new Map(Object.entries(objects)));
  return SeriesIndex.open(ADDRESS, { cache: false, fetch, ...options });
}

/** Draws the one slice of an instance at the size of its picture. */
async function drawNative(picture: Picture, form: SlideForm): Promise<PixelImage> {
  const index = await open({ "a.dcm": writeSlide(picture, form) });
  assertEquals([index.instanceCount, index.sliceCount], [1, 1]);
  const size = { width: picture.columns, height: picture.rows };
  const { image, slices, failed } = await index.renderMosaic({ ...size, contrast });
  assertEquals([slices[0]?.frame, failed], [null, []]);
  assertEquals([image.width, image.height], [picture.columns, picture.rows]);
  return image;
}

/** The picture with all but the given rectangles painted over. */
function keepOnly(
  picture: Picture,
  kept: readonly (readonly [left: number, top: number, width: number, height: number])[],
  background: number,
): Uint8Array {
  const { columns, samples } = picture;
  return picture.data.map((value, at) => {
    const x = Math.floor(at / samples) % columns;
    const y = Math.floor(at / samples / columns);
    const isKept = kept.some(([left, top, width, height]) =>
      x >= left && x < left + width && y >= top && y < top + height
    );
    return isKept ? value : background;
  });
}

/** The mean of each square of pixels. */
function halve(picture: Picture, times: number): Picture {
  if (times === 0) return picture;
  const { samples } = picture;
  const [columns, rows] = [Math.floor(picture.columns / 2), Math.floor(picture.rows / 2)];
  const data = new Uint8Array(columns * rows * samples);
  const line = picture.columns * samples;
  let at = 0;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < line - line % (2 * samples); x++) {
      if (Math.floor(x / samples) % 2 === 1) continue;
      const from = y * 2 * line + x;
      const square = [from, from + samples, from + line, from + line + samples];
      data[at++] = Math.round(square.reduce((sum, one) => sum + picture.data[one]!, 0) / 4);
    }
  }
  return halve({ columns, rows, samples, data }, times - 1);
}

/** A picture without fine detail. */
function smoothPicture(columns: number, rows: number): Picture {
  const data = new Uint8Array(columns * rows * 3);
  for (let at = 0; at < data.length; at++) {
    const x = Math.floor(at / 3) % columns / columns;
    const y = Math.floor(at / 3 / columns) / rows;
    data[at] = Math.round(127 + 120 * Math.sin([7 * x + 2 * y, 5 * y, 6 * x * y][at % 3]!));
  }
  return { columns, rows, samples: 3, data };
}

/** The greatest difference of two pictures of one size. */
function difference(a: PixelImage, b: PixelImage): number {
  assertEquals([a.width, a.height, a.channels], [b.width, b.height, b.channels]);
  return new Uint8Array(a.data)
    .reduce((most, value, at) => Math.max(most, Math.abs(value - b.data[at]!)), 0);
}

Deno.test("the tiles of a full matrix are one slice, in color and in grey, coded and not", async () => {
  for (const samples of [1, 3] as const) {
    for (const encapsulated of [false, true]) {
      const picture = slidePicture(53, 37, { samples });
      const image = await drawNative(picture, { tile: [16, 12], encapsulated });
      assertEquals(image.channels, samples);
      assertEquals([...image.data], [...picture.data]);
    }
  }
});

Deno.test("coded tiles that end where the matrix ends are shown, too", async () => {
  const picture = slidePicture(53, 37);
  const image = await drawNative(picture, { tile: [16, 12], encapsulated: true, cropped: true });
  assertEquals([...image.data], [...picture.data]);
});

Deno.test("of focal planes and optical paths the first is shown, of all sizes of tile", async () => {
  const planes = [0, 1, 2, 3].map((plane) => slidePicture(40, 30, { plane }));
  for (const tile of [[16, 16], [40, 30], [64, 64]] as const) {
    const image = await drawNative(planes[0]!, { planes, focalPlanes: 2, tile });
    assertEquals([...image.data], [...planes[0]!.data]);
  }
});

Deno.test("a sparse matrix is white in color and black in grey where it has no tile", async () => {
  const places = [
    { column: 33, row: 25 },
    { column: 1, row: 1 },
    // Hangs over two edges at once, off the grid of the others.
    { column: -5, row: 21 },
  ];
  const kept = [[32, 24, 16, 12], [0, 0, 16, 12], [0, 20, 10, 12]] as const;
  for (const [samples, background] of [[3, WHITE], [1, 0]] as const) {
    const picture = slidePicture(53, 31, { samples });
    const image = await drawNative(picture, { tile: [16, 12], places });
    assertEquals([...image.data], [...keepOnly(picture, kept, background)]);
  }
});

Deno.test("focal planes and optical paths of a sparse matrix are told by their frames", async () => {
  const planes = [0, 1, 2].map((plane) => slidePicture(32, 12, { plane }));
  const places = [
    { column: 1, row: 1, focus: 0, opticalPath: "a", plane: 0 },
    { column: 1, row: 1, focus: 5, opticalPath: "a", plane: 1 },
    { column: 17, row: 1, focus: 0.5, opticalPath: "b", plane: 2 },
    { column: 17, row: 1, focus: 0.5, opticalPath: "a", plane: 0 },
  ];
  const image = await drawNative(planes[0]!, { planes, tile: [16, 12], places });
  assertEquals([...image.data], [...planes[0]!.data]);
});

Deno.test("segments of a slide are shown over each other", async () => {
  const planes = [0, 1, 2].map((plane) => {
    const picture = slidePicture(32, 24, { samples: 1 });
    const data = picture.data.map((_, at) => (at + plane) % 5 === 0 ? 1 + plane * 100 : 0);
    return { ...picture, data };
  });
  const image = await drawNative(planes[0]!, {
    planes,
    tile: [20, 20],
    sopClassUID: "1.2.840.10008.5.1.4.1.1.66.4",
  });
  const highest = planes[0]!.data.map((_, at) => Math.max(...planes.map(({ data }) => data[at]!)));
  assertEquals([...image.data], [...highest]);
});

Deno.test("pixels that are not square are shown by their shape", async () => {
  const slide = writeSlide(slidePicture(40, 30), { tile: [16, 16], spacing: [0.02, 0.01] });
  const { image } = await (await open({ "a.dcm": slide })).renderMosaic({ width: 40 });
  assertEquals([image.width, image.height], [40, 60]);
});

/** A pyramid of five levels, 800 × 600 the largest, in no order, with all that comes with a slide. */
function wholeSlide(): { objects: Record<string, Uint8Array>; base: Picture } {
  const base = smoothPicture(800, 600);
  const tile = [32, 32] as const;
  const objects: Record<string, Uint8Array> = {};
  const add = (name: string, picture: Picture, form: Partial<SlideForm>) => {
    const number = Object.keys(objects).length + 1;
    objects[`${name}.dcm`] = writeSlide(picture, { tile, number, ...form });
  };
  add("label", slidePicture(20, 20), { flavor: "LABEL", tile: [20, 20] });
  for (const level of [0, 2, 4, 1, 3]) add(`level${level}`, halve(base, level), {});
  add("overview", slidePicture(30, 10), { flavor: "OVERVIEW", tile: [30, 10] });
  add("thumbnail", halve(base, 5), { flavor: "THUMBNAIL", tile: [25, 18] });
  return { objects, base };
}

Deno.test("a slide is shown from its thumbnail to its largest level, then overview and label", async () => {
  const { objects } = wholeSlide();
  const index = await open(objects);
  assertEquals([index.instanceCount, index.sliceCount, index.stacks], [8, 8, null]);
  assertEquals([index.primaryAxis, index.failed], ["I", []]);
  const { slices } = await index.renderMosaic({ samples: 8, width: 200 });
  assertEquals(slices.map(({ url }) => url.slice(ADDRESS.length, -4)), [
    "thumbnail",
    "level4",
    "level3",
    "level2",
    "level1",
    "level0",
    "overview",
    "label",
  ]);
  assertEquals(slices.map(({ frame }) => frame), Array(8).fill(null));
  const frames = [...index.table.getChild("NumberOfFrames")!];
  assertEquals(frames, [1, 4, 12, 35, 130, 475, 1, 1]);
  assertEquals([...index.table.getChild("_frame_count")!], Array(8).fill(1));
});

Deno.test("a mosaic reads of each level the smallest that is as large as its tile", async () => {
  const { objects, base } = wholeSlide();
  const { fetch, requests } = memoryFetch(new Map(Object.entries(objects)));
  const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch });
  const before = requests.length;
  const { image, slices, failed } = await index.renderMosaic({
    start: 2 / 7,
    end: 5 / 7,
    columns: 4,
    rows: 1,
    width: 4 * 90,
  });
  assertEquals([slices.length, failed], [4, []]);
  const counts: Record<string, number> = {};
  for (const { pathname } of requests.slice(before)) counts[pathname] = (counts[pathname] ?? 0) + 1;
  // Level 3, of 100 × 75 pixels, is in twelve tiles.
  assertEquals(counts, { "/slide/level3.dcm": 4 * 12 });
  const { data, columns: width, rows: height } = base;
  const expected = resizeImage({ width, height, channels: 3, data }, { width: 90, height: 68 });
  for (const left of [0, 90, 180, 270]) {
    const cell = cutTile(
      { columns: 360, rows: 68, samples: 3, data: new Uint8Array(image.data) },
      left,
      0,
      [90, 68],
    );
    assertLess(difference({ ...expected, data: cell }, expected), 4);
  }
});

Deno.test("a level that is alone is shrunk tile by tile, as its whole matrix would be", async () => {
  const base = smoothPicture(400, 300);
  for (const tile of [[32, 32], [70, 45], [500, 500]] as const) {
    const index = await open({ "a.dcm": writeSlide(base, { tile, encapsulated: true }) });
    const { image } = await index.renderMosaic({ width: 31 });
    const { data, columns: width, rows: height } = base;
    const whole = resizeImage({ width, height, channels: 3, data }, { width: 31, height: 23 });
    assertLess(difference(image, whole), 2, `${tile}`);
  }
});

Deno.test("levels of other pyramids and optical paths are not taken for each other", async () => {
  const [dark, bright] = [20, 220].map((value) => {
    const picture = slidePicture(128, 128, { samples: 1 });
    return { ...picture, data: picture.data.map(() => value) };
  });
  const tile = [32, 32] as const;
  const objects = {
    "a.dcm": writeSlide(dark!, { tile, number: 1, opticalPath: "dark" }),
    "b.dcm": writeSlide(halve(bright!, 1), { tile, number: 2, opticalPath: "bright" }),
  };
  const { image } = await (await open(objects)).renderMosaic({ width: 64, contrast });
  assertEquals([image.data[0], image.data[63]], [220, 20]);
});

Deno.test("a matrix in more tiles than are read for a picture fails by its size", async () => {
  const picture = slidePicture(70, 60, { samples: 1 });
  const index = await open({ "a.dcm": writeSlide(picture, { tile: [1, 1] }) });
  const error = await assertRejects(() => index.renderMosaic({ width: 8 }));
  assertStringIncludes(
    (error as Error).message,
    "70 × 60 is in 4200 tiles, more than the 4096 that are read for one picture",
  );
});

Deno.test("a matrix that no memory holds is drawn as long as the picture is small", async () => {
  const picture = { columns: 100_000, rows: 80_000, samples: 3, data: new Uint8Array(0) } as const;
  const places = [{ column: 99_001, row: 1001 }];
  const index = await open({ "a.dcm": writeSlide(picture, { tile: [1000, 1000], places }) });
  const { image, failed } = await index.renderMosaic({ width: 100 });
  assertEquals([image.width, image.height, failed], [100, 80, []]);
  const dark = image.data.findIndex((value) => value < 128);
  assertEquals(Math.floor(dark / 3), 199);
  assertEquals(image.data.filter((value) => value < 128).length, 3);
  assertGreater(image.data.filter((value) => value === WHITE).length, 100 * 80 * 3 - 500);
  const readWhole = async () => await (await index.getInstance()).getPixels();
  const error = await assertRejects(readWhole, LimitError);
  assertStringIncludes(error.message, "100000 × 80000 pixels, more than the 134217728");
});

Deno.test("a tile that cannot be read fails its slide by the frame's number, and no other", async () => {
  const picture = slidePicture(64, 48);
  const whole = writeSlide(picture, { tile: [16, 16], number: 1 });
  const bad = writeSlide(slidePicture(80, 48), { tile: [16, 16], number: 2 });
  const broken = writeSlide(slidePicture(96, 48), {
    tile: [16, 16],
    number: 3,
    encapsulated: true,
  });
  // In the last third of the frames; none of them is complete without its RLE header.
  const table = broken.length - 1000;
  const objects = {
    "whole.dcm": whole,
    "cut.dcm": bad.slice(0, bad.length - 16 * 16 * 3 * 4 - 5),
    "broken.dcm": broken.fill(0xff, table),
  };
  const index = await open(objects);
  const { failed, slices } = await index.renderMosaic({ samples: 3, width: 3 * 96 });
  assertEquals(slices.length, 3);
  assertEquals(failed.map(({ url }) => url), [`${ADDRESS}cut.dcm`, `${ADDRESS}broken.dcm`]);
  assertStringIncludes(failed[0]!.error, "frame 10: ");
  assertStringIncludes(failed[0]!.error, "cut");
  assert(/frame 1[4-7]: /.test(failed[1]!.error), failed[1]!.error);
});

Deno.test("slides that are read at once share what may be under way", async () => {
  const objects = new Map(
    [1, 2, 3, 4].map((number) => [
      `${number}.dcm`,
      writeSlide(slidePicture(64, 64 + number * 4), { tile: [16, 16], number }),
    ]),
  );
  for (const concurrency of [1, 5]) {
    const { fetch, peak, requests } = memoryFetch(objects, { slow: true });
    const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch, concurrency });
    const before = requests.length;
    await index.renderMosaic({ samples: 4, width: 256 });
    assertEquals(requests.length - before, 4 * 20);
    assertEquals(peak(), concurrency);
  }
});

Deno.test("an abort stops the tiles of a slide", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  let count = 0;
  const objects = new Map([
    ["a.dcm", writeSlide(slidePicture(160, 160), { tile: [16, 16] })],
  ]);
  const { fetch, requests } = memoryFetch(objects, {
    gate() {
      if (++count === 20) controller.abort(reason);
      return Promise.resolve();
    },
  });
  const index = await SeriesIndex.open(ADDRESS, { cache: false, fetch });
  const drawing = index.renderMosaic({ width: 160, concurrency: 4, signal: controller.signal });
  assertEquals(await drawing.then(() => null, (error) => error), reason);
  assertLess(requests.length, 30);
});

Deno.test("a slide of a hundred thousand tiles and more is in the index", async () => {
  const picture = slidePicture(400, 300, { samples: 1 });
  const slide = writeSlide(picture, { tile: [1, 1] });
  const index = await open({ "a.dcm": slide });
  assertEquals([index.sliceCount, index.failed], [1, []]);
  assertEquals(index.table.getChild("NumberOfFrames")!.get(0), 120_000);
});

Deno.test("what of tiles is grey keeps its window, its padding and its inversion", async () => {
  const picture = slidePicture(40, 30, { samples: 1 });
  const places = [{ column: 1, row: 1 }];
  const extra = [
    element(0x00281050, "DS", "64"),
    element(0x00281051, "DS", "64"),
    element(0x00281056, "CS", "LINEAR_EXACT"),
  ];
  const form = { tile: [16, 16], places, extra, photometricInterpretation: "MONOCHROME1" } as const;
  const index = await open({ "a.dcm": writeSlide(picture, form) });
  const { image } = await index.renderMosaic({ width: 40, height: 30 });
  const windowed = (value: number) =>
    255 - Math.round(Math.min(255, Math.max(0, (value - 32) / 64 * 255)));
  for (const [x, y] of [[0, 0], [5, 1], [12, 3], [15, 15]] as const) {
    assertEquals(image.data[y * 40 + x], windowed(picture.data[y * 40 + x]!), `${x}, ${y}`);
  }
  assertEquals(image.data.at(-1), 0);
});
