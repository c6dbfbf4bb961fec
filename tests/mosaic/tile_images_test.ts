import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../errors.ts";
import { planGrid, planMosaic, tileImages } from "../../mosaic/mod.ts";
import { pixelAt, testImage } from "./test_image.ts";

const grey = (width: number, height: number, value: number) =>
  testImage(width, height, 1, () => value);

Deno.test("tiles stand in their cells row by row, and what is left stays black", () => {
  const layout = planMosaic(planGrid({ samples: 3 }), { width: 8, tileAspect: 1 });
  const mosaic = tileImages([50, 100, 150].map((value) => grey(4, 4, value)), layout);
  assertEquals([mosaic.width, mosaic.height, mosaic.channels], [8, 8, 1]);
  for (let y = 0; y < 8; y++) {
    for (let x = 0; x < 8; x++) {
      assertEquals(pixelAt(mosaic, x, y), [[[50, 100], [150, 0]][y >> 2]![x >> 2]!]);
    }
  }
});

Deno.test("every byte of a tile is where it belongs", () => {
  const layout = planMosaic(planGrid({ samples: 2 }), { width: 11, tileAspect: 1 });
  const [first, second] = layout.cells;
  const pattern = (x: number, y: number) => x * 16 + y + 1;
  const mosaic = tileImages(
    [first!, second!].map(({ width, height }) => testImage(width, height, 1, pattern)),
    layout,
  );
  for (let y = 0; y < mosaic.height; y++) {
    for (let x = 0; x < mosaic.width; x++) {
      const inside = x < second!.x ? x : x - second!.x;
      assertEquals(pixelAt(mosaic, x, y), [pattern(inside, y)]);
    }
  }
});

Deno.test("a tile smaller than its cell stands in the middle", () => {
  const layout = planMosaic(planGrid({ samples: 1 }), { width: 7, height: 6, tileAspect: 1 });
  const mosaic = tileImages([grey(3, 2, 9)], layout);
  const filled = [...mosaic.data.entries()].filter(([, value]) => value === 9);
  assertEquals(filled.map(([index]) => [index % 7, Math.floor(index / 7)]), [
    [2, 2],
    [3, 2],
    [4, 2],
    [2, 3],
    [3, 3],
    [4, 3],
  ]);
});

Deno.test("grey beside RGB becomes RGB of equal parts", () => {
  const layout = planMosaic(planGrid({ samples: 2 }), { width: 4, tileAspect: 1 });
  const color = testImage(2, 2, 3, (_x, _y, channel) => 10 + channel);
  const mosaic = tileImages([grey(2, 2, 70), color], layout);
  assertEquals(mosaic.channels, 3);
  assertEquals(pixelAt(mosaic, 1, 1), [70, 70, 70]);
  assertEquals(pixelAt(mosaic, 2, 1), [10, 11, 12]);
});

Deno.test("a tile that failed is marked with a border and a cross, at every size", () => {
  for (const size of [1, 2, 3, 16, 101]) {
    const layout = planMosaic(planGrid({ samples: 2 }), { width: 2 * size, tileAspect: 1 });
    const mosaic = tileImages([grey(size, size, 0), null], layout);
    const marked = (x: number, y: number) => pixelAt(mosaic, size + x, y)[0] === 160;
    for (let step = 0; step < size; step++) {
      assert(marked(step, 0) && marked(step, size - 1), "the border across");
      assert(marked(0, step) && marked(size - 1, step), "the border down");
      assert(marked(step, step) && marked(size - 1 - step, step), "the cross");
    }
    assertEquals(mosaic.data.filter((value) => value === 0).length, size * size);
    if (size > 5) assert(!marked(2, 4), "dark between the lines");
  }
});

Deno.test("a failed tile among color ones is drawn in equal parts", () => {
  const layout = planMosaic(planGrid({ samples: 2 }), { width: 4, tileAspect: 1 });
  const mosaic = tileImages([testImage(2, 2, 3, () => 9), null], layout);
  assertEquals(pixelAt(mosaic, 2, 0), [160, 160, 160]);
});

Deno.test("too few, too many and too large images are usage errors", () => {
  const layout = planMosaic(planGrid({ samples: 2 }), { width: 8, tileAspect: 1 });
  assertThrows(() => tileImages([null], layout), UsageError, "1 images");
  assertThrows(() => tileImages([null, null, null], layout), UsageError, "3 images");
  assertThrows(() => tileImages([null, grey(5, 4, 0)], layout), UsageError, "5 × 4");
});
