import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Frame, PixelArray } from "@dicom/series-preview/dicom";
import { TileCanvas } from "../../../dicom/slide/tile_canvas.ts";
import { seededRandom } from "../../support/random.ts";
import { cutTile, slidePicture } from "../../support/slide_fixtures.ts";

const SEED = 20;

function frame(columns: number, rows: number, data: PixelArray): Frame {
  return { columns, rows, samplesPerPixel: data.length / columns / rows, data };
}

/** Draws a picture by tiles on a canvas. */
function drawTiled(
  picture: ReturnType<typeof slidePicture>,
  [width, height]: readonly [number, number],
  [columns, rows]: readonly [number, number],
  [left, top]: readonly [number, number] = [0, 0],
): Frame {
  const canvas = new TileCanvas(picture, { columns, rows }, Array(picture.samples).fill(255));
  for (let row = top; row < picture.rows; row += height) {
    for (let column = left; column < picture.columns; column += width) {
      const tile = cutTile(picture, column, row, [width, height]);
      canvas.draw(frame(width, height, tile), column, row);
    }
  }
  return canvas.finish();
}

/** The mean of what falls on each pixel of a smaller canvas, by area, from the whole picture. */
function meanByArea(
  { columns, rows, samples, data }: ReturnType<typeof slidePicture>,
  width: number,
  height: number,
): Float64Array {
  const overlap = (pixel: number, scale: number, cell: number) =>
    Math.max(0, Math.min((pixel + 1) * scale, cell + 1) - Math.max(pixel * scale, cell));
  const means = new Float64Array(width * height * samples);
  for (let at = 0; at < means.length; at++) {
    const cell = Math.floor(at / samples);
    let sum = 0;
    for (let y = 0; y < rows; y++) {
      const down = overlap(y, height / rows, Math.floor(cell / width));
      if (down === 0) continue;
      for (let x = 0; x < columns; x++) {
        const across = overlap(x, width / columns, cell % width);
        sum += down * across * data[(y * columns + x) * samples + at % samples]!;
      }
    }
    means[at] = sum;
  }
  return means;
}

Deno.test("tiles make up their matrix, cropped at all its edges", () => {
  for (const samples of [1, 3] as const) {
    const picture = slidePicture(53, 37, { samples });
    for (const tile of [[10, 10], [53, 37], [64, 64], [7, 40]] as const) {
      for (const first of [[0, 0], [-3, -6]] as const) {
        const drawn = drawTiled(picture, tile, [53, 37], first);
        assertEquals(drawn, frame(53, 37, picture.data), `${tile} from ${first}`);
      }
    }
  }
});

Deno.test("a smaller canvas has the mean of the whole matrix, however that is tiled", () => {
  const random = seededRandom(SEED);
  const between = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  for (let round = 0; round < 60; round++) {
    const samples = ([1, 3] as const)[between(0, 1)]!;
    const picture = slidePicture(between(1, 40), between(1, 40), { samples });
    const size = [between(1, picture.columns), between(1, picture.rows)] as const;
    const tile = [between(3, 20), between(3, 20)] as const;
    const first = [-between(0, 2), -between(0, 2)] as const;
    const { data } = drawTiled(picture, tile, size, first);
    const expected = meanByArea(picture, ...size);
    const said = `seed ${SEED}, round ${round}: ${tile} from ${first} to ${size}`;
    assertEquals(data.length, expected.length, said);
    data.forEach((value, at) => assertAlmostEquals(value, expected[at]!, 0.5 + 1e-9, said));
  }
});

Deno.test("a plain matrix stays plain at any size", () => {
  const plain = { columns: 97, rows: 61, samples: 3, data: new Uint8Array(97 * 61 * 3) } as const;
  plain.data.fill(201);
  for (let columns = 1; columns <= 97; columns += 5) {
    const { data } = drawTiled(plain, [16, 16], [columns, 11]);
    assertEquals(new Set(data), new Set([201]), `${columns}`);
  }
});

Deno.test("where no tile lies there is background, mixed with the tile at its edges", () => {
  const tile = frame(3, 2, new Uint8Array(6).fill(100));
  const native = new TileCanvas({ columns: 8, rows: 4 }, { columns: 8, rows: 4 }, [200]);
  native.draw(tile, 2, 1);
  assertEquals([...native.finish().data.subarray(8, 16)], [200, 200, 100, 100, 100, 200, 200, 200]);
  const halved = new TileCanvas({ columns: 8, rows: 4 }, { columns: 4, rows: 2 }, [200]);
  halved.draw(tile, 2, 1);
  assertEquals([...halved.finish().data], [200, 150, 175, 200, 200, 150, 175, 200]);
});

Deno.test("a canvas that nothing was drawn on is background, sample by sample", () => {
  const canvas = new TileCanvas({ columns: 9, rows: 9 }, { columns: 2, rows: 1 }, [1, 2, 3]);
  const { data, ...shape } = canvas.finish();
  assertEquals([...data], [1, 2, 3, 1, 2, 3]);
  assertEquals(shape, { columns: 2, rows: 1, samplesPerPixel: 3 });
});

Deno.test("where tiles overlap the later one is shown, and the mean where they are shrunk", () => {
  const [dark, bright] = [10, 30].map((value) => frame(4, 2, new Uint8Array(8).fill(value)));
  const matrix = { columns: 6, rows: 2 };
  const native = new TileCanvas(matrix, matrix, [255]);
  const halved = new TileCanvas(matrix, { columns: 3, rows: 1 }, [255]);
  for (const canvas of [native, halved]) {
    canvas.draw(dark!, 0, 0);
    canvas.draw(bright!, 2, 0);
  }
  assertEquals([...native.finish().data.subarray(0, 6)], [10, 10, 30, 30, 30, 30]);
  assertEquals([...halved.finish().data], [10, 20, 30]);
});

Deno.test("values keep their kind and what is said of them", () => {
  const tile: Frame = {
    ...frame(2, 2, Int16Array.of(-100, -101, 50, 51)),
    photometricInterpretation: "MONOCHROME1",
  };
  const matrix = { columns: 2, rows: 2 };
  const native = new TileCanvas(matrix, matrix, [0]);
  native.draw(tile, 0, 0);
  assertEquals(native.finish(), tile);
  const flat = new TileCanvas(matrix, { columns: 1, rows: 2 }, [0]);
  flat.draw(frame(2, 2, Float32Array.of(0.25, 0.5, 1, 2)), 0, 0);
  assertEquals(flat.finish().data, Float32Array.of(0.375, 1.5));
});
